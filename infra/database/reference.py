"""The short reference by which people name a release on the phone and in messages."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from typing import Final

LENGTH: Final = 6

# Crockford's base 32 leaves out I, L, O and U: nothing is misread as a digit, few words appear.
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def candidates(release_id: str) -> Iterator[str]:
    """Yield the references a release may have, the preferred one first.

    There are a thousand million, so that among a hundred thousand releases a few share their
    first choice; the store takes the first that is free.
    """
    for attempt in count():
        digest = sha256(f"{release_id}/{attempt}".encode()).digest()
        yield "".join(_ALPHABET[each & 31] for each in digest[:LENGTH])


def as_written(text: str) -> str:
    """Return the reference that somebody meant: any case, and the letters that look like digits."""
    plain = "".join(each for each in text.upper() if each.isalnum())
    return plain.translate(str.maketrans("ILO", "110"))
