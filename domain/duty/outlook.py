"""Who holds a post through a period, stretch by stretch: now, next, and every hour that is empty.

It asks `on_duty` and nothing else, so that what people read ahead is what a page will find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from domain.duty.rota import Absence, OnDuty, Shift, Unfilled, on_duty, shift_at
from domain.duty.splicing import Period


class Stretch(NamedTuple):
    """A time through which nothing about a post changes.

    Attributes:
        ends_at: None when nothing changes any more.
        shift: The shift that runs then; None when the rota has none.
        held: Who is to be turned to, or why nobody is.
    """

    starts_at: datetime
    ends_at: datetime | None
    shift: Shift | None
    held: OnDuty | Unfilled

    @property
    def is_empty(self) -> bool:
        """Whether nobody is there."""
        return isinstance(self.held, Unfilled)


def stretches(
    shifts: Sequence[Shift], absences: Sequence[Absence], period: Period
) -> tuple[Stretch, ...]:
    """Return who holds the post of a period, from its first instant to its end without a break.

    Args:
        shifts: Of any posts.
        absences: Of whoever has a shift, and of everybody along their chains of cover.
        period: The post, from when, and until when.
    """
    own = [each for each in shifts if each.team == period.team and each.post is period.post]
    found: list[Stretch] = []
    for starts_at, ends_at in _pieces((*own, *absences), period):
        shift = shift_at(own, period.team, period.post, starts_at)
        held = on_duty(own, absences, period.team, period.post, starts_at)
        if found and (found[-1].shift, found[-1].held) == (shift, held):
            found[-1] = found[-1]._replace(ends_at=ends_at)
        else:
            found.append(Stretch(starts_at, ends_at, shift, held))
    return tuple(found)


def _pieces(
    spans: Iterable[Shift | Absence], period: Period
) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield the parts of a period between which somebody comes, goes, leaves or returns."""
    edges = {edge for each in spans for edge in (each.starts_at, each.ends_at) if edge is not None}
    inside = sorted(each for each in edges if _is_inside(each, period))
    starts = [period.starts_at, *inside]
    yield from zip(starts, [*inside, period.ends_at], strict=True)


def _is_inside(edge: datetime, period: Period) -> bool:
    return period.starts_at < edge and (period.ends_at is None or edge < period.ends_at)
