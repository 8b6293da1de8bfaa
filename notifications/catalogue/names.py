"""A person's own name in a text: as it is written, or not at all.

Nobody's accents are taken off to save money. A name outside the alphabet of texts makes the text
two or three parts, and that is paid for. Where it would take more, or where what is recorded as a
name could be read as a link, a number or a command, the text greets without a name and says so to
its sender.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from domain.identifiers import NAME_MAX

MOST_PARTS: Final = 3
"""A text with a name in it may take so many parts; without one it always takes one."""

_MARKS: Final = frozenset(" -'\u2019\u02bc\u00b7.\u200c\u200d")
# A full stop inside a word would make a link of it on most phones.
_LINK: Final = re.compile(r"\.(?! |$)")


def written(forename: str) -> str | None:
    """Return a forename as it may stand in a text, None when it may not.

    The only change is to the composed form (NFC), which looks and means the same.
    """
    name = unicodedata.normalize("NFC", forename)
    if not name or len(name) > NAME_MAX or name != name.strip() or _LINK.search(name):
        return None
    is_name = all(each in _MARKS or unicodedata.category(each)[0] in "LM" for each in name)
    return name if is_name and unicodedata.category(name[0])[0] == "L" else None
