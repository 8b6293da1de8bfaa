"""Each plot leads to what its name says, read off the state it ends in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.continuity import cover_report
from domain.facts import ConditionStatus, ReferralStatus, ReleaseRoute
from domain.journey import Step
from domain.policy import Severity
from domain.state import Closure, LadderStatus, Phase, StepStatus
from infra.demo.plots import PLOTS
from tests.demo.staged import AUTUMN_WEDNESDAY, Played, Show, play

pytestmark = pytest.mark.xdist_group("demo")
OPEN, DONE = StepStatus.OPEN, StepStatus.DONE


def _stands(step: Step, status: StepStatus) -> Callable[[Played], bool]:
    return lambda told: told.release.steps[step].status is status


def _closed(closure: Closure) -> Callable[[Played], bool]:
    return lambda told: told.release.closure is closure


def _pages(step: Step, severity: Severity) -> Callable[[Played], bool]:
    def holds(told: Played) -> bool:
        ladder = told.release.escalations.get(step)
        is_live = ladder is not None and ladder.status is not LadderStatus.CLOSED
        return is_live and ladder is not None and ladder.severity is severity

    return holds


def _taken_on(step: Step) -> Callable[[Played], bool]:
    return lambda told: told.release.escalations[step].status is LadderStatus.ACKNOWLEDGED


def _referral(*statuses: ReferralStatus) -> Callable[[Played], bool]:
    return lambda told: tuple(each.status for each in told.release.referrals) == statuses


def _conditions(status: ConditionStatus) -> Callable[[Played], bool]:
    return lambda told: {each.status for each in told.release.conditions.values()} == {status}


def _has_a_gap(told: Played) -> bool:
    report = cover_report(told.release, told.rules)
    return report is not None and len(report.uncovered_on) > 0


def _is_covered_to_the_prescriber(told: Played) -> bool:
    report = cover_report(told.release, told.rules)
    return report is not None and report.is_continuous


def _in_community(told: Played) -> bool:
    return told.release.phase is Phase.COMMUNITY


def _days_outside(told: Played) -> int:
    assert told.release.released and told.release.died_on  # noqa: PT018 - one condition
    return (told.release.died_on - told.release.released.on).days


ENDS: dict[str, tuple[Callable[[Played], bool], ...]] = {
    "just_started": (lambda told: told.release.seq == 1 or not told.release.answers,),
    "not_screened": (_pages(Step.SCREENING, Severity.S3),),
    "partly_screened": (lambda told: len(told.release.answers) == 3,),
    "not_planned": (_stands(Step.SCREENING, DONE), _stands(Step.PLAN, OPEN)),
    "on_track_early": (lambda told: told.release.phase is Phase.CUSTODY,),
    "no_need": (lambda told: not told.release.referrals,),
    "transferred": (lambda told: told.release.prison != told.casting.row.prison,),
    "moved_later": (lambda told: told.release.expected_on > told.release.earlier_dates[0],),
    "moved_earlier": (lambda told: told.release.expected_on < told.release.earlier_dates[0],),
    "moved_at_the_last_minute": (lambda told: len(told.release.earlier_dates) == 1,),
    "going_elsewhere": (lambda told: told.release.destination != told.casting.row.local_authority,),
    "cancelled": (_closed(Closure.CANCELLED),),
    "merged": (_closed(Closure.MERGED), lambda told: told.release.merged_into is not None),
    "died_in_custody": (_closed(Closure.DIED), lambda told: told.release.released is None),
    "in_hospital": (lambda told: told.release.in_hospital,),
    "exploited": (_stands(Step.SAFEGUARDING, OPEN),),
    "exploited_and_referred": (_stands(Step.SAFEGUARDING, DONE),),
    "released_early": (
        lambda told: (
            told.release.released is not None and told.release.released.route is ReleaseRoute.EARLY
        ),
    ),
    "referral_not_sent": (_pages(Step.REFERRAL, Severity.S2),),
    "referral_taken_on": (_taken_on(Step.REFERRAL),),
    "referral_sent_late": (
        _referral(ReferralStatus.ACCEPTED),
        lambda told: told.release.steps[Step.REFERRAL].lapses == 1,
    ),
    "referral_not_answered": (_referral(ReferralStatus.REQUESTED), _stands(Step.REFERRAL, OPEN)),
    "referral_in_hand": (_referral(ReferralStatus.RECEIVED), _stands(Step.REFERRAL, OPEN)),
    "referral_rejected": (_referral(ReferralStatus.REJECTED), _stands(Step.REFERRAL, OPEN)),
    "referral_accepted_elsewhere": (
        _referral(ReferralStatus.REJECTED, ReferralStatus.ACCEPTED),
        _stands(Step.REFERRAL, DONE),
    ),
    "referral_taken_back": (_referral(ReferralStatus.WITHDRAWN), _stands(Step.REFERRAL, OPEN)),
    "referral_declined": (_stands(Step.REFERRAL, StepStatus.DECLINED),),
    "on_track": (lambda told: not told.release.escalations,),
    "no_prescription": (_pages(Step.PRESCRIPTION, Severity.S1),),
    "gap_in_cover": (_has_a_gap, _stands(Step.PRESCRIPTION, OPEN)),
    "booked_beyond_cover": (
        _is_covered_to_the_prescriber,
        _stands(Step.PRESCRIPTION, DONE),
        _stands(Step.APPOINTMENT, OPEN),
    ),
    "appointment_passed_on": (lambda told: told.release.escalations[Step.APPOINTMENT].level == 2,),
    "no_address": (_stands(Step.ESSENTIALS, OPEN), lambda told: not told.release.has_address),
    "condition_requested": (_conditions(ConditionStatus.REQUESTED), _stands(Step.LICENCE, OPEN)),
    "condition_evidenced": (_conditions(ConditionStatus.EVIDENCED), _stands(Step.LICENCE, DONE)),
    "condition_withdrawn": (
        _conditions(ConditionStatus.WITHDRAWN),
        _stands(Step.LICENCE, StepStatus.NOT_NEEDED),
    ),
    "pack_partly_acknowledged": (
        lambda told: (
            told.release.handover is not None and len(told.release.handover.acknowledged) == 2
        ),
    ),
    "late_start": (lambda told: told.release.short_notice,),
    "without_cover": (_stands(Step.REVIEW, OPEN), _pages(Step.PRESCRIPTION, Severity.S1)),
    "overdose": (_stands(Step.REVIEW, OPEN), _in_community),
    "missed": (_pages(Step.FIRST_CONTACT, Severity.S1),),
    "missed_and_taken_on": (_taken_on(Step.FIRST_CONTACT),),
    "missed_and_looked_for": (lambda told: len(told.release.attempts) == 1,),
    "no_outcome": (_pages(Step.FIRST_CONTACT, Severity.S1),),
    "first_night_reviewed": (_stands(Step.REVIEW, DONE),),
    "died_soon": (_closed(Closure.DIED), lambda told: _days_outside(told) <= 14),
    "died": (_closed(Closure.DIED), lambda told: _days_outside(told) > 14),
    "recalled_soon": (_closed(Closure.RECALLED),),
    "recalled": (_closed(Closure.RECALLED),),
    "in_hospital_outside": (lambda told: told.release.in_hospital, _in_community),
    "seen_only": (_stands(Step.FIRST_CONTACT, DONE), _stands(Step.ENGAGEMENT, OPEN)),
    "on_track_outside": (_in_community,),
    "from_court": (lambda told: told.release.short_notice, _in_community),
    "from_court_and_found": (lambda told: told.release.short_notice,),
    "from_court_no_need": (_closed(Closure.NO_TREATMENT_NEED),),
    "retention_not_recorded": (_pages(Step.RETENTION, Severity.S3),),
    "started_late": (_stands(Step.ENGAGEMENT, StepStatus.MISSED),),
    "not_started": (
        lambda told: told.release.escalations[Step.ENGAGEMENT].status is LadderStatus.OPEN,
    ),
    "left_complete": (_closed(Closure.COMPLETED),),
    "left_early": (_closed(Closure.LEFT_TREATMENT),),
    "not_engaged": (_closed(Closure.NOT_ENGAGED),),
    "declined": (_closed(Closure.NOT_ENGAGED), _stands(Step.FIRST_CONTACT, StepStatus.DECLINED)),
    "start_corrected": (_stands(Step.ENGAGEMENT, DONE),),
    "on_track_later": (_stands(Step.ENGAGEMENT, DONE),),
}


@pytest.fixture(scope="module")
def show() -> Show:
    return play(AUTUMN_WEDNESDAY)


def test_every_plot_is_in_the_table_once() -> None:
    names = [each.name for each in PLOTS]

    assert len(set(names)) == len(names)
    assert set(ENDS) == set(names)


@pytest.mark.parametrize("plot", ENDS)
def test_a_plot_ends_as_its_name_says(plot: str, show: Show) -> None:
    told = show.of(plot)

    assert told
    for each in told:
        assert [holds(each) for holds in ENDS[plot]] == [True] * len(ENDS[plot])
