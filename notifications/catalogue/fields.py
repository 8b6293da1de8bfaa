"""What the fields of a wording hold, as codes, and how each becomes words.

Fields travel as codes and not as words (a date as `2026-09-23`), so that the same ones fill
English, Welsh or the templates of a provider that keeps the texts itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final, NamedTuple, TypeAlias

from notifications.catalogue.dates import day_in_words, time_in_words

Fields: TypeAlias = Mapping[str, str]
"""Values by field name, each as `FIELDS` says."""

FORENAME: Final = "forename"
"""The one field that may be left out."""

# Crockford's base 32, as the read model makes references.
REFERENCE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{6}", re.ASCII)
_LINK: Final = re.compile(
    r"(?:https://[a-z0-9.-]+(?::[0-9]+)?|http://(?:127\.0\.0\.1|localhost)(?::[0-9]+)?)"
    r"/(?:r/[0-9A-HJKMNP-TV-Z]{6}|me)",
    re.ASCII,
)
_PHONE: Final = re.compile(r"0[0-9 ]{8,13}[0-9]", re.ASCII)
_COUNT: Final = re.compile(r"[0-9]{1,4}", re.ASCII)
_MINUTES: Final = re.compile(r"[1-9][0-9]?", re.ASCII)
_CODE: Final = re.compile(r"[A-Za-z0-9_]{1,24}", re.ASCII)


class Field(NamedTuple):
    """One field.

    Attributes:
        must: What it must be, as it reads after "must be".
        words: Returns the words for a value, None when the value is not what it must be.
        longest: A value that is as long as any that is plausible.
    """

    must: str
    words: Callable[[str], str | None]
    longest: str


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda value: value if pattern.fullmatch(value) else None


def _day(value: str) -> str | None:
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return None
    return day_in_words(on) if on.isoformat() == value else None


def _time(value: str) -> str | None:
    try:
        at = time.fromisoformat(value)
    except ValueError:
        return None
    return time_in_words(at) if f"{at:%H:%M}" == value else None


_TIME: Final = Field('a London wall time such as "17:00"', _time, "10:30")
_NUMBER: Final = Field("a count", _matching(_COUNT), "999")

FIELDS: Final[Mapping[str, Field]] = {
    "reference": Field("the short reference of a release", _matching(REFERENCE), "7K2M9Q"),
    "link": Field(
        "an https address of ours that ends in /r/ and the reference, or in /me",
        _matching(_LINK),
        "https://handover.our-council.gov.uk/r/7K2M9Q",
    ),
    "on": Field('a date such as "2026-09-23"', _day, "2026-09-23"),
    "at": _TIME,
    "by": _TIME,
    "count": _NUMBER,
    "overdue": _NUMBER,
    "minutes": Field("from 1 to 99", _matching(_MINUTES), "15"),
    "phone": Field("a phone number as it is dialled in the UK", _matching(_PHONE), "0300 123 4567"),
    "code": Field("a code of up to 24 characters", _matching(_CODE), "sending_paused_30002"),
}
"""Every field but the forename, whose rule is in `names`."""


def link_to(base: str, reference: str) -> str:
    """Return the address of a release, which needs a sign-in and grants nothing."""
    return f"{base.rstrip('/')}/r/{reference}"


def link_to_list(base: str) -> str:
    """Return the address of the signed-in person's own list."""
    return f"{base.rstrip('/')}/me"
