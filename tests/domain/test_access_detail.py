"""Who sees what of a release in their scope."""

from __future__ import annotations

from typing import Any

import pytest

from domain.access_detail import (
    _CLINICAL_DATA,
    CLINICAL_FIELDS,
    CLINICAL_ROLES,
    JUSTICE_ROLES,
    redacted,
    redacted_event,
    summary_of,
    visible_fields,
)
from domain.codes import Role, TreatmentNeed
from domain.events import Event, EventKind
from domain.facts import ConditionStatus, DrugCondition, LicenceCondition, LicenceCriteria
from domain.journey import Step
from domain.state import Release
from tests.domain.access_cases import AT, TODAY, a_release

# A new field of the state fails here until somebody has decided who sees it.
SEEN_BY_ALL_WHO_WORK_WITH_A_PERSON = {
    *("release_id", "seq", "policy_version", "phase", "closure", "closed_at", "nation", "sex"),
    *("prison", "destination", "probation_unit", "service", "release_type", "reception_on"),
    *("scheduled_on", "expected_on", "started_at", "recorded_at", "short_notice", "in_hospital"),
    *("earlier_dates", "previous_release", "merged_into", "died_on", "returned_on", "steps"),
    "discharged_on",
    *("answers", "actions", "planned_on", "referrals", "appointments", "attempts", "essentials"),
    *("conditions", "handover", "released", "treatment_start", "retention", "reviews", "flags"),
    *("safeguarding_referred_on", "escalations", "escalations_opened"),
}
SEEN_BY_CLINICIANS = {"treatment", "contingency", "prescription", "last_dose", "naloxone"}
SEEN_BY_NOBODY = {"requests"}


def criteria() -> LicenceCriteria:
    return LicenceCriteria(
        linked_to_offending=True,
        dependent_or_propensity=True,
        requires_and_susceptible_to_treatment=True,
        appointment_known_and_confirmed=True,
        type_set_on_health_advice=True,
        necessity_note="n1",
        proportionality_note="n2",
    )


def an_event(kind: EventKind, data: dict[str, Any], step: Step | None = None) -> Event:
    return Event(
        seq=1, kind=kind, at=AT, on=TODAY, step=step, actor="u1", data=data, key="k", digest="d"
    )


def test_every_field_of_a_release_has_been_decided_on() -> None:
    decided = SEEN_BY_ALL_WHO_WORK_WITH_A_PERSON | SEEN_BY_CLINICIANS | SEEN_BY_NOBODY

    assert decided == set(Release.model_fields)


@pytest.mark.parametrize("role", sorted(CLINICAL_ROLES))
def test_clinicians_see_clinical_detail(role: Role) -> None:
    assert visible_fields(role) == SEEN_BY_ALL_WHO_WORK_WITH_A_PERSON | SEEN_BY_CLINICIANS


@pytest.mark.parametrize("role", sorted(JUSTICE_ROLES))
def test_justice_staff_see_no_clinical_detail(role: Role) -> None:
    assert visible_fields(role) == SEEN_BY_ALL_WHO_WORK_WITH_A_PERSON

    shown = redacted(a_release(released_on=TODAY), role)

    assert [getattr(shown, name) for name in sorted(CLINICAL_FIELDS)] == [None] * 5
    assert shown.released is not None
    assert shown.released.last_supervised_dose_on is None
    assert not shown.released.naloxone_in_hand
    assert shown.steps[Step.NALOXONE].reason is None
    assert shown.steps[Step.PLAN].reason == "duplicate"
    assert "heroin" not in shown.model_dump_json()


def test_the_rest_reaches_justice_staff_unchanged() -> None:
    release = a_release()
    shown = redacted(release, Role.PROBATION)

    assert shown.referrals == release.referrals
    assert shown.appointments == release.appointments
    assert shown.expected_on == release.expected_on


def test_justice_staff_know_only_yes_or_no_of_a_persons_care() -> None:
    assert summary_of(a_release()) == (TreatmentNeed.NEEDED, True, True)
    nothing = a_release(treatment=None, prescription=None, naloxone=None)
    assert summary_of(nothing) == (TreatmentNeed.NOT_YET_KNOWN, False, False)


def test_clinicians_do_not_see_how_a_condition_is_linked_to_offending() -> None:
    condition = LicenceCondition(
        condition=DrugCondition.TESTING, status=ConditionStatus.EVIDENCED, criteria=criteria()
    )
    release = a_release(conditions={DrugCondition.TESTING: condition})

    for role in CLINICAL_ROLES:
        assert redacted(release, role).conditions[DrugCondition.TESTING].criteria is None
    for role in JUSTICE_ROLES:
        assert redacted(release, role).conditions[DrugCondition.TESTING].criteria is not None


@pytest.mark.parametrize("role", [Role.COMMISSIONER, Role.ADMIN, Role.AUDITOR])
def test_nobody_else_is_ever_shown_a_release(role: Role) -> None:
    assert visible_fields(role) == frozenset()
    with pytest.raises(ValueError, match="sees no release"):
        redacted(a_release(), role)


@pytest.mark.parametrize(
    ("kind", "step", "data", "left"),
    [
        ("prescription_arranged", "prescription", {"supplies": [1]}, {}),
        ("last_dose_confirmed", "prescription", {"with_prescriber": True}, {}),
        ("naloxone_recorded", "naloxone", {"answer": "declined"}, {}),
        ("treatment_picture_corrected", None, {"substances": ["heroin"]}, {}),
        ("screening_recorded", "screening", {"answers": [], "treatment": {}}, {"answers": []}),
        ("plan_recorded", "plan", {"actions": [], "contingency": "c"}, {"actions": []}),
        ("step_not_needed", "naloxone", {"reason": "no_opiate_history"}, {}),
        ("step_not_needed", "essentials", {"reason": "r"}, {"reason": "r"}),
        ("step_declined", "prescription", {"reason": "r"}, {}),
        ("released", "release", {"on": "d", "naloxone_in_hand": True}, {"on": "d"}),
        ("release_started", None, {"prison": "BXI", "treatment": {}}, {"prison": "BXI"}),
        ("transferred", None, {"prison": "LEI"}, {"prison": "LEI"}),
    ],
)
@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION, Role.AUDITOR])
def test_the_trail_keeps_clinical_detail_from_justice_staff_and_auditors(
    role: Role, kind: str, step: str | None, data: dict[str, Any], left: dict[str, Any]
) -> None:
    event = an_event(EventKind(kind), data, Step(step) if step else None)

    shown = redacted_event(event, role)

    assert shown.data == left
    assert (shown.seq, shown.kind, shown.at, shown.on, shown.actor) == (
        (event.seq, event.kind, event.at, event.on, event.actor)
    )
    assert redacted_event(event, Role.HEALTHCARE).data == data


@pytest.mark.parametrize(
    ("role", "left"),
    [
        (Role.PROBATION, {"condition": "testing", "criteria": {}}),
        (Role.RESETTLEMENT, {"condition": "testing", "criteria": {}}),
        (Role.HEALTHCARE, {"condition": "testing"}),
        (Role.PROVIDER, {"condition": "testing"}),
        (Role.AUDITOR, {"condition": "testing"}),
    ],
)
def test_the_trail_keeps_offending_from_clinicians_and_auditors(
    role: Role, left: dict[str, Any]
) -> None:
    event = an_event(EventKind.CONDITION_EVIDENCED, {"condition": "testing", "criteria": {}})

    assert redacted_event(event, role).data == left


def test_idempotency_keys_are_shown_to_nobody() -> None:
    for role in Role:
        shown = redacted_event(an_event(EventKind.RECALLED, {}), role)
        assert (shown.key, shown.digest) == (None, None)


def test_every_kind_of_event_has_been_decided_on() -> None:
    assert set(_CLINICAL_DATA) == set(EventKind)
