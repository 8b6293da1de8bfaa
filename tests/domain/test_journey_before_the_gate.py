"""Naloxone, essentials, licence conditions and the pack: what each asks for before the gate."""

from __future__ import annotations

import pytest

from domain.codes import HandoverParty, Role
from domain.commands import (
    AcknowledgeHandover,
    Actor,
    CorrectTreatmentPicture,
    EvidenceLicenceCondition,
    RecordEssentials,
    RecordNaloxone,
    RecordRelease,
    RequestLicenceCondition,
    SendHandover,
    WithdrawLicenceCondition,
)
from domain.errors import Refusal
from domain.facts import (
    ConditionStatus,
    DrugCondition,
    Essential,
    EssentialAnswer,
    EssentialItem,
    LicenceCriteria,
    NaloxoneAnswer,
)
from domain.journey import Step
from domain.policy import Severity
from domain.state import LadderStatus
from tests.builders import Journey, an_opiate_picture
from tests.domain.journeys import (
    DONE,
    MISSED,
    NOT_NEEDED,
    OPEN,
    day,
    ladder,
    london,
    move_to,
    refused,
    release,
    screened,
    stands,
    state_of,
)

ON = day("2026-10-01")
TREATMENT, TESTING = DrugCondition.TREATMENT, DrugCondition.TESTING
NO_OPIATES = an_opiate_picture(
    substances=("alcohol",), opiate_treatment=False, opiate_history=False
)


def waiting() -> Journey:
    return move_to(screened(), ON)


# Naloxone


def naloxone(answer: NaloxoneAnswer, by: str | None = "nurse-1") -> RecordNaloxone:
    reason = "has_some" if answer is NaloxoneAnswer.DECLINED else None
    return RecordNaloxone(on=ON, answer=answer, declined_reason=reason, conversation_by=by)


@pytest.mark.parametrize(
    ("answer", "done"),
    [
        (NaloxoneAnswer.SUPPLIED_AND_TRAINED, True),
        (NaloxoneAnswer.SUPPLIED_NOT_TRAINED, False),
        (NaloxoneAnswer.DECLINED, True),
    ],
)
def test_naloxone_is_supplied_with_training_or_declined(answer: NaloxoneAnswer, done: bool) -> None:
    journey = waiting()
    journey.submit(naloxone(answer))

    assert (stands(journey, Step.NALOXONE) is DONE) is done


def test_the_overdose_conversation_must_be_held_by_a_named_person() -> None:
    refusal = refused(waiting(), naloxone(NaloxoneAnswer.SUPPLIED_AND_TRAINED, by=None))

    assert (refusal.code, refusal.field) == (Refusal.INCOMPLETE, "conversation_by")


def test_declining_naloxone_needs_a_coded_reason() -> None:
    declined = NaloxoneAnswer.DECLINED
    refusal = refused(waiting(), RecordNaloxone(on=ON, answer=declined, conversation_by="nurse-1"))

    assert (refusal.code, refusal.field) == (Refusal.INCOMPLETE, "declined_reason")


def test_a_person_without_an_opiate_history_needs_none() -> None:
    journey = screened(NO_OPIATES)

    naloxone_step = state_of(journey, Step.NALOXONE)
    assert (naloxone_step.status, naloxone_step.reason) == (NOT_NEEDED, "no_opiate_history")


@pytest.mark.parametrize(
    "history",
    [
        {"opiate_history": True},
        {"opiate_treatment": True},
        {"substances": ("alcohol", "heroin")},
    ],
)
def test_any_opiate_history_asks_for_naloxone(history: dict[str, object]) -> None:
    changes = {"substances": ("alcohol",), "opiate_treatment": False, "opiate_history": False}

    assert stands(screened(an_opiate_picture(**changes | history)), Step.NALOXONE) is OPEN


def test_while_nobody_has_asked_naloxone_stays_due() -> None:
    assert stands(Journey(), Step.NALOXONE) is OPEN


def test_an_opiate_history_found_later_asks_for_naloxone_after_all() -> None:
    journey = screened(NO_OPIATES)
    corrected = CorrectTreatmentPicture(treatment=an_opiate_picture(), reason="told_later")
    journey.submit(corrected)

    assert stands(journey, Step.NALOXONE) is OPEN


# Essentials


def essential(item: Essential, answer: EssentialAnswer) -> EssentialItem:
    reason = None if answer is EssentialAnswer.ARRANGED else "has_already"
    return EssentialItem(item=item, answer=answer, reason=reason)


@pytest.mark.parametrize("left_out", list(Essential))
def test_every_essential_must_be_answered(left_out: Essential) -> None:
    journey = waiting()
    arranged = EssentialAnswer.ARRANGED
    others = tuple(essential(each, arranged) for each in Essential if each is not left_out)
    journey.submit(RecordEssentials(on=ON, items=others))
    assert stands(journey, Step.ESSENTIALS) is OPEN

    last = essential(left_out, EssentialAnswer.NOT_NEEDED)
    journey.submit(RecordEssentials(on=ON, items=(last,)))
    assert stands(journey, Step.ESSENTIALS) is DONE


@pytest.mark.parametrize("answer", [EssentialAnswer.DECLINED, EssentialAnswer.NOT_NEEDED])
def test_an_essential_that_is_not_arranged_says_why(answer: EssentialAnswer) -> None:
    with pytest.raises(ValueError, match="reason"):
        EssentialItem(item=Essential.ID, answer=answer)


def test_one_essential_answered_twice_at_once_is_refused() -> None:
    twice = (essential(Essential.GP, EssentialAnswer.ARRANGED),) * 2

    assert refused(waiting(), RecordEssentials(on=ON, items=twice)).code is Refusal.INCOMPLETE


@pytest.mark.parametrize(
    ("opiates", "address", "severity"),
    [
        (True, EssentialAnswer.DECLINED, Severity.S1),
        (True, None, Severity.S1),
        (True, EssentialAnswer.ARRANGED, Severity.S2),
        (False, EssentialAnswer.DECLINED, Severity.S2),
    ],
)
def test_no_address_on_opiate_treatment_is_a_matter_of_life(
    opiates: bool, address: EssentialAnswer | None, severity: Severity
) -> None:
    journey = move_to(screened(None if opiates else NO_OPIATES), ON)
    if address:
        items = (essential(Essential.FIRST_NIGHT_ADDRESS, address),)
        journey.submit(RecordEssentials(on=ON, items=items))
    move_to(journey, london("2026-11-27 17:00"))

    assert ladder(journey, Step.ESSENTIALS).severity is severity


# Licence


def criteria(**changes: bool) -> LicenceCriteria:
    facts: dict[str, object] = {
        "linked_to_offending": True,
        "dependent_or_propensity": True,
        "requires_and_susceptible_to_treatment": True,
        "appointment_known_and_confirmed": True,
        "type_set_on_health_advice": True,
        "necessity_note": "note-1",
        "proportionality_note": "note-2",
    }
    return LicenceCriteria.model_validate(facts | changes)


def requested(*conditions: DrugCondition) -> Journey:
    journey = waiting()
    journey.submit(*(RequestLicenceCondition(on=ON, condition=each) for each in conditions))
    return journey


def evidenced(condition: DrugCondition, **changes: bool) -> EvidenceLicenceCondition:
    return EvidenceLicenceCondition(on=ON, condition=condition, criteria=criteria(**changes))


def test_no_condition_asked_for_needs_no_evidence() -> None:
    licence = state_of(waiting(), Step.LICENCE)

    assert (licence.status, licence.reason) == (NOT_NEEDED, "no_condition_requested")


def test_treatment_and_testing_are_evidenced_apart() -> None:
    journey = requested(TREATMENT, TESTING)
    assert stands(journey, Step.LICENCE) is OPEN

    journey.submit(evidenced(TREATMENT))
    assert stands(journey, Step.LICENCE) is OPEN

    journey.submit(evidenced(TESTING))
    assert stands(journey, Step.LICENCE) is DONE


@pytest.mark.parametrize(
    "missing",
    [
        "linked_to_offending",
        "dependent_or_propensity",
        "requires_and_susceptible_to_treatment",
        "appointment_known_and_confirmed",
        "type_set_on_health_advice",
    ],
)
def test_a_condition_without_one_of_the_five_criteria_is_refused(missing: str) -> None:
    refusal = refused(requested(TESTING), evidenced(TESTING, **{missing: False}))

    assert (refusal.code, refusal.field) == (Refusal.INCOMPLETE, "criteria")


def test_a_withdrawn_condition_needs_no_evidence() -> None:
    journey = requested(TREATMENT, TESTING)
    journey.submit(evidenced(TREATMENT))
    journey.submit(WithdrawLicenceCondition(on=ON, condition=TESTING))
    assert stands(journey, Step.LICENCE) is DONE

    journey.submit(WithdrawLicenceCondition(on=ON, condition=TREATMENT))
    assert stands(journey, Step.LICENCE) is NOT_NEEDED


def test_a_condition_nobody_evidenced_in_time_is_refused() -> None:
    journey = move_to(requested(TREATMENT, TESTING), day("2026-11-20"))
    journey.submit(evidenced(TREATMENT))
    move_to(journey, london("2026-11-25 17:00"))

    conditions = journey.state.conditions
    assert conditions[TREATMENT].status is ConditionStatus.EVIDENCED
    assert conditions[TESTING].status is ConditionStatus.REFUSED
    assert ladder(journey, Step.LICENCE).severity is Severity.S2


def test_a_refused_condition_may_be_asked_for_again_and_evidenced_late() -> None:
    journey = move_to(requested(TESTING), day("2026-11-26"))
    journey.submit(RequestLicenceCondition(on=ON, condition=TESTING), evidenced(TESTING))

    assert stands(journey, Step.LICENCE) is DONE
    assert ladder(journey, Step.LICENCE).status is LadderStatus.CLOSED
    assert state_of(journey, Step.LICENCE).lapses == 1


def test_a_refused_condition_that_is_given_up_needs_nothing_more() -> None:
    journey = move_to(requested(TESTING), day("2026-11-26"))
    journey.submit(WithdrawLicenceCondition(on=ON, condition=TESTING))

    assert stands(journey, Step.LICENCE) is NOT_NEEDED
    assert ladder(journey, Step.LICENCE).status is LadderStatus.CLOSED


def test_a_condition_still_open_when_the_person_leaves_early_is_refused() -> None:
    journey = requested(TESTING)
    release(journey, day("2026-10-05"))

    assert journey.state.conditions[TESTING].status is ConditionStatus.REFUSED
    assert stands(journey, Step.LICENCE) is MISSED


# Handover


def acknowledged(*parties: HandoverParty) -> list[AcknowledgeHandover]:
    return [AcknowledgeHandover(on=ON, party=each) for each in parties]


OTHERS = sorted(set(HandoverParty) - {HandoverParty.PRISON_RESETTLEMENT})


@pytest.mark.parametrize("silent", OTHERS)
def test_the_pack_must_be_acknowledged_by_all_four_parties(silent: HandoverParty) -> None:
    journey = waiting()
    rest = [each for each in OTHERS if each is not silent]
    journey.submit(SendHandover(on=ON, pack="pack-1"), *acknowledged(*rest))
    assert stands(journey, Step.HANDOVER) is OPEN

    journey.submit(*acknowledged(silent))
    assert stands(journey, Step.HANDOVER) is DONE


@pytest.mark.parametrize(
    ("role", "party"),
    [
        (Role.RESETTLEMENT, HandoverParty.PRISON_RESETTLEMENT),
        (Role.PROBATION, HandoverParty.PROBATION),
    ],
)
def test_sending_the_pack_answers_for_the_sender_alone(role: Role, party: HandoverParty) -> None:
    journey = waiting()
    journey.submit(SendHandover(on=ON, pack="pack-1"), by=Actor(id="staff-2", role=role))

    assert journey.state.handover is not None
    assert set(journey.state.handover.acknowledged) == {party}


def test_a_new_pack_must_be_acknowledged_anew() -> None:
    journey = waiting()
    journey.submit(SendHandover(on=ON, pack="pack-1"), *acknowledged(*OTHERS))
    journey.submit(SendHandover(on=ON, pack="pack-2"))

    assert stands(journey, Step.HANDOVER) is OPEN


def test_a_pack_that_was_not_sent_cannot_be_acknowledged() -> None:
    refusal = refused(waiting(), *acknowledged(HandoverParty.PROBATION))

    assert refusal.code is Refusal.OUT_OF_ORDER


def test_the_pack_may_still_be_acknowledged_after_the_release() -> None:
    journey = waiting()
    journey.submit(SendHandover(on=ON, pack="pack-1"))
    journey.submit(RecordRelease(at=journey.now, naloxone_in_hand=False))
    journey.submit(*acknowledged(*OTHERS))

    assert stands(journey, Step.HANDOVER) is DONE
