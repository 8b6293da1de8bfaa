"""What is arranged before an invented release when all goes well; plots leave parts of it out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Final

from domain.codes import HandoverParty
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    ArrangePrescription,
    BookAppointment,
    ConfirmLastDose,
    MarkNotNeeded,
    RecordEssentials,
    RecordNaloxone,
    RecordReferralReceived,
    SendHandover,
    SendReferral,
    TellAppointment,
)
from domain.cover import Supply
from domain.facts import (
    Essential,
    EssentialAnswer,
    EssentialItem,
    NaloxoneAnswer,
)
from domain.journey import Step
from domain.london_time import london_instant
from infra.demo.assessing import plan, screening
from infra.demo.case import Case
from infra.demo.diary import Diary, Tell
from infra.demo.supplies import Gate, pharmacy

SEEN_AT: Final = time(10, 30)
OTHER_PARTIES: Final = (
    HandoverParty.PRISON_DRUG_SERVICE,
    HandoverParty.COMMUNITY_DRUG_SERVICE,
    HandoverParty.PROBATION,
)


def in_custody(diary: Diary, but: Collection[Step] = ()) -> None:
    """Write everything up to the gate, `but` some steps."""
    for step, tell in _PARTS.items():
        if step not in but:
            tell(diary)


def appointment_on(case: Case) -> date:
    """Return the day of the first appointment: soon after release, inside any cover."""
    days = case.choose((1, 2, 3, 4), "appointment")
    return case.working_day(case.expected_on + timedelta(days=days))


def gate(case: Case, signed_before: int = 10) -> Gate:
    """Return what the person's arrangement for medicine depends on."""
    return Gate(
        release_on=case.expected_on,
        signed_on=case.before(signed_before),
        nation=case.new.nation,
        chemist=pharmacy(f"pharmacy-{case.service.removeprefix('cds-')}"[:64]),
        calendar=case.rules.calendar,
    )


def referral(diary: Diary) -> None:
    """Refer to the service of the destination, which receives it and accepts."""
    case = diary.case
    diary.write(
        SendReferral(on=case.before(35), service=case.service),
        RecordReferralReceived(on=case.before(34)),
        AcceptReferral(on=case.before(31)),
    )


def prescription(diary: Diary) -> None:
    """Arrange cover up to the first appointment, or say that there is no medicine."""
    case = diary.case
    on = case.before(10)
    if not case.found.opiate_treatment:
        reason = "no_medicine"
        diary.write(MarkNotNeeded(on=on, step=Step.PRESCRIPTION, reason=reason))
        return
    ways = (
        gate(case).collected(every_days=2),
        gate(case).collected(every_days=1),
        gate(case).injected(),
    )
    supplies = case.choose(ways, "supplies")
    arrange(diary, supplies, prescriber_on=appointment_on(case))


def arrange(
    diary: Diary, supplies: tuple[Supply, ...], prescriber_on: date, days_before: int = 10
) -> None:
    """Record an arrangement, and that clinicians confirmed the last dose to each other."""
    case = diary.case
    arranged = ArrangePrescription(
        on=case.before(days_before),
        supplies=supplies,
        pharmacy=gate(case).chemist,
        prescriber_on=prescriber_on,
    )
    confirmed = ConfirmLastDose(
        on=case.before(days_before - 1), with_prescriber=True, with_pharmacy=True
    )
    diary.write(arranged, confirmed)


def naloxone(diary: Diary) -> None:
    """Offer naloxone in the last week."""
    offer_naloxone(diary, diary.case.before(4))


def offer_naloxone(diary: Diary, on: date) -> None:
    """Offer naloxone to whoever has an opiate history; one in eight declines."""
    case = diary.case
    if not case.found.has_opiate_history:
        return
    declines = case.choose((False,) * 7 + (True,), "naloxone")
    diary.write(
        RecordNaloxone(
            on=on,
            answer=NaloxoneAnswer.DECLINED if declines else NaloxoneAnswer.SUPPLIED_AND_TRAINED,
            declined_reason="does_not_want_it" if declines else None,
            conversation_by="demo-healthcare",
        )
    )


def appointment(diary: Diary) -> None:
    """Book the first appointment, and tell the person of it."""
    case = diary.case
    booked = BookAppointment(
        on=case.before(18),
        service=case.service,
        at=london_instant(appointment_on(case), SEEN_AT),
        place=f"{case.service}:main",
        with_prescriber=case.found.opiate_treatment,
    )
    diary.write(booked, TellAppointment(on=case.before(16), appointment="a1"))


def essentials(diary: Diary) -> None:
    """Answer all six essentials."""
    items = tuple(_item(diary.case, each) for each in Essential)
    diary.write(RecordEssentials(on=diary.case.before(6), items=items))


def essentials_without_address(diary: Diary) -> None:
    """Answer five of the six essentials: nobody has found a place for the first night."""
    case = diary.case
    found = [each for each in Essential if each is not Essential.FIRST_NIGHT_ADDRESS]
    items = tuple(_item(case, each) for each in found)
    diary.write(RecordEssentials(on=case.before(6), items=items))


def handover(diary: Diary) -> None:
    """Send the pack; all four parties have it."""
    case = diary.case
    diary.write(SendHandover(on=case.before(9), pack="pack-1"))
    diary.write(*(AcknowledgeHandover(on=case.before(8), party=each) for each in OTHER_PARTIES))


def _item(case: Case, item: Essential) -> EssentialItem:
    arranged = EssentialAnswer.ARRANGED
    if item is Essential.BANK_ACCOUNT and case.choose((True, False, False, False), "bank"):
        reason = "has_one_already"
        return EssentialItem(item=item, answer=EssentialAnswer.NOT_NEEDED, reason=reason)
    return EssentialItem(item=item, answer=arranged)


_PARTS: Final[dict[Step, Tell]] = {
    Step.SCREENING: screening,
    Step.PLAN: plan,
    Step.REFERRAL: referral,
    Step.PRESCRIPTION: prescription,
    Step.NALOXONE: naloxone,
    Step.APPOINTMENT: appointment,
    Step.ESSENTIALS: essentials,
    Step.HANDOVER: handover,
}
