"""The ladder of a lapse: when each rung is paged, on every clock, and who may rest it.

Wall times are London's and written by hand; the shipped policy's chains are used as they are.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.codes import Role
from domain.commands import (
    AcceptReferral,
    AcknowledgeEscalation,
    Actor,
    CorrectTreatmentPicture,
    EscalateUnreached,
    PassOnEscalation,
    SendReferral,
    Unreached,
)
from domain.deciding import decide
from domain.errors import Refusal, Refused
from domain.events import Event, EventKind
from domain.falling_due import next_wakeup
from domain.journey import Step
from domain.ladder import climb, level_of, next_slot, open_ladder, rungs, target_of
from domain.policy import Again, Severity, Target
from domain.state import LadderStatus
from tests.builders import SERVICE, WORKER, Journey, a_submission, an_opiate_picture, the_rules
from tests.domain.journeys import (
    day,
    ladder,
    london,
    move_to,
    refused,
    screened,
)

COLLEAGUE = Actor(id="staff-2", role=Role.PROBATION)
PAGES = {
    EventKind.ESCALATION_OPENED,
    EventKind.ESCALATION_RAISED,
    EventKind.ACKNOWLEDGEMENT_EXPIRED,
    EventKind.ESCALATION_EXHAUSTED,
}


def paged(journey: Journey, step: Step) -> list[Event]:
    return [each for each in journey.events if each.step is step and each.kind in PAGES]


def climbed(severity: Severity, lapsed_at: str, rungs_wanted: int) -> list[datetime]:
    """Return when the rungs of a ladder are paged that nobody answers."""
    standing = open_ladder(1, Step.PLAN, severity, london(lapsed_at), the_rules())
    times = [standing.opened_at]
    while len(times) < rungs_wanted:
        times.append(standing.next_at)
        standing = climb(standing, the_rules()).ladder
    return times


@pytest.mark.parametrize(
    ("severity", "lapsed_at", "rungs_at"),
    [
        # S1 never rests: every quarter of an hour, twice through, then the service owner.
        (
            Severity.S1,
            "2026-11-28 23:50",  # a Saturday night
            [
                *("2026-11-28 23:50", "2026-11-29 00:05", "2026-11-29 00:20", "2026-11-29 00:35"),
                *("2026-11-29 00:50", "2026-11-29 01:05", "2026-11-29 01:20"),
                *("2026-11-29 09:00", "2026-11-30 09:00"),
            ],
        ),
        # S2 counts office hours: four to each rung, then every Monday.
        (
            Severity.S2,
            "2026-11-24 17:00",
            ["2026-11-24 17:00", "2026-11-25 13:00", "2026-11-25 17:00", "2026-11-26 13:00"],
        ),
        (
            Severity.S2,
            "2026-11-27 15:30",  # a Friday afternoon
            [
                *("2026-11-27 15:30", "2026-11-30 11:30", "2026-11-30 15:30", "2026-12-01 11:30"),
                *("2026-12-07 09:00", "2026-12-14 09:00"),
            ],
        ),
        (
            Severity.S2,
            "2026-12-24 16:00",  # Christmas Eve: 25 and 28 December are bank holidays
            ["2026-12-24 16:00", "2026-12-29 12:00", "2026-12-29 16:00", "2026-12-30 12:00"],
        ),
        # S3 counts working days: one, then two.
        (
            Severity.S3,
            "2026-11-24 17:00",
            [
                *("2026-11-24 17:00", "2026-11-25 17:00", "2026-11-27 17:00"),
                *("2026-11-30 09:00", "2026-12-07 09:00"),
            ],
        ),
        (
            Severity.S3,
            "2026-04-02 12:00",  # Maundy Thursday
            ["2026-04-02 12:00", "2026-04-07 12:00", "2026-04-09 12:00", "2026-04-13 09:00"],
        ),
        # S4 is a report: one rung, then every Monday.
        (
            Severity.S4,
            "2026-11-24 10:00",
            ["2026-11-24 10:00", "2026-12-01 10:00", "2026-12-07 09:00"],
        ),
    ],
)
def test_the_rungs_of_a_ladder_nobody_answers(
    severity: Severity, lapsed_at: str, rungs_at: list[str]
) -> None:
    found = climbed(severity, lapsed_at, len(rungs_at))

    assert found == [london(each) for each in rungs_at]


@pytest.mark.parametrize(
    ("severity", "lapsed_at", "rungs_at"),
    [
        # Clocks forward on 29 March 2026: a quarter of an hour stays one, whatever clocks show.
        (Severity.S1, "2026-03-29 00:50", ["2026-03-29 00:50", "2026-03-29 02:05"]),
        # Office hours keep their wall times over both changes.
        (
            Severity.S2,
            "2026-03-27 16:00",
            ["2026-03-27 16:00", "2026-03-30 12:00", "2026-03-30 16:00"],
        ),
        (
            Severity.S2,
            "2026-10-23 16:00",
            ["2026-10-23 16:00", "2026-10-26 12:00", "2026-10-26 16:00"],
        ),
        (
            Severity.S3,
            "2026-10-23 10:00",
            ["2026-10-23 10:00", "2026-10-26 10:00", "2026-10-28 10:00", "2026-11-02 09:00"],
        ),
    ],
)
def test_ladders_keep_london_time_when_the_clocks_change(
    severity: Severity, lapsed_at: str, rungs_at: list[str]
) -> None:
    found = climbed(severity, lapsed_at, len(rungs_at))

    assert found == [london(each) for each in rungs_at]


def test_the_hour_that_happens_twice_is_climbed_in_real_minutes() -> None:
    # From half past midnight in summer time on 25 October 2026: an hour and a half later it is
    # one o'clock, for the second time.
    found = climbed(Severity.S1, "2026-10-25 00:30", 7)

    assert [each - found[0] for each in found] == [timedelta(minutes=15) * n for n in range(7)]


@pytest.mark.parametrize(
    ("every", "at", "next_at"),
    [
        ("day", "2026-11-24 08:59", "2026-11-24 09:00"),
        ("day", "2026-11-24 09:00", "2026-11-25 09:00"),
        ("week", "2026-11-24 10:00", "2026-11-30 09:00"),
        ("week", "2026-11-30 08:00", "2026-11-30 09:00"),
        ("week", "2026-11-30 09:00", "2026-12-07 09:00"),
        ("day", "2026-03-28 09:00", "2026-03-29 09:00"),
        ("week", "2026-10-19 09:00", "2026-10-26 09:00"),
    ],
)
def test_the_top_is_paged_again_at_one_time_of_day(every: str, at: str, next_at: str) -> None:
    again = Again.model_validate({"every": every, "at": "09:00"})

    assert next_slot(london(at), again) == london(next_at)


def test_each_rung_turns_to_its_own_target_and_the_rounds_begin_again() -> None:
    journey = move_to(screened(), london("2026-11-24 19:00"))
    chain = journey.rules.policy.chains[Severity.S1]

    assert rungs(chain) == 6
    assert [each.data["level"] for each in paged(journey, Step.PRESCRIPTION)] == [
        *range(1, 7),
        6,
    ]
    standing = ladder(journey, Step.PRESCRIPTION)
    assert standing.status is LadderStatus.EXHAUSTED
    assert target_of(standing, chain) is Target.SERVICE_OWNER
    targets = [
        level_of(standing.model_copy(update={"level": level}), chain).target
        for level in range(1, 7)
    ]
    assert targets == [Target.DUTY_ROTA, Target.DEPUTY, Target.ON_CALL_MANAGER] * 2


def test_an_exhausted_ladder_is_never_silent() -> None:
    journey = move_to(screened(), london("2026-11-28 12:00"))

    exhausted = [
        each.at
        for each in paged(journey, Step.PRESCRIPTION)
        if each.kind is EventKind.ESCALATION_EXHAUSTED
    ]
    assert exhausted == [
        london("2026-11-24 18:30"),
        london("2026-11-25 09:00"),
        london("2026-11-26 09:00"),
        london("2026-11-27 09:00"),
        london("2026-11-28 09:00"),
    ]
    wake = next_wakeup(journey.state, journey.rules)
    assert wake is not None
    assert wake > journey.now


def taken(step: Step) -> AcknowledgeEscalation:
    return AcknowledgeEscalation(step=step)


def test_an_acknowledgement_is_a_lease_and_the_work_stays_due() -> None:
    journey = move_to(screened(), london("2026-11-24 17:20"))
    journey.submit(taken(Step.PRESCRIPTION))

    standing = ladder(journey, Step.PRESCRIPTION)
    assert (standing.status, standing.acknowledged_by) == (LadderStatus.ACKNOWLEDGED, WORKER.id)
    assert standing.level == 2
    assert standing.next_at == london("2026-11-24 21:20")
    assert journey.state.steps[Step.PRESCRIPTION].lapsed_at == london("2026-11-24 17:00")


def test_when_the_lease_runs_out_the_next_rung_is_paged() -> None:
    journey = move_to(screened(), london("2026-11-24 17:20"))
    journey.submit(taken(Step.PRESCRIPTION))
    move_to(journey, london("2026-11-24 21:20"))

    last = paged(journey, Step.PRESCRIPTION)[-1]
    assert (last.kind, last.at) == (EventKind.ACKNOWLEDGEMENT_EXPIRED, london("2026-11-24 21:20"))
    standing = ladder(journey, Step.PRESCRIPTION)
    assert (standing.level, standing.acknowledged_by) == (3, None)
    assert standing.next_at == london("2026-11-24 21:35")


@pytest.mark.parametrize(
    ("step", "lapsed_at", "taken_at", "lease_until"),
    [
        (Step.REFERRAL, "2026-11-03 17:00", "2026-11-06 12:00", "2026-11-09 12:00"),
        (Step.SCREENING, "2026-09-09 17:00", "2026-09-10 10:00", "2026-09-15 10:00"),
    ],
)
def test_a_lease_is_as_long_as_its_severity_says(
    step: Step, lapsed_at: str, taken_at: str, lease_until: str
) -> None:
    journey = screened() if step is Step.REFERRAL else Journey()
    move_to(journey, london(taken_at))
    journey.submit(taken(step))

    assert journey.state.steps[step].lapsed_at == london(lapsed_at)
    assert ladder(journey, step).next_at == london(lease_until)


def test_the_first_acknowledgement_wins() -> None:
    journey = move_to(screened(), london("2026-11-24 17:20"))
    journey.submit(taken(Step.PRESCRIPTION), by=COLLEAGUE)

    refusal = refused(journey, taken(Step.PRESCRIPTION))

    assert refusal.code is Refusal.ALREADY_DONE
    assert ladder(journey, Step.PRESCRIPTION).acknowledged_by == COLLEAGUE.id


def test_an_exhausted_ladder_can_still_be_taken_and_comes_back() -> None:
    journey = move_to(screened(), london("2026-11-25 10:00"))
    journey.submit(taken(Step.PRESCRIPTION))
    move_to(journey, london("2026-11-25 14:00"))

    standing = ladder(journey, Step.PRESCRIPTION)
    assert (standing.status, standing.acknowledged_by) == (LadderStatus.EXHAUSTED, None)
    assert standing.next_at == london("2026-11-26 09:00")


def test_passing_on_pages_the_next_rung_at_once() -> None:
    journey = move_to(screened(), london("2026-11-24 17:05"))
    journey.submit(PassOnEscalation(step=Step.PRESCRIPTION))

    standing = ladder(journey, Step.PRESCRIPTION)
    assert (standing.level, standing.status) == (2, LadderStatus.OPEN)
    assert standing.next_at == london("2026-11-24 17:20")
    assert paged(journey, Step.PRESCRIPTION)[-1].at == london("2026-11-24 17:05")


def test_passing_on_what_was_taken_frees_it_for_the_next() -> None:
    journey = move_to(screened(), london("2026-11-24 17:05"))
    journey.submit(taken(Step.PRESCRIPTION))
    journey.submit(PassOnEscalation(step=Step.PRESCRIPTION), by=COLLEAGUE)

    standing = ladder(journey, Step.PRESCRIPTION)
    assert (standing.level, standing.acknowledged_by) == (2, None)


def test_passing_on_from_the_top_pages_the_service_owner() -> None:
    journey = move_to(screened(), london("2026-11-24 18:20"))
    assert ladder(journey, Step.PRESCRIPTION).level == 6
    journey.submit(PassOnEscalation(step=Step.PRESCRIPTION))

    assert ladder(journey, Step.PRESCRIPTION).status is LadderStatus.EXHAUSTED


def unreached(journey: Journey, level: int, *, later: int = 0) -> EscalateUnreached:
    number = ladder(journey, Step.PRESCRIPTION).number + later
    return EscalateUnreached(
        step=Step.PRESCRIPTION, number=number, level=level, reason=Unreached.EMPTY_ROTA
    )


def test_a_rung_that_reaches_nobody_is_left_at_once() -> None:
    journey = move_to(screened(), london("2026-11-24 17:05"))
    journey.submit(unreached(journey, 1))

    assert ladder(journey, Step.PRESCRIPTION).level == 2
    assert ladder(journey, Step.PRESCRIPTION).next_at == london("2026-11-24 17:20")
    last = paged(journey, Step.PRESCRIPTION)[-1]
    assert (last.kind, last.data["unreached"]) == (EventKind.ESCALATION_RAISED, "empty_rota")


def test_where_no_rung_reaches_anybody_the_owner_is_paged_in_the_same_minute() -> None:
    journey = move_to(screened(), london("2026-11-24 17:05"))
    for level in range(1, 7):
        journey.submit(unreached(journey, level))

    assert ladder(journey, Step.PRESCRIPTION).status is LadderStatus.EXHAUSTED
    assert paged(journey, Step.PRESCRIPTION)[-1].at == london("2026-11-24 17:05")


@pytest.mark.parametrize(("level", "later"), [(2, 0), (1, 1)])
def test_evidence_about_another_rung_moves_nothing(level: int, later: int) -> None:
    journey = move_to(screened(), london("2026-11-24 17:05"))
    late = unreached(journey, level, later=later)

    assert refused(journey, late).code is Refusal.WRONG_STATE


def test_evidence_that_comes_after_somebody_answered_takes_nothing_from_them() -> None:
    journey = move_to(screened(), london("2026-11-24 17:05"))
    journey.submit(taken(Step.PRESCRIPTION))

    assert refused(journey, unreached(journey, 1)).code is Refusal.WRONG_STATE
    assert ladder(journey, Step.PRESCRIPTION).status is LadderStatus.ACKNOWLEDGED


@pytest.mark.parametrize(
    "command", [taken(Step.PRESCRIPTION), PassOnEscalation(step=Step.PRESCRIPTION)]
)
def test_without_an_open_escalation_there_is_nothing_to_take(
    command: AcknowledgeEscalation | PassOnEscalation,
) -> None:
    assert refused(screened(), command).code is Refusal.NOTHING_TO_ACKNOWLEDGE


def test_the_answer_closes_the_ladder_whoever_holds_it() -> None:
    journey = move_to(screened(), london("2026-11-05 10:00"))
    journey.submit(taken(Step.REFERRAL))
    on = day("2026-11-05")
    journey.submit(SendReferral(on=on, service=SERVICE), AcceptReferral(on=on))

    assert ladder(journey, Step.REFERRAL).status is LadderStatus.CLOSED
    assert refused(journey, taken(Step.REFERRAL)).code is Refusal.NOTHING_TO_ACKNOWLEDGE


def test_there_is_one_escalation_for_each_step_and_each_has_its_number() -> None:
    journey = move_to(Journey(), london("2026-12-02 12:00"))

    opened = [each for each in journey.events if each.kind is EventKind.ESCALATION_OPENED]
    assert [each.data["number"] for each in opened] == list(range(1, 10))
    assert len({each.step for each in opened}) == 9


def test_a_page_is_told_at_the_instant_of_its_rung_however_late_it_is_noticed() -> None:
    on_time, late = screened(), screened()
    for minutes in range(0, 120, 5):
        move_to(on_time, london("2026-11-24 17:00") + timedelta(minutes=minutes))
    move_to(late, london("2026-11-24 18:55"))

    assert [(each.kind, each.at) for each in paged(late, Step.PRESCRIPTION)] == [
        (each.kind, each.at) for each in paged(on_time, Step.PRESCRIPTION)
    ]


def test_a_graver_lapse_drops_the_lease_of_the_milder_one() -> None:
    alcohol = an_opiate_picture(
        substances=("alcohol",), opiate_treatment=False, opiate_history=False
    )
    journey = move_to(screened(alcohol), london("2026-11-18 10:00"))
    journey.submit(taken(Step.APPOINTMENT))

    journey.submit(CorrectTreatmentPicture(treatment=an_opiate_picture(), reason="told_later"))

    standing = ladder(journey, Step.APPOINTMENT)
    assert (standing.status, standing.severity) == (LadderStatus.OPEN, Severity.S1)


def test_two_people_cannot_take_it_in_one_submission_either() -> None:
    journey = move_to(screened(), london("2026-11-24 17:20"))
    both = a_submission(taken(Step.PRESCRIPTION), taken(Step.PRESCRIPTION))

    with pytest.raises(Refused):
        decide(journey.state, both, journey.now, journey.rules)
