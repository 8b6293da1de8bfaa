"""Who is on duty at an instant, and who covers when they are away.

Everything here is in aware UTC instants; London wall time ends where a file or a request is read.
A rota that names nobody is an answer of its own, because whoever asked must move on at once
instead of waiting for an empty chair (notifications, rule 1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from domain.duty.posts import Post, Team


class Shift(NamedTuple):
    """One person at one post, from `starts_at` until just before `ends_at`.

    Attributes:
        ends_at: None is until further notice.
    """

    post: Post
    team: Team
    staff_id: str
    starts_at: datetime
    ends_at: datetime | None


class Absence(NamedTuple):
    """A time in which one person must not be turned to.

    Attributes:
        ends_at: None is until further notice; whoever has left for good is absent in this way.
        cover_staff_id: Who stands in, from whatever team; None when nobody does.
    """

    staff_id: str
    starts_at: datetime
    ends_at: datetime | None
    cover_staff_id: str | None


class OnDuty(NamedTuple):
    """Who is to be turned to, and for whom they stand in when it is not their own shift."""

    staff_id: str
    covers_for: str | None


class Unfilled(StrEnum):
    """Why there is nobody to turn to."""

    EMPTY_ROTA = "empty_rota"
    ABSENT_WITHOUT_COVER = "absent_without_cover"
    NOBODY_NAMED = "nobody_named"
    COVER_LOOP = "cover_loop"


def on_duty(
    shifts: Iterable[Shift], absences: Sequence[Absence], team: Team, post: Post, at: datetime
) -> OnDuty | Unfilled:
    """Return who holds a team's post at `at`, or stands in for them.

    Shifts that overlap are refused where rotas are written; of two that do, the later start holds.
    """
    shift = shift_at(shifts, team, post, at)
    return Unfilled.EMPTY_ROTA if shift is None else covered(absences, shift.staff_id, at)


def shift_at(shifts: Iterable[Shift], team: Team, post: Post, at: datetime) -> Shift | None:
    """Return the shift of a team's post that runs at `at`; None when the rota has none then."""
    holding = (
        each for each in shifts if each.team == team and each.post is post and _covers(each, at)
    )
    return max(holding, key=_by_start, default=None)


def covered(absences: Sequence[Absence], staff_id: str, at: datetime) -> OnDuty | Unfilled:
    """Return who is to be turned to for `staff_id` at `at`: they, or the end of the cover chain."""
    found, seen = staff_id, {staff_id}
    while (absence := _absence_of(found, absences, at)) is not None:
        if absence.cover_staff_id is None:
            return Unfilled.ABSENT_WITHOUT_COVER
        found = absence.cover_staff_id
        if found in seen:
            return Unfilled.COVER_LOOP
        seen.add(found)
    return OnDuty(found, staff_id if found != staff_id else None)


def _absence_of(staff_id: str, absences: Sequence[Absence], at: datetime) -> Absence | None:
    """Of several at once, one with cover: somebody has arranged it."""
    away = [each for each in absences if each.staff_id == staff_id and _covers(each, at)]
    return max(away, key=_by_cover, default=None)


def _covers(span: Shift | Absence, at: datetime) -> bool:
    return span.starts_at <= at and (span.ends_at is None or at < span.ends_at)


def _by_start(shift: Shift) -> tuple[datetime, str]:
    return shift.starts_at, shift.staff_id


def _by_cover(absence: Absence) -> tuple[bool, datetime, str]:
    return (
        absence.cover_staff_id is not None,
        absence.starts_at,
        absence.cover_staff_id or "",
    )
