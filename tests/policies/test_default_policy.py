"""The shipped policy: each figure of the journey, written out by hand as an instant.

Instants are UTC: London is an hour ahead of it from 29 March 2026 on.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.due import due_of, severity_of, warning_of
from domain.journey import Step
from domain.policy import Certainty, Policy, Severity, Target
from domain.rules import Rules
from domain.state import Release, StepState
from infra.policies.figures import sections
from infra.policies.loading import default_policy
from tests.domain.bank_holidays import CALENDAR
from tests.policies import releases

RULES = Rules(policy=default_policy(), calendar=CALENDAR)


def utc(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("step", "state", "due_at"),
    [
        (Step.SCREENING, releases.a_release(), utc(3, 7, 12)),
        # Maundy Thursday: neither Good Friday nor Easter Monday is a working day.
        (Step.SCREENING, releases.begun_late(utc(4, 2, 8)), utc(4, 8, 16)),
        (Step.PLAN, releases.screened(date(2026, 3, 6)), utc(3, 11, 17)),
        (Step.REFERRAL, releases.a_release(), utc(5, 7, 16)),
        (Step.REFERRAL, releases.referred(date(2026, 4, 30)), utc(5, 8, 16)),
        (Step.PRESCRIPTION, releases.a_release(), utc(5, 28, 16)),
        (Step.NALOXONE, releases.a_release(), utc(6, 3, 16)),
        (Step.APPOINTMENT, releases.a_release(), utc(5, 20, 16)),
        (Step.ESSENTIALS, releases.a_release(), utc(6, 2, 16)),
        (Step.LICENCE, releases.with_condition(), utc(5, 29, 16)),
        (Step.HANDOVER, releases.a_release(), utc(5, 28, 16)),
        (Step.HANDOVER, releases.handed_over(date(2026, 5, 22)), utc(5, 27, 16)),
        (Step.RELEASE, releases.a_release(), utc(6, 4, 17)),
        (Step.FIRST_CONTACT, releases.released(), utc(6, 5, 16)),
        (Step.FIRST_CONTACT, releases.with_appointment(utc(6, 5, 9)), utc(6, 8, 16)),
        (Step.FIRST_CONTACT, releases.with_missed_appointment(date(2026, 6, 5)), utc(6, 8, 16)),
        (Step.ENGAGEMENT, releases.released(), utc(6, 25, 23)),
        (Step.RETENTION, releases.in_treatment(date(2026, 6, 8)), utc(8, 31, 23)),
        (Step.REVIEW, releases.with_near_miss(utc(6, 6, 22)), utc(6, 9, 22)),
        (Step.SAFEGUARDING, releases.with_exploitation(date(2026, 6, 6)), utc(6, 6, 23)),
    ],
)
def test_each_step_is_due_when_the_journey_says(
    step: Step,
    state: Release,
    due_at: datetime,
) -> None:
    found = due_of(state, step, RULES)

    assert found is not None
    assert found.at == due_at
    assert not found.compressed


@pytest.mark.parametrize(
    ("step", "state", "warned_at"),
    [
        (Step.ENGAGEMENT, releases.released(), [utc(6, 11, 8), utc(6, 18, 8)]),
        (Step.RETENTION, releases.in_treatment(date(2026, 6, 8)), [utc(8, 17, 8)]),
    ],
)
def test_the_owner_is_warned_before_a_window_closes(
    step: Step,
    state: Release,
    warned_at: list[datetime],
) -> None:
    found = []
    while warning := warning_of(state, step, RULES):
        found.append(warning[1])
        after = StepState(armed_at=releases.STARTED_AT, warnings=warning[0])
        state = state.model_copy(update={"steps": state.steps | {step: after}})

    assert found == warned_at


SEVERITIES = {
    Step.SCREENING: "S3",
    Step.PLAN: "S3",
    Step.REFERRAL: "S2",
    Step.PRESCRIPTION: "S1",
    Step.NALOXONE: "S2",
    Step.APPOINTMENT: "S2",
    Step.ESSENTIALS: "S2",
    Step.LICENCE: "S2",
    Step.HANDOVER: "S2",
    Step.RELEASE: "S1",
    Step.FIRST_CONTACT: "S2",
    Step.ENGAGEMENT: "S2",
    Step.RETENTION: "S3",
    Step.REVIEW: "S1",
    Step.SAFEGUARDING: "S2",
}
BEFORE_THE_GATE = set(SEVERITIES) - {
    Step.FIRST_CONTACT,
    Step.ENGAGEMENT,
    Step.RETENTION,
    Step.REVIEW,
    Step.SAFEGUARDING,
}


def severities(state: Release, at: datetime) -> dict[Step, str]:
    return {step: severity_of(state, step, at, RULES) for step in Step}


def test_each_step_lapses_with_the_severity_of_the_journey() -> None:
    assert severities(releases.a_release(), utc(6, 4, 12)) == SEVERITIES


def test_opiate_treatment_makes_a_missing_appointment_address_or_start_a_matter_of_life() -> None:
    state = releases.on_opiate_treatment(releases.a_release())

    raised = {Step.APPOINTMENT, Step.ESSENTIALS, Step.ENGAGEMENT}
    assert severities(state, utc(6, 4, 12)) == SEVERITIES | dict.fromkeys(raised, "S1")


@pytest.mark.parametrize(("days", "severity"), [(13, "S1"), (14, "S2")])
def test_first_contact_is_a_matter_of_life_in_the_first_fourteen_days(
    days: int,
    severity: str,
) -> None:
    state = releases.released()
    assert state.released is not None

    found = severity_of(state, Step.FIRST_CONTACT, state.released.at + timedelta(days=days), RULES)

    assert found == severity


def test_short_notice_makes_every_step_before_the_gate_a_matter_of_life() -> None:
    state = releases.a_release(short_notice=True)

    assert severities(state, utc(6, 4, 12)) == SEVERITIES | dict.fromkeys(BEFORE_THE_GATE, "S1")


def test_the_outcomes_are_counted_as_published() -> None:
    figures = default_policy().engagement

    assert (figures.window_from_day, figures.window_to_day) == (0, 21)
    assert figures.retention_days == 84
    assert figures.death_notifiable_within_days == 14
    assert figures.exploitation_flags == 2


def test_the_ladder_of_a_life_reaches_the_on_call_manager_in_half_an_hour() -> None:
    chain = default_policy().chains[Severity.S1]

    waited = sum(level.wait.count for level in chain.levels[:-1])
    assert (chain.levels[-1].target, waited) == (Target.ON_CALL_MANAGER, 30)


def test_every_figure_names_a_source_and_a_weak_one_says_why() -> None:
    weak = {Certainty.LOW, Certainty.MEMORY}
    cites = [row.cite for section in sections(default_policy()) for row in section.rows]

    assert all(each.source for each in cites)
    assert all(each.note for each in cites if each.certainty in weak)


def test_a_policy_survives_the_trip_through_json_to_the_byte() -> None:
    written = default_policy().model_dump_json()

    read = Policy.model_validate_json(written)

    assert read == default_policy()
    assert read.model_dump_json() == written


def test_a_pinned_copy_with_a_key_that_has_gone_since_is_still_read() -> None:
    old = default_policy().model_dump(mode="json") | {"gone": 1}

    assert Policy.model_validate(old) == default_policy()


def test_a_document_pinned_before_delivery_was_written_is_the_one_that_ships() -> None:
    old = default_policy().model_dump(mode="json", exclude={"delivery"})

    # Else a store that holds this version already would refuse the document that now ships.
    assert Policy.model_validate(old) == default_policy()
