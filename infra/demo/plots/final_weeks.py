"""Plots of the last weeks inside: medicine, appointment, address, licence, pack, and lateness."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from domain.codes import HandoverParty, Role
from domain.commands import (
    AcknowledgeHandover,
    BookAppointment,
    EvidenceLicenceCondition,
    PassOnEscalation,
    RequestLicenceCondition,
    SendHandover,
    WithdrawLicenceCondition,
)
from domain.facts import DrugCondition, LicenceCriteria
from domain.journey import Step
from domain.london_time import london_instant
from infra.demo.arranging import (
    SEEN_AT,
    appointment_on,
    arrange,
    essentials_without_address,
    gate,
    in_custody,
)
from infra.demo.assessing import screening
from infra.demo.diary import Diary
from infra.demo.plots.plot import Plot, off_medicine, on_medicine

_ALL_MET: Final = LicenceCriteria(
    linked_to_offending=True,
    dependent_or_propensity=True,
    requires_and_susceptible_to_treatment=True,
    appointment_known_and_confirmed=True,
    type_set_on_health_advice=True,
    necessity_note="demo-necessity",
    proportionality_note="demo-proportionality",
)


def _gap_in_cover(diary: Diary) -> None:
    case = diary.case
    in_custody(diary, but=(Step.PRESCRIPTION,))
    late = gate(case, signed_before=21).collected_a_day_late()
    arrange(diary, late, prescriber_on=appointment_on(case), days_before=21)


def _booked_beyond_cover(diary: Diary) -> None:
    case = diary.case
    in_custody(diary, but=(Step.PRESCRIPTION, Step.APPOINTMENT))
    prescriber_on = appointment_on(case)
    supplies = gate(case, signed_before=21).collected(every_days=7)
    arrange(diary, supplies, prescriber_on=prescriber_on, days_before=21)
    beyond_on = case.working_day(case.expected_on + timedelta(days=17))
    diary.write(
        BookAppointment(
            on=case.before(20),
            service=case.service,
            at=london_instant(beyond_on, SEEN_AT),
            place=f"{case.service}:main",
            told_on=case.before(20),
        )
    )


def _no_prescription(diary: Diary) -> None:
    in_custody(diary, but=(Step.PRESCRIPTION,))


def _appointment_passed_on(diary: Diary) -> None:
    in_custody(diary, but=(Step.APPOINTMENT, Step.PRESCRIPTION))
    diary.afterwards(Role.PROVIDER, PassOnEscalation(step=Step.APPOINTMENT))


def _no_address(diary: Diary) -> None:
    in_custody(diary, but=(Step.ESSENTIALS,))
    essentials_without_address(diary)


def _condition_requested(diary: Diary) -> None:
    in_custody(diary)
    on = diary.case.before(30)
    diary.write(*(RequestLicenceCondition(on=on, condition=each) for each in DrugCondition))


def _condition_evidenced(diary: Diary) -> None:
    _condition_requested(diary)
    on = diary.case.before(29)
    diary.write(
        *(
            EvidenceLicenceCondition(on=on, condition=each, criteria=_ALL_MET)
            for each in DrugCondition
        )
    )


def _condition_withdrawn(diary: Diary) -> None:
    _condition_requested(diary)
    on = diary.case.before(28)
    diary.write(*(WithdrawLicenceCondition(on=on, condition=each) for each in DrugCondition))


def _pack_partly_acknowledged(diary: Diary) -> None:
    case = diary.case
    in_custody(diary, but=(Step.HANDOVER,))
    diary.write(
        SendHandover(on=case.ago(1), pack="pack-1"),
        AcknowledgeHandover(on=case.today, party=HandoverParty.PRISON_DRUG_SERVICE),
    )


FINAL_WEEKS: Final = (
    Plot("no_prescription", _no_prescription, 1, 6, on_medicine, held_days=12),
    Plot("gap_in_cover", _gap_in_cover, 1, 20, on_medicine),
    Plot("booked_beyond_cover", _booked_beyond_cover, 1, 20, on_medicine),
    Plot("appointment_passed_on", _appointment_passed_on, 1, 13, off_medicine, held_days=24),
    Plot("no_address", _no_address, 1, 5),
    Plot("condition_requested", _condition_requested, 1, 26),
    Plot("condition_evidenced", _condition_evidenced, 1, 26),
    Plot("condition_withdrawn", _condition_withdrawn, 1, 26),
    Plot("pack_partly_acknowledged", _pack_partly_acknowledged, 1, 8),
    Plot("late_start", screening, 1, 8, lead_days=8),
)
"""Plots of the last weeks before release."""
