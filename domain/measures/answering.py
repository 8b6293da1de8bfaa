"""What every measure is asked about one release, and the shape of its answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from domain.calendars import WorkingCalendar
from domain.codes import TreatmentNeed
from domain.measures.policy import MeasuresPolicy
from domain.measures.reasons import Because, Reason
from domain.measures.release import MeasuredRelease


class Asked(NamedTuple):
    """One release, with the figures it is counted by."""

    release: MeasuredRelease
    policy: MeasuresPolicy
    calendar: WorkingCalendar

    @property
    def window_ends_on(self) -> date:
        """The last day on which a start counts."""
        return self.release.released_on + timedelta(days=self.policy.window_to_day)


class Answer(NamedTuple):
    """Whether it is in the denominator, in the numerator, and why."""

    counted: bool
    reached: bool
    why: tuple[Because, ...]


def not_counted(*reasons: Reason | Because) -> Answer:
    """Return the answer of a release that is not in the denominator."""
    why = tuple(each if isinstance(each, Because) else Because(each) for each in reasons)
    return Answer(counted=False, reached=False, why=why)


def need_reason(release: MeasuredRelease) -> Reason:
    """Return what is known of the treatment need."""
    if release.need is TreatmentNeed.NEEDED:
        return Reason.NEED_IDENTIFIED
    return Reason.NO_NEED if release.need is TreatmentNeed.NOT_NEEDED else Reason.NOT_SCREENED
