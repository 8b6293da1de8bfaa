"""Times of rotas as people write them: London wall time in, UTC instants out, and back in words.

Files and requests say when a shift starts as a clock on the wall shows it. Only here does that
become an instant, so that a rota is right on both nights on which the clocks change.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from domain.identifiers import FieldError
from domain.london_time import LONDON, LondonClock, LondonTimeError, london_moment

PATTERN: Final = (
    r"20[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?"
    r"( ?(BST|GMT)|Z|[+-][0-9]{2}:[0-9]{2})?"
)
"""What `parse_moment` reads: a day and a time, and what tells a repeated hour apart."""

_MOMENT: Final = re.compile(
    r"(?P<wall>20\d{2}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?)"
    r"(?: ?(?P<clock>BST|GMT)|(?P<offset>Z|[+-]\d{2}:\d{2}))?",
    re.ASCII,
)
_SHAPE: Final = "Give London time as 2026-11-23 08:00"


def parse_moment(text: str, *, field: str) -> datetime:
    """Return the UTC instant of a London wall time, or of an instant with its own offset.

    Raises:
        FieldError: Not of that shape, no such day or time, or a time that the clocks skip or
            repeat that night; it says what to write instead.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise FieldError(field, _SHAPE)
    try:
        wall = datetime.fromisoformat(found["wall"])
        if found["offset"]:
            return datetime.fromisoformat(found["wall"] + found["offset"]).astimezone(UTC)
        return london_moment(wall, LondonClock(found["clock"]) if found["clock"] else None)
    except LondonTimeError as error:
        raise FieldError(field, error.message.removesuffix(".")) from None
    except ValueError:
        raise FieldError(field, "There is no such day or time") from None


def in_words(at: datetime) -> str:
    """Return the instant as London clocks show it, with BST or GMT where the hour happens twice."""
    shown = at.astimezone(LONDON)
    words = f"{shown:%a %-d %b %Y %H:%M}"
    repeated = shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()
    return f"{words} {shown.tzname()}" if repeated else words
