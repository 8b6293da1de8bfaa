"""Whoever works a step says that it cannot be done: it is escalated before it is late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.commands import (
    AcknowledgeEscalation,
    CorrectTreatmentPicture,
    Obstacle,
    ReportObstacle,
    SendReferral,
)
from domain.errors import Refusal
from domain.events import EventKind
from domain.falling_due import next_wakeup
from domain.journey import Step
from domain.policy import Severity, Target
from domain.state import LadderStatus, StepStatus
from notifications.notices import Template, notices
from tests.builders import SERVICE, Journey, an_opiate_picture, the_rules
from tests.domain.journeys import ladder, london, refused, screened


def reported(journey: Journey, step: Step = Step.REFERRAL) -> ReportObstacle:
    return ReportObstacle(on=journey.now.date(), step=step, reason=Obstacle.NO_ANSWER)


@pytest.fixture
def journey() -> Journey:
    """A release with weeks to go and a referral that nobody answers."""
    journey = screened()
    journey.submit(SendReferral(on=journey.now.date(), service=SERVICE))
    return journey


def test_it_is_escalated_at_once_to_whoever_is_above_the_one_that_said_so(
    journey: Journey,
) -> None:
    events = journey.submit(reported(journey))

    assert [each.kind for each in events] == [
        EventKind.OBSTACLE_REPORTED,
        EventKind.ESCALATION_OPENED,
    ]
    standing = ladder(journey, Step.REFERRAL)
    chain = the_rules().policy.chains[standing.severity]
    assert chain.levels[standing.level - 1].target is not Target.NAMED_WORKER
    assert standing.opened_at == journey.now
    assert journey.state.steps[Step.REFERRAL].status is StepStatus.OPEN
    assert journey.state.steps[Step.REFERRAL].lapsed_at is None, "it is not late"


def test_whoever_is_above_is_asked_for_help_and_not_told_that_it_is_late(
    journey: Journey,
) -> None:
    events = journey.submit(reported(journey))

    (notice,) = notices(journey.state, tuple(events), the_rules().policy)

    assert notice.template is Template.HELP_ASKED
    assert notice.level == ladder(journey, Step.REFERRAL).level


def test_it_climbs_like_any_other_until_somebody_takes_it(journey: Journey) -> None:
    journey.submit(reported(journey))
    first = ladder(journey, Step.REFERRAL)
    assert next_wakeup(journey.state, journey.rules) == first.next_at

    journey.wait_until(first.next_at)

    assert ladder(journey, Step.REFERRAL).level == first.level + 1
    journey.submit(AcknowledgeEscalation(step=Step.REFERRAL))
    assert ladder(journey, Step.REFERRAL).status is LadderStatus.ACKNOWLEDGED


def test_once_it_is_late_the_same_escalation_goes_on(journey: Journey) -> None:
    journey.submit(reported(journey))

    journey.wait_until(journey.now + timedelta(days=40))

    opened = [
        each
        for each in journey.events
        if each.kind is EventKind.ESCALATION_OPENED and each.step is Step.REFERRAL
    ]
    assert len(opened) == 1
    assert journey.state.steps[Step.REFERRAL].lapsed_at is not None


def test_a_graver_lapse_takes_it_to_the_graver_chain() -> None:
    journey = screened(an_opiate_picture(opiate_treatment=False))
    journey.submit(reported(journey, Step.APPOINTMENT))
    assert ladder(journey, Step.APPOINTMENT).severity is Severity.S2
    journey.submit(CorrectTreatmentPicture(treatment=an_opiate_picture(), reason="wrong"))

    journey.wait_until(london("2026-11-18 09:00"))

    assert ladder(journey, Step.APPOINTMENT).severity is Severity.S1


def test_it_is_said_once(journey: Journey) -> None:
    journey.submit(reported(journey))

    assert refused(journey, reported(journey)).code is Refusal.ALREADY_DONE


def test_what_is_answered_or_has_not_arisen_cannot_be_in_the_way(journey: Journey) -> None:
    for step in (Step.SCREENING, Step.RETENTION):
        assert refused(journey, reported(journey, step)).code is Refusal.ALREADY_DONE
