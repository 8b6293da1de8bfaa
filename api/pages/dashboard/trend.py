"""The rate over time: a drawing, the same as a table, and the message of both in words."""

from __future__ import annotations

from typing import NamedTuple

from api.charts.frame import Chart
from api.charts.over_time import rate_over_time
from api.measures.answers import Answer
from api.pages.dashboard.figures import MAIN, Line, line_of, rows_of
from domain.codes import Nation
from domain.measures.counts import EnglandCounts, WalesCounts
from domain.measures.cuts import WHOLE
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.maturity import Maturity
from domain.measures.reporting import WITH_TARGET, Figure, RateSeries


class Trend(NamedTuple):
    """What is shown of a rate over time.

    Attributes:
        chart: None where no figure at all can be shown.
        summary: The message of the chart, or that there is nothing to show.
        provisional: How many periods are too early to be judged.
    """

    title: str
    chart: Chart | None
    summary: str
    lines: tuple[Line, ...]
    provisional: int


def trend_of(answer: Answer) -> Trend | None:
    """Return the rate over time of an answer for one group; None without any release."""
    measure = MAIN[answer.asked.nation]
    figures = tuple(each.figure for each in rows_of(answer, measure))
    if not figures:
        return None
    chart = _drawn(answer, measure, figures)
    return Trend(
        title=DEFINITIONS[measure].title,
        chart=chart if any(each.rate for each in figures) else None,
        summary=chart.summary,
        lines=tuple(line_of(each.period.words, each) for each in figures),
        provisional=sum(each.maturity is Maturity.PROVISIONAL for each in figures),
    )


def _drawn(answer: Answer, measure: MeasureId, figures: tuple[Figure, ...]) -> Chart:
    """Draw one nation; the type of the series keeps the other one out."""
    definition = DEFINITIONS[measure]
    target = answer.policy.target_percent / 100 if measure in WITH_TARGET else None
    if answer.asked.nation is Nation.WALES:
        welsh = RateSeries(definition, WalesCounts, WHOLE, figures)
        return rate_over_time(welsh, uid="trend", target=target)
    english = RateSeries(definition, EnglandCounts, WHOLE, figures)
    return rate_over_time(english, uid="trend", target=target)
