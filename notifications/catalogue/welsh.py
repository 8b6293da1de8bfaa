"""Welsh: which wordings have been translated, and which still need a translator.

A person who asked for Welsh gets English meanwhile, and the message is marked so. To fill a slot,
put the translator's text in the place of `NEEDS_TRANSLATOR`, and the names of days and months in
`dates`; vowels with a circumflex make a text three parts instead of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notifications.catalogue.wordings import Wording

NEEDS_TRANSLATOR: Final = None

WELSH: Final[Mapping[Wording, str | None]] = dict.fromkeys(Wording, NEEDS_TRANSLATOR)
"""The Welsh of each wording's text."""


def needs_translator() -> tuple[Wording, ...]:
    """Return the wordings without Welsh, in the order of the catalogue."""
    return tuple(each for each in Wording if WELSH[each] is NEEDS_TRANSLATOR)
