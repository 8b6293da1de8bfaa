"""One release as counts that add up: `counts` is what a rollup keeps and a recount must equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from domain.calendars import WorkingCalendar
from domain.codes import Nation
from domain.facts import NaloxoneAnswer
from domain.measures.acknowledging import bucket_of
from domain.measures.answering import need_reason
from domain.measures.counts import (
    Count,
    EnglandCounts,
    WalesCounts,
    acknowledged_within,
    excluded_for,
    furthest,
    lapse_before_loss,
    started_after,
    waited,
)
from domain.measures.definitions import DEFINITIONS
from domain.measures.exclusions import exclusion
from domain.measures.funnel import Stage, furthest_stage, lapses_before, lost_before
from domain.measures.membership import memberships
from domain.measures.policy import MeasuresPolicy
from domain.measures.reasons import Reason
from domain.measures.release import Cover, MeasuredRelease
from domain.measures.waits import WaitBand, wait_band


class BothNations(NamedTuple):
    """The counts of any set of releases. There is no sum of the two, and neither is ever left out.

    A prison's figures for England thus always stand beside what it released to Wales.
    """

    england: EnglandCounts
    wales: WalesCounts

    def plus(self, other: BothNations) -> BothNations:
        """Return the sum, nation by nation."""
        return BothNations(self.england + other.england, self.wales + other.wales)


NOTHING: Final = BothNations(EnglandCounts(), WalesCounts())
"""The counts of no releases."""


def counts(
    release: MeasuredRelease, policy: MeasuresPolicy, calendar: WorkingCalendar
) -> EnglandCounts | WalesCounts:
    """Return the counts of one release, those of its destination's nation.

    Raises:
        CalendarGapError: A Welsh wait runs over days that the bank-holiday list does not cover.
    """
    numbers: dict[str, int] = {}
    for name, number in _counted(release, policy, calendar):
        numbers[name] = numbers.get(name, 0) + number
    return EnglandCounts(numbers) if release.nation is Nation.ENGLAND else WalesCounts(numbers)


def total(
    releases: Iterable[MeasuredRelease], policy: MeasuresPolicy, calendar: WorkingCalendar
) -> BothNations:
    """Return the counts of many releases.

    Raises:
        CalendarGapError: A Welsh wait runs over days that the bank-holiday list does not cover.
    """
    england: dict[str, int] = {}
    wales: dict[str, int] = {}
    for each in releases:
        into = england if each.nation is Nation.ENGLAND else wales
        for name, number in _counted(each, policy, calendar):
            into[name] = into.get(name, 0) + number
    return BothNations(EnglandCounts(england), WalesCounts(wales))


_Counted = Iterator[tuple[str, int]]


def _counted(
    release: MeasuredRelease, policy: MeasuresPolicy, calendar: WorkingCalendar
) -> _Counted:
    yield Count.RELEASES, 1
    left_out = exclusion(release, policy)
    if left_out is not None:
        yield excluded_for(left_out), 1
        return
    yield Count.COUNTED, 1
    yield from _proportions(release, policy, calendar)
    yield from _need(release, policy)
    yield from _details(release)
    if release.nation is Nation.WALES:
        yield from _wait(wait_band(release, policy, calendar))


def _proportions(
    release: MeasuredRelease, policy: MeasuresPolicy, calendar: WorkingCalendar
) -> _Counted:
    # Two measures can share a denominator or a numerator; each name is counted once.
    names: set[str] = set()
    for each in memberships(release, policy, calendar):
        definition = DEFINITIONS[each.measure]
        names |= {str(definition.denominator)} if each.counted else set()
        names |= {str(definition.numerator)} if each.reached else set()
    return ((each, 1) for each in sorted(names))


def _need(release: MeasuredRelease, policy: MeasuresPolicy) -> _Counted:
    reason = need_reason(release)
    if reason is not Reason.NEED_IDENTIFIED:
        yield Count.NO_NEED if reason is Reason.NO_NEED else Count.NOT_SCREENED, 1
        return
    if release.nation is Nation.WALES:
        yield Count.NEED, 1
    yield from _journey(release, policy)
    if release.days_to_start is not None and release.days_to_start >= 0:
        yield started_after(release.days_to_start, policy.days_to_start_at_most), 1


def _journey(release: MeasuredRelease, policy: MeasuresPolicy) -> _Counted:
    stage = furthest_stage(release, policy)
    yield furthest(stage), 1
    if stage is Stage.STARTED and release.retention is None:
        yield Count.RETENTION_UNRECORDED, 1
    lost = lost_before(stage)
    if lost is None:
        return
    for step in lapses_before(lost, release.lapsed):
        yield lapse_before_loss(lost, step), 1


_COVER: Final = {
    Cover.GAP: Count.COVER_GAP,
    Cover.UNRECORDED: Count.COVER_UNRECORDED,
    Cover.DECLINED: Count.COVER_DECLINED,
    Cover.NOT_NEEDED: Count.COVER_NOT_NEEDED,
}


def _details(release: MeasuredRelease) -> _Counted:
    if release.cover in _COVER:
        yield _COVER[release.cover], 1
    if release.uncovered_days:
        yield Count.UNCOVERED_DAYS, release.uncovered_days
    if release.opiate_history:
        yield from _naloxone(release)
    for each in release.acknowledgements:
        yield acknowledged_within(each.severity, bucket_of(each.minutes)), 1


def _naloxone(release: MeasuredRelease) -> _Counted:
    if release.naloxone is None:
        yield Count.NALOXONE_UNRECORDED, 1
    elif release.naloxone is NaloxoneAnswer.DECLINED:
        yield Count.NALOXONE_DECLINED, 1
    if release.naloxone_in_hand:
        yield Count.NALOXONE_IN_HAND, 1


_WITHOUT_WAIT: Final = {
    WaitBand.INVALID: Count.WAIT_INVALID,
    WaitBand.NOT_STARTED: Count.WAIT_NOT_STARTED,
    WaitBand.DID_NOT_ATTEND: Count.WAIT_DID_NOT_ATTEND,
}


def _wait(band: WaitBand) -> _Counted:
    yield waited(band), 1
    if band is WaitBand.NOT_REFERRED:
        return
    yield Count.WAIT_REFERRED, 1
    if band in _WITHOUT_WAIT:
        yield _WITHOUT_WAIT[band], 1
