"""Plots from the fourth week outside to the end of the journey."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from domain.codes import Role
from domain.commands import CorrectTreatmentStart, EndJourney, Recall, RecordDeath, RecordDeclined
from domain.facts import RetentionOutcome
from domain.journey import Step
from infra.demo.after_the_gate import left, released, retained, seen, started, started_on
from infra.demo.arranging import in_custody
from infra.demo.diary import Diary
from infra.demo.plots.plot import Plot

_LONG_AGO: Final = -400


def _on_track(diary: Diary) -> None:
    _started(diary)
    retained(diary, started_on(diary.case))


def _started(diary: Diary) -> None:
    _seen(diary)
    started(diary)


def _seen(diary: Diary) -> None:
    in_custody(diary)
    released(diary)
    seen(diary)


def _left_complete(diary: Diary) -> None:
    _started(diary)
    left(diary, RetentionOutcome.LEFT_TREATMENT_COMPLETE, 50)


def _left_early(diary: Diary) -> None:
    _started(diary)
    left(diary, RetentionOutcome.LEFT_EARLY, 20)


def _started_late(diary: Diary) -> None:
    case = diary.case
    _seen(diary)
    late_on = case.working_day(case.expected_on + timedelta(days=24))
    started(diary, on=late_on)
    retained(diary, late_on)


def _not_engaged(diary: Diary) -> None:
    _seen(diary)
    ended = EndJourney(on=diary.case.today, reason="no_contact_for_three_weeks")
    diary.afterwards(Role.PROBATION, ended)


def _declined(diary: Diary) -> None:
    case = diary.case
    in_custody(diary, but=(Step.REFERRAL, Step.APPOINTMENT))
    diary.write(
        RecordDeclined(on=case.before(20), step=Step.REFERRAL, reason="wants_no_treatment"),
        RecordDeclined(on=case.before(18), step=Step.APPOINTMENT, reason="wants_no_contact"),
    )
    released(diary)
    on = case.expected_on + timedelta(days=7)
    diary.write(
        RecordDeclined(on=on, step=Step.FIRST_CONTACT, reason="wants_no_contact"),
        EndJourney(on=case.expected_on + timedelta(days=22), reason="declined_treatment"),
    )


def _recalled(diary: Diary) -> None:
    _seen(diary)
    diary.write(Recall(on=diary.case.expected_on + timedelta(days=20)))


def _died(diary: Diary) -> None:
    _seen(diary)
    diary.write(RecordDeath(on=diary.case.expected_on + timedelta(days=21)))


def _corrected(diary: Diary) -> None:
    _started(diary)
    right_on = started_on(diary.case) + timedelta(days=1)
    wrong = CorrectTreatmentStart(on=right_on, reason="wrong_day_recorded")
    diary.afterwards(Role.PROVIDER, wrong)


LATER: Final = (
    Plot("retention_not_recorded", _started, _LONG_AGO, -105, weight=0.5),
    Plot("started_late", _started_late, _LONG_AGO, -28),
    Plot("not_started", _seen, -60, -23),
    Plot("left_complete", _left_complete, _LONG_AGO, -66),
    Plot("left_early", _left_early, _LONG_AGO, -36),
    Plot("not_engaged", _not_engaged, _LONG_AGO, -23),
    Plot("declined", _declined, _LONG_AGO, -23),
    Plot("recalled", _recalled, _LONG_AGO, -22),
    Plot("died", _died, _LONG_AGO, -60, weight=0.3),
    Plot("start_corrected", _corrected, -80, -22, weight=0.3),
    Plot("on_track_later", _on_track, _LONG_AGO, -22, weight=10),
)
"""Plots from the fourth week after release on."""
