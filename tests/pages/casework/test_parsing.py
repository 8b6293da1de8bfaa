"""From what is typed to a command, or to what is to be corrected: no browser, no service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache

import pytest
from starlette.datastructures import FormData

from api.asking import Asked, read_commands
from api.pages.casework.form import read
from api.pages.casework.register import ANSWERS, EVENTS
from api.pages.forms import FormReader
from domain.codes import Role
from domain.commands import (
    Command,
    Obstacle,
    RecordNearMiss,
    ReportObstacle,
    RequestLicenceCondition,
    SendReferral,
)
from domain.facts import DrugCondition, NearMissKind
from domain.journey import Step
from domain.state import Release
from tests.api.conftest import SUBJECTS
from tests.builders import Journey, a_plan, a_screening, an_appointment, at
from tests.pages.casework import typing_in
from tests.pages.casework.cases import a_case
from tests.pages.casework.typing_in import Typed, day

TODAY = date(2026, 11, 21)
ON = day("on", TODAY)
LEAVES_ON = date(2026, 12, 1)


@cache
def a_state() -> Release:
    """A release on which something of everything is waiting for an answer."""
    journey = Journey(now=at(TODAY))
    journey.submit(
        a_screening(TODAY),
        a_plan(TODAY),
        SendReferral(on=TODAY, service="cds-hartlepool"),
        an_appointment(TODAY, LEAVES_ON),
        RequestLicenceCondition(on=TODAY, condition=DrugCondition.TESTING),
        RecordNearMiss(on=TODAY, near_miss=NearMissKind.NON_FATAL_OVERDOSE),
    )
    return journey.state


def _pairs(typed: Typed) -> Iterable[tuple[str, str]]:
    for name, value in typed.items():
        for each in [value] if isinstance(value, str) else value:
            yield name, each


def parsed(
    kind: str, role: Role, typed: Typed, step: Step | None = None
) -> tuple[Command | None, list[tuple[str, str]]]:
    """Return the command, and what is to be corrected with the field it is at."""
    form = ANSWERS[step, kind] if step else EVENTS[kind]
    reader = FormReader(FormData(list(_pairs(ON | typed))))
    found = read(form, a_case(a_state(), role), reader)
    faults = [(each.field, each.text) for each in reader.faults]
    if found is None:
        return None, faults
    made, answers = found
    kept = {name: value for name, value in made.items() if value is not None or name == "on"}
    if made["kind"] != "correct_treatment_start" and made.get("on") is None:
        kept.pop("on", None)
    (command,) = read_commands(Asked([kept], answers.notes, is_list=False), SUBJECTS[role])
    return command, faults


WHY: Typed = {"reason": "wrong_day_recorded"}
GOOD: tuple[tuple[str, Role, Typed, dict[str, object]], ...] = (
    ("record_screening", Role.HEALTHCARE, typing_in.SCREENING, {"on": TODAY}),
    (
        "record_screening",
        Role.RESETTLEMENT,
        {"need": "needed", "stated_group": "opiate"},
        {"answers": ()},
    ),
    (
        "correct_treatment_picture",
        Role.HEALTHCARE,
        {"need": "not_needed", "reason": "new_information"},
        {"reason": "new_information"},
    ),
    ("record_plan", Role.RESETTLEMENT, typing_in.PLAN, {"contingency": None}),
    (
        "record_action_outcome",
        Role.RESETTLEMENT,
        {"action": "act-1", "outcome": "done"},
        {"action": "act-1"},
    ),
    ("send_referral", Role.RESETTLEMENT, {"service": "cds-hartlepool"}, {"on": TODAY}),
    (
        "reject_referral",
        Role.PROVIDER,
        {"answer": "reject_referral", "reason": "no_capacity"},
        {"kind": "reject_referral", "reason": "no_capacity"},
    ),
    (
        "reject_referral",
        Role.PROVIDER,
        {"answer": "accept_referral", "reason": "no_capacity"},
        {"kind": "accept_referral"},
    ),
    ("withdraw_referral", Role.RESETTLEMENT, {}, {"on": TODAY}),
    (
        "arrange_prescription",
        Role.HEALTHCARE,
        typing_in.PRESCRIPTION,
        {"prescriber_on": typing_in.SEEN_ON},
    ),
    ("confirm_last_dose", Role.HEALTHCARE, typing_in.LAST_DOSE, {"with_pharmacy": True}),
    ("record_naloxone", Role.HEALTHCARE, typing_in.NALOXONE, {"conversation_by": "hea"}),
    (
        "book_appointment",
        Role.PROVIDER,
        typing_in.APPOINTMENT,
        {"at": datetime(2026, 12, 3, 9, 30, tzinfo=UTC), "place": "cds-hartlepool:main"},
    ),
    (
        "book_appointment",
        Role.PROVIDER,
        typing_in.APPOINTMENT | {"place": "unknown", "told": "yes"} | day("told_on", TODAY),
        {"place": None, "told_on": TODAY},
    ),
    ("tell_appointment", Role.PROVIDER, {"appointment": "a1"}, {"appointment": "a1"}),
    ("cancel_appointment", Role.PROVIDER, {"appointment": "a1"}, {"appointment": "a1"}),
    (
        "record_contact",
        Role.PROVIDER,
        {"appointment": "a1", "attended": "no"},
        {"attended": False},
    ),
    ("record_contact_attempt", Role.PROBATION, {"reached": "yes"}, {"reached": True}),
    ("record_essentials", Role.RESETTLEMENT, typing_in.ESSENTIALS, {"on": TODAY}),
    (
        "record_release",
        Role.RESETTLEMENT,
        typing_in.RELEASE | {"route": "planned"} | day("date", date(2026, 6, 30)),
        {"at": datetime(2026, 6, 30, 8, 15, tzinfo=UTC)},
    ),
    (
        "correct_release",
        Role.PROBATION,
        {"time": "midday", **WHY} | day("date", TODAY),
        {"at": datetime(2026, 11, 21, 12, tzinfo=UTC)},
    ),
    ("request_licence_condition", Role.PROBATION, {"condition": "treatment"}, {}),
    (
        "evidence_licence_condition",
        Role.PROBATION,
        {"condition": "testing", **typing_in.CRITERIA},
        {"condition": "testing"},
    ),
    ("withdraw_licence_condition", Role.PROBATION, {"condition": "testing"}, {}),
    ("record_treatment_start", Role.PROVIDER, {"service": "cds-hartlepool"}, {}),
    ("correct_treatment_start", Role.PROVIDER, {"started": "no", **WHY}, {"on": None}),
    ("correct_treatment_start", Role.PROVIDER, {"started": "yes", **WHY}, {"on": TODAY}),
    ("record_retention", Role.PROVIDER, {"outcome": "left_early"}, {}),
    ("end_journey", Role.PROBATION, {"reason": "declined_treatment"}, {}),
    (
        "record_review",
        Role.HEALTHCARE,
        {"review": "n1", "agencies": ["police", "hospital"], "outcome": "open"},
        {"outcome": None, "agencies": ("hospital", "police"), "told": ()},
    ),
    ("flag_exploitation", Role.PROVIDER, {"sign": "cuckooing"}, {}),
    ("record_safeguarding_referral", Role.PROBATION, {}, {"on": TODAY}),
    (
        "move_release_date",
        Role.RESETTLEMENT,
        {"as_given": "yes", **day("scheduled_on", LEAVES_ON)},
        {"as_given": True},
    ),
    ("transfer", Role.RESETTLEMENT, {"prison": "HLI"}, {"prison": "HLI"}),
    (
        "change_destination",
        Role.PROBATION,
        {
            "destination": "E06000002",
            "probation_unit": "N54STHA",
            "service": "none",
            "nation": "england",
        },
        {"service": None},
    ),
    ("cancel_release", Role.RESETTLEMENT, {"reason": "new_sentence"}, {}),
    ("merge", Role.RESETTLEMENT, {"into": "AB12CD"}, {"into": "AB12CD"}),
    ("record_hospital_admission", Role.PROBATION, {}, {}),
    ("record_hospital_discharge", Role.PROBATION, {}, {}),
    ("recall", Role.PROBATION, {}, {}),
    ("record_death", Role.HEALTHCARE, {}, {"on": TODAY}),
)


@pytest.mark.parametrize(("kind", "role", "typed", "expected"), GOOD)
def test_what_is_typed_becomes_exactly_the_command_of_the_api(
    kind: str, role: Role, typed: Typed, expected: dict[str, object]
) -> None:
    command, faults = parsed(kind, role, typed)

    assert faults == []
    assert command is not None
    assert {name: getattr(command, name) for name in expected} == expected
    assert command.kind in EVENTS[kind].kinds


def test_the_table_has_a_line_for_every_form() -> None:
    assert {EVENTS[kind] for kind, *_ in GOOD} == set(EVENTS.values())


BAD: tuple[tuple[str, Role, Typed, list[str]], ...] = (
    ("record_screening", Role.HEALTHCARE, {"need": "leave"}, [""]),
    ("record_screening", Role.HEALTHCARE, {"need": "needed"}, ["substances"]),
    (
        "record_screening",
        Role.HEALTHCARE,
        {"need": "leave", "facts": ["opiate_history"]},
        ["need", ""],
    ),
    (
        "record_screening",
        Role.HEALTHCARE,
        {"need": "leave", "status_health": "support_required"},
        ["why_health", "sources_support_required_health"],
    ),
    ("record_plan", Role.RESETTLEMENT, {}, [""]),
    ("reject_referral", Role.PROVIDER, {"answer": "reject_referral"}, ["reason"]),
    (
        "arrange_prescription",
        Role.HEALTHCARE,
        typing_in.PRESCRIPTION | {"has_pharmacy": "no"},
        ["has_pharmacy"],
    ),
    (
        "arrange_prescription",
        Role.HEALTHCARE,
        typing_in.PRESCRIPTION | day("form1_last", TODAY),
        ["form1_last"],
    ),
    (
        "arrange_prescription",
        Role.HEALTHCARE,
        typing_in.PRESCRIPTION | {"has_dose": "no", "has_form1": "no"},
        ["has_dose"],
    ),
    (
        "record_naloxone",
        Role.HEALTHCARE,
        {"answer": "declined", "talked": "other"},
        ["declined_reason", "colleague"],
    ),
    (
        "record_naloxone",
        Role.HEALTHCARE,
        typing_in.NALOXONE | {"talked": "other", "colleague": "Mary Smith"},
        ["colleague"],
    ),
    ("book_appointment", Role.PROVIDER, typing_in.APPOINTMENT | {"time": "1:30am"}, ["time"]),
    (
        "book_appointment",
        Role.PROVIDER,
        typing_in.APPOINTMENT | {"service": "cds-other"},
        ["service"],
    ),
    ("tell_appointment", Role.PROVIDER, {"appointment": "a9"}, ["appointment"]),
    ("record_essentials", Role.RESETTLEMENT, {}, ["first_night_address"]),
    ("record_essentials", Role.RESETTLEMENT, {"gp": "declined"}, ["gp_declined"]),
    (
        "evidence_licence_condition",
        Role.PROBATION,
        {"condition": "testing"} | typing_in.CRITERIA | {"linked_to_offending": "no"},
        ["linked_to_offending"],
    ),
    ("record_death", Role.PROBATION, {"on-day": "", "on-month": "", "on-year": ""}, ["on"]),
)


@pytest.mark.parametrize(("kind", "role", "typed", "fields"), BAD)
def test_what_is_missing_or_wrong_is_said_at_its_field_and_nothing_is_asked(
    kind: str, role: Role, typed: Typed, fields: list[str]
) -> None:
    command, faults = parsed(kind, role, typed)

    assert command is None
    assert [field for field, _ in faults] == fields


@pytest.mark.parametrize("kind", ["mark_not_needed", "record_declined"])
def test_only_the_reasons_of_the_step_itself_are_taken(kind: str) -> None:
    good = {"mark_not_needed": "already_in_treatment", "record_declined": "wants_no_treatment"}

    command, _ = parsed(kind, Role.RESETTLEMENT, {"reason": good[kind]}, Step.REFERRAL)
    refused, faults = parsed(kind, Role.RESETTLEMENT, {"reason": "no_medicine"}, Step.REFERRAL)

    assert command is not None
    assert command.kind == kind
    assert refused is None
    assert [field for field, _ in faults] == ["reason"]


def test_what_is_in_the_way_is_told_with_a_note() -> None:
    typed: Typed = {"reason": "no_answer", "note": "Rang four times.", **ON}

    command, faults = parsed("report_obstacle", Role.RESETTLEMENT, typed, Step.REFERRAL)
    nothing, missing = parsed("report_obstacle", Role.RESETTLEMENT, ON, Step.REFERRAL)

    assert faults == []
    assert command == ReportObstacle(
        on=TODAY, step=Step.REFERRAL, reason=Obstacle.NO_ANSWER, note="note"
    )
    assert nothing is None
    assert missing == [("reason", "Select what it is")]
