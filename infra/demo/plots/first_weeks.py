"""Plots of the first three weeks outside, where most people are lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.codes import Role
from domain.commands import (
    AcceptReferral,
    AcknowledgeEscalation,
    AcknowledgeHandover,
    BookAppointment,
    MarkNotNeeded,
    Recall,
    RecordDeath,
    RecordHospitalAdmission,
    RecordNearMiss,
    RecordReview,
    SendHandover,
    SendReferral,
)
from domain.facts import NearMissKind, ReleaseRoute, ReviewOutcome
from domain.journey import Step
from domain.london_time import london_instant
from infra.demo.after_the_gate import (
    booked_again,
    looked_for,
    missed,
    released,
    retained,
    seen,
    started,
)
from infra.demo.arranging import OTHER_PARTIES, SEEN_AT, in_custody, offer_naloxone
from infra.demo.diary import Diary
from infra.demo.plots.plot import Plot, anybody, on_medicine, without_need

TELLS: Final = (Role.HEALTHCARE, Role.PROVIDER, Role.PROBATION)


def _on_track(diary: Diary) -> None:
    in_custody(diary)
    released(diary)
    seen(diary)
    started(diary)


def _no_outcome(diary: Diary) -> None:
    in_custody(diary)
    released(diary)


def _seen_only(diary: Diary) -> None:
    _no_outcome(diary)
    seen(diary)


def _missed(diary: Diary) -> None:
    _no_outcome(diary)
    missed(diary)


def _missed_and_taken_on(diary: Diary) -> None:
    _missed(diary)
    diary.afterwards(Role.PROVIDER, AcknowledgeEscalation(step=Step.FIRST_CONTACT))


def _missed_and_looked_for(diary: Diary) -> None:
    _missed(diary)
    booked_again(diary)
    looked_for(diary, reached=diary.case.choose((True, False), "reached"))


def _without_cover(diary: Diary) -> None:
    in_custody(diary, but=(Step.PRESCRIPTION, Step.ESSENTIALS))
    released(diary)


def _overdose(diary: Diary) -> None:
    _seen_only(diary)
    kind = NearMissKind.NON_FATAL_OVERDOSE
    diary.write(RecordNearMiss(on=diary.case.today, near_miss=kind))


def _first_night_reviewed(diary: Diary) -> None:
    _seen_only(diary)
    case = diary.case
    out_on = case.expected_on
    diary.write(
        RecordNearMiss(on=out_on, near_miss=NearMissKind.MISSED_FIRST_NIGHT),
        RecordReview(
            on=out_on + timedelta(days=2),
            review="n1",
            contacted_on=out_on + timedelta(days=1),
            agencies=("prison-healthcare", case.service),
            outcome=ReviewOutcome.LEARNING_SHARED,
            told=TELLS,
        ),
    )


def _died(diary: Diary) -> None:
    _no_outcome(diary)
    diary.write(RecordDeath(on=diary.case.expected_on + timedelta(days=4)))


def _recalled(diary: Diary) -> None:
    _no_outcome(diary)
    diary.write(Recall(on=diary.case.expected_on + timedelta(days=6)))


def _in_hospital(diary: Diary) -> None:
    _no_outcome(diary)
    diary.write(RecordHospitalAdmission(on=diary.case.expected_on + timedelta(days=1)))


def _from_court(diary: Diary) -> None:
    released(diary, route=ReleaseRoute.FROM_COURT)


def _from_court_and_found(diary: Diary) -> None:
    case = diary.case
    _from_court(diary)
    next_on = case.working_day(case.expected_on + timedelta(days=1))
    seen_on = case.working_day(next_on + timedelta(days=2))
    diary.write(
        SendReferral(on=next_on, service=case.service),
        AcceptReferral(on=next_on),
        BookAppointment(
            on=next_on,
            service=case.service,
            at=london_instant(seen_on, SEEN_AT),
            place=f"{case.service}:main",
            told_on=next_on,
        ),
    )
    _made_good(diary, next_on)
    start_on = case.working_day(seen_on + timedelta(days=5))
    started(diary, on=start_on)
    retained(diary, start_on)


def _made_good(diary: Diary, on: date) -> None:
    """Write outside what nobody could do inside, because nobody knew of the release."""
    reason = "not_in_prison_treatment"
    diary.write(
        MarkNotNeeded(on=on, step=Step.PRESCRIPTION, reason=reason),
        SendHandover(on=on, pack="pack-1"),
        *(AcknowledgeHandover(on=on, party=each) for each in OTHER_PARTIES),
    )
    offer_naloxone(diary, on)


FIRST_WEEKS: Final = (
    Plot("without_cover", _without_cover, -21, -1, on_medicine),
    Plot("overdose", _overdose, -21, -6, on_medicine),
    Plot("missed", _missed, -21, -8),
    Plot("missed_and_taken_on", _missed_and_taken_on, -21, -8),
    Plot("missed_and_looked_for", _missed_and_looked_for, -21, -8),
    Plot("no_outcome", _no_outcome, -21, -8),
    Plot("first_night_reviewed", _first_night_reviewed, -21, -3),
    Plot("died_soon", _died, -21, -4),
    Plot("recalled_soon", _recalled, -21, -6),
    Plot("in_hospital_outside", _in_hospital, -21, -2),
    Plot("seen_only", _seen_only, -21, -6),
    Plot("on_track_outside", _on_track, -21, 0, weight=3),
    Plot("from_court", _from_court, -21, 0, anybody, lead_days=0, in_court=True),
    Plot("from_court_and_found", _from_court_and_found, -400, -22, lead_days=0, in_court=True),
    Plot("from_court_no_need", _from_court, -400, 0, without_need, lead_days=0, in_court=True),
)
"""Plots of the first three weeks after release, and of releases by a court."""
