"""Plots of the first weeks of work: nothing yet, half a screening, no plan, no need."""

from __future__ import annotations

from typing import Final

from domain.codes import NeedSource, Pathway
from domain.commands import RecordScreening
from domain.facts import PathwayAnswer, PathwayStatus
from infra.demo.arranging import in_custody
from infra.demo.assessing import plan, screening
from infra.demo.diary import Diary
from infra.demo.plots.plot import Plot, nothing, without_need

_FAR: Final = 400
_LONG_AGO: Final = -400
_FIVE_WEEKS: Final = 36


def _no_need(diary: Diary) -> None:
    screening(diary)
    plan(diary)


def _partly_screened(diary: Diary) -> None:
    asked = (Pathway.ACCOMMODATION, Pathway.DRUGS_AND_ALCOHOL, Pathway.FINANCE_AND_ID)
    answers = tuple(
        PathwayAnswer(
            pathway=each,
            status=PathwayStatus.SUPPORT_NOT_REQUIRED,
            sources=(NeedSource.SELF_REPORT,),
        )
        for each in asked
    )
    diary.write(RecordScreening(on=diary.case.after_start(1), answers=answers))


EARLY: Final = (
    Plot("just_started", nothing, _FIVE_WEEKS, _FAR, lead_days=0),
    Plot("not_screened", nothing, _FIVE_WEEKS, 75, held_days=14),
    Plot("partly_screened", _partly_screened, _FIVE_WEEKS, _FAR, held_days=5),
    Plot("not_planned", screening, _FIVE_WEEKS, 75, held_days=14),
    Plot("on_track_early", in_custody, _FIVE_WEEKS, _FAR, weight=4),
    Plot("no_need", _no_need, _LONG_AGO, _FAR, without_need),
)
"""Plots of the first weeks, and of people who turn out to need no treatment."""
