"""Plots of what life does to a release before its day: moved, transferred, cancelled, merged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.codes import Nation
from domain.commands import (
    CancelRelease,
    ChangeDestination,
    FlagExploitation,
    Merge,
    MoveReleaseDate,
    RecordDeath,
    RecordHospitalAdmission,
    RecordSafeguardingReferral,
    Transfer,
)
from domain.facts import ExploitationSign, ReleaseRoute
from infra.demo.after_the_gate import released
from infra.demo.arranging import in_custody
from infra.demo.assessing import screening
from infra.demo.diary import Diary
from infra.demo.plots.plot import Plot, on_medicine

_FAR: Final = 400
_FIVE_WEEKS: Final = 36


def _transferred(diary: Diary) -> None:
    case = diary.case
    here = case.reference.releasing_prison(case.new.prison)
    prisons = case.reference.releasing_prisons.entries.values()
    others = [each.code for each in prisons if each.holds == here.holds and each is not here]
    in_custody(diary)
    diary.write(Transfer(on=case.ago(4), prison=case.choose(others, "prison")))


def _moved(diary: Diary, scheduled_on: date) -> None:
    in_custody(diary)
    diary.write(MoveReleaseDate(on=diary.case.ago(3), scheduled_on=scheduled_on))


def _moved_later(diary: Diary) -> None:
    _moved(diary, diary.case.new.scheduled_on + timedelta(days=28))


def _moved_earlier(diary: Diary) -> None:
    _moved(diary, diary.case.new.scheduled_on - timedelta(days=14))


def _moved_at_the_last_minute(diary: Diary) -> None:
    in_custody(diary)
    later_on = diary.case.new.scheduled_on + timedelta(days=21)
    diary.write(MoveReleaseDate(on=diary.case.today, scheduled_on=later_on))


def _going_elsewhere(diary: Diary) -> None:
    case, lists = diary.case, diary.case.reference
    everywhere = lists.local_authorities.entries.values()
    others = [each for each in everywhere if each.code != case.new.destination]
    place = case.choose(others, "place")
    units = lists.probation_units.entries.values()
    near = [each.code for each in units if each.probation_region == place.probation_region]
    in_custody(diary)
    diary.write(
        ChangeDestination(
            on=case.ago(2),
            destination=place.code,
            probation_unit=case.choose(near, "unit"),
            service=lists.service_for(place.code).service_id,
            nation="wales" if place.nation is Nation.WALES else "england",
        )
    )


def _cancelled(diary: Diary) -> None:
    in_custody(diary)
    reason = diary.case.choose(("new_sentence", "parole_refused"), "cancelled")
    diary.write(CancelRelease(on=diary.case.today, reason=reason))


def _merged(diary: Diary) -> None:
    screening(diary)
    diary.write(Merge(on=diary.case.today, into=diary.case.neighbour))


def _in_hospital(diary: Diary) -> None:
    in_custody(diary)
    diary.write(RecordHospitalAdmission(on=diary.case.ago(1)))


def _died(diary: Diary) -> None:
    in_custody(diary)
    diary.write(RecordDeath(on=diary.case.today))


def _exploited(diary: Diary) -> None:
    in_custody(diary)
    _flags(diary)


def _exploited_and_referred(diary: Diary) -> None:
    in_custody(diary)
    _flags(diary)
    diary.write(RecordSafeguardingReferral(on=diary.case.ago(1)))


def _flags(diary: Diary) -> None:
    case = diary.case
    diary.write(
        FlagExploitation(on=case.ago(9), sign=ExploitationSign.CUCKOOING),
        FlagExploitation(on=case.ago(2), sign=ExploitationSign.COUNTY_LINES),
    )


def _released_early(diary: Diary) -> None:
    in_custody(diary)
    released(diary, diary.case.today, ReleaseRoute.EARLY)


LIFE: Final = (
    Plot("transferred", _transferred, _FIVE_WEEKS, _FAR, held_days=7),
    Plot("moved_later", _moved_later, _FIVE_WEEKS, 80, held_days=7),
    Plot("moved_earlier", _moved_earlier, _FIVE_WEEKS, _FAR, held_days=7),
    Plot("going_elsewhere", _going_elsewhere, _FIVE_WEEKS, _FAR, held_days=7),
    Plot("cancelled", _cancelled, _FIVE_WEEKS, _FAR, weight=0.5),
    Plot("merged", _merged, _FIVE_WEEKS, _FAR, weight=0.3),
    Plot("died_in_custody", _died, _FIVE_WEEKS, _FAR, weight=0.2),
    Plot("in_hospital", _in_hospital, 20, _FAR, held_days=7),
    Plot("exploited", _exploited, 8, _FAR, held_days=10, weight=0.4),
    Plot("exploited_and_referred", _exploited_and_referred, 8, _FAR, held_days=10, weight=0.4),
    Plot("moved_at_the_last_minute", _moved_at_the_last_minute, 2, 12),
    Plot("released_early", _released_early, 1, 12, on_medicine),
)
"""Plots of what life does to a release before its day."""
