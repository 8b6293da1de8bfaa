"""What each edition of the pack holds, and that nothing clinical gets into the other one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access_detail import CLINICAL_FIELDS, CLINICAL_ROLES, JUSTICE_ROLES
from domain.codes import HandoverParty, Role, Substance, TreatmentNeed
from domain.continuity import cover_report
from domain.events import EventKind
from domain.facts import (
    LastDose,
    Naloxone,
    NaloxoneAnswer,
    Prescription,
    ReleaseRecord,
    TreatmentPicture,
)
from domain.handover_pack import (
    PARTY_EDITIONS,
    Edition,
    editions_for,
    makes_pack_old,
    missing_from,
    pack_contents,
    person_sheet,
)
from domain.journey import Step
from domain.state import Release, StepState, StepStatus
from tests.builders import the_rules
from tests.domain.access_cases import AT, TODAY, a_release

UNTIL = date(2026, 12, 7)
REASONS = st.sampled_from([None, "no_medicine", "already_has_naloxone", "no_opiate_history"])


@st.composite
def clinical_facts(draw: st.DrawFn) -> dict[str, object]:
    """Draw everything clinical of a release whose yes and no is always the same."""
    treatment = TreatmentPicture(
        need=TreatmentNeed.NEEDED,
        substances=tuple(draw(st.sets(st.sampled_from(list(Substance)), min_size=1))),
        opiate_treatment=draw(st.booleans()),
        opiate_history=draw(st.booleans()),
        believed_drug_free=draw(st.booleans()),
    )
    supply = {"kind": "take_home", "from_on": "2026-12-01", "days": draw(st.integers(1, 56))}
    status = draw(st.sampled_from([StepStatus.NOT_NEEDED, StepStatus.DECLINED]))
    steps = {
        step: StepState(armed_at=AT, status=status, reason=draw(REASONS))
        for step in (Step.PRESCRIPTION, Step.NALOXONE)
    }
    return {
        "treatment": treatment,
        "contingency": draw(st.sampled_from([None, "relapse-plan", "rapid-restart"])),
        "prescription": Prescription.model_validate({"supplies": [supply]}),
        "last_dose": draw(st.none() | st.builds(LastDose, confirmed_on=st.just(TODAY))),
        "naloxone": Naloxone(
            answer=draw(st.sampled_from(list(NaloxoneAnswer))), on=TODAY, declined_reason="x"
        ),
        "released": ReleaseRecord(
            at=AT,
            on=AT.date(),
            last_supervised_dose_on=draw(st.none() | st.just(AT.date())),
            naloxone_in_hand=draw(st.booleans()),
        ),
    } | {"steps": steps, "status": status}


def of(facts: dict[str, object], status: object) -> Release:
    changes = {name: value for name, value in facts.items() if name != "status"}
    steps = facts["steps"]
    assert isinstance(steps, dict)
    same = {step: each.model_copy(update={"status": status}) for step, each in steps.items()}
    return a_release().model_copy(update=changes | {"steps": same})


@given(one=clinical_facts(), other=clinical_facts())
def test_two_people_who_differ_only_in_clinical_detail_have_the_same_other_edition(
    one: dict[str, object], other: dict[str, object]
) -> None:
    packs = [
        pack_contents(
            release, Edition.NON_CLINICAL, medicine_until=UNTIL, cover=cover_report(release, RULES)
        )
        for release in (of(one, one["status"]), of(other, one["status"]))
    ]

    # Compared apart from the assertion, which would spell out how two whole releases differ.
    is_same = packs[0] == packs[1]
    assert is_same
    assert packs[0].cover is None
    assert all(not getattr(packs[0].release, name) for name in CLINICAL_FIELDS)


@given(one=clinical_facts(), other=clinical_facts(), role=st.sampled_from(sorted(JUSTICE_ROLES)))
def test_a_sheet_that_justice_staff_print_tells_as_little(
    one: dict[str, object], other: dict[str, object], role: Role
) -> None:
    sheets = [
        person_sheet(of(facts, StepStatus.DECLINED), role, medicine_until=UNTIL)
        for facts in (one, other)
    ]

    assert sheets[0] == sheets[1]


RULES = the_rules()


def test_the_clinical_edition_holds_what_was_recorded() -> None:
    release = a_release()
    cover = cover_report(release, RULES)

    contents = pack_contents(release, Edition.CLINICAL, medicine_until=UNTIL, cover=cover)

    assert contents.release.treatment == release.treatment
    assert contents.release.prescription == release.prescription
    assert contents.release.naloxone == release.naloxone
    assert contents.cover == cover


def test_every_party_has_its_edition_and_each_role_opens_what_its_party_receives() -> None:
    assert set(PARTY_EDITIONS) == set(HandoverParty)
    assert {role: editions_for(role) for role in Role} == {
        **dict.fromkeys(CLINICAL_ROLES, (Edition.CLINICAL, Edition.NON_CLINICAL)),
        **dict.fromkeys(JUSTICE_ROLES, (Edition.NON_CLINICAL,)),
        **dict.fromkeys((Role.COMMISSIONER, Role.ADMIN, Role.AUDITOR), ()),
    }


def test_a_step_that_is_open_is_missing_and_any_answer_completes_it() -> None:
    def with_step(status: StepStatus) -> Release:
        steps = {Step.ESSENTIALS: StepState(armed_at=AT, status=status)}
        return a_release(steps=steps | {Step.RELEASE: StepState(armed_at=AT)})

    assert missing_from(with_step(StepStatus.OPEN)) == (Step.ESSENTIALS,)
    for answered in set(StepStatus) - {StepStatus.OPEN}:
        assert missing_from(with_step(answered)) == ()


@pytest.mark.parametrize(
    ("role", "answer", "said"),
    [
        (Role.HEALTHCARE, NaloxoneAnswer.SUPPLIED_AND_TRAINED, True),
        (Role.HEALTHCARE, NaloxoneAnswer.DECLINED, False),
        (Role.RESETTLEMENT, NaloxoneAnswer.SUPPLIED_AND_TRAINED, False),
    ],
)
def test_naloxone_is_on_the_sheet_when_it_was_supplied_and_whoever_prints_may_know(
    role: Role, answer: NaloxoneAnswer, said: bool
) -> None:
    naloxone = Naloxone(answer=answer, on=TODAY, declined_reason="x")

    sheet = person_sheet(a_release(naloxone=naloxone), role, medicine_until=None)

    assert sheet.has_naloxone is said


def test_the_sheet_names_the_service_of_the_next_appointment() -> None:
    sheet = person_sheet(a_release(), Role.PROVIDER, medicine_until=UNTIL)

    assert (sheet.service, sheet.medicine_until) == ("svc-1", UNTIL)
    assert sheet.appointment is not None
    assert sheet.appointment.id == "a1"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (EventKind.HANDOVER_ACKNOWLEDGED, False),
        (EventKind.ESCALATION_RAISED, False),
        (EventKind.APPOINTMENT_BOOKED, True),
        (EventKind.PRESCRIPTION_ARRANGED, True),
        (EventKind.RELEASE_DATE_MOVED, True),
        (EventKind.TRANSFERRED, True),
        (EventKind.STEP_DECLINED, True),
    ],
)
def test_a_pack_is_old_once_something_in_it_was_recorded_anew(
    kind: EventKind, expected: bool
) -> None:
    assert makes_pack_old(kind) is expected
