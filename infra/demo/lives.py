"""The dates of an invented person's life: born, received, to be released."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.codes import ReleaseType
from infra.demo.draw import Draw

ANCHOR: Final = date(2026, 11, 21)
"""The day the dates are laid around: receptions lie before it, releases on both sides."""

FIRST_RELEASE: Final = ANCHOR - timedelta(weeks=26)
LAST_RELEASE: Final = ANCHOR + timedelta(weeks=16)

# A hearing decides these at short notice, so nobody knows such a date weeks ahead.
_DECIDED_IN_COURT: Final = frozenset({ReleaseType.COURT, ReleaseType.REMAND_END})
# The Friday rule leaves these where they are (R99), so some stay on the eve of a day off.
_NOT_MOVED: Final = frozenset(
    {ReleaseType.HOME_DETENTION_CURFEW, ReleaseType.PAROLE, ReleaseType.INDETERMINATE},
)
_EVES: Final = (date(2026, 8, 28), date(2026, 12, 24), date(2026, 12, 31))
_SATURDAY: Final = 5

# From the return to custody to the day (R89).
_FIXED_TERM: Final = timedelta(days=56)
_LONGEST_STAY: Final = {
    ReleaseType.COURT: timedelta(weeks=12),
    ReleaseType.REMAND_END: timedelta(weeks=26),
    ReleaseType.INDETERMINATE: timedelta(weeks=520),
}
_LONGEST_OTHER_STAY: Final = timedelta(weeks=104)
_SHORTEST_STAY: Final = timedelta(days=10)
_DAYS_IN_A_YEAR: Final = 365.25


def release_day(kind: ReleaseType, draw: Draw) -> date:
    """Return a day on which a release of this kind may be recorded, before any Friday rule."""
    if kind in _NOT_MOVED and draw.happens(20):
        return draw.pick(_EVES)
    day = draw.day(FIRST_RELEASE, _last_release(kind))
    # A sentence may end on any day and the rule moves it; a decision is made for a weekday.
    while kind in _DECIDED_IN_COURT | _NOT_MOVED and day.weekday() >= _SATURDAY:
        day = draw.day(FIRST_RELEASE, _last_release(kind))
    return day


def _last_release(kind: ReleaseType) -> date:
    if kind in _DECIDED_IN_COURT:
        return ANCHOR
    if kind is ReleaseType.FIXED_TERM_RECALL:
        return ANCHOR - timedelta(days=1) + _FIXED_TERM
    return LAST_RELEASE


def reception_day(kind: ReleaseType, release_on: date, draw: Draw) -> date:
    """Return a day before the anchor on which the person may have come in."""
    if kind is ReleaseType.FIXED_TERM_RECALL:
        return release_on - _FIXED_TERM
    latest = min(ANCHOR - timedelta(days=1), release_on - _SHORTEST_STAY)
    return draw.day(release_on - _LONGEST_STAY.get(kind, _LONGEST_OTHER_STAY), latest)


def birthday(reception_on: date, draw: Draw) -> date:
    """Return a day that makes the person 19 to 64 on reception, more often young than old."""
    oldest, youngest = _years_before(reception_on, 64), _years_before(reception_on, 19)
    return max(draw.day(oldest, youngest), draw.day(oldest, youngest))


def _years_before(on: date, years: int) -> date:
    return on - timedelta(days=round(years * _DAYS_IN_A_YEAR))
