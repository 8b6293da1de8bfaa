"""Replace one period of a rota and leave the rest as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.duty.posts import Post, Team
from domain.duty.rota import Shift


class Period(NamedTuple):
    """From when to when the rota of one post is given anew.

    Attributes:
        ends_at: None is for ever.
    """

    team: Team
    post: Post
    starts_at: datetime
    ends_at: datetime | None


def period_of(shifts: Sequence[Shift]) -> Period:
    """Return the period from the first start to the last end of one rota's shifts, at least one."""
    ends = [each.ends_at for each in shifts]
    latest = None if None in ends else max(each for each in ends if each is not None)
    earliest = min(each.starts_at for each in shifts)
    return Period(shifts[0].team, shifts[0].post, earliest, latest)


def outside(stored: Sequence[Shift], period: Period) -> tuple[Shift, ...]:
    """Return what stays of a stored rota: what lies in the period is cut out of every shift."""
    return tuple(part for each in stored for part in _left_of(each, period))


def relevant(stored: Sequence[Shift], period: Period, now: datetime) -> tuple[Shift, ...]:
    """Return the parts that stay and that a new period must join without a gap.

    Those are not over yet: nobody can fill a rota in retrospect, and whoever begins one anew after
    a break must not be refused for the break.
    """
    return tuple(
        each for each in outside(stored, period) if each.ends_at is None or each.ends_at > now
    )


def _left_of(shift: Shift, period: Period) -> Iterator[Shift]:
    if shift.starts_at < period.starts_at:
        yield shift._replace(ends_at=_earlier(shift.ends_at, period.starts_at))
    if period.ends_at is None:
        return
    if shift.ends_at is None or shift.ends_at > period.ends_at:
        yield shift._replace(starts_at=max(shift.starts_at, period.ends_at))


def _earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)
