"""The headline: one sentence with its interval, how ripe it is and what it means."""

from __future__ import annotations

from typing import Final, NamedTuple

from api.measures.answers import Answer
from api.pages.dashboard.figures import MAIN, MATURITY, Line, line_of, one_decimal, rows_of, whole
from domain.measures.definitions import DEFINITIONS, Definition
from domain.measures.maturity import Maturity
from domain.measures.reporting import Figure
from domain.measures.statistics.comparing import Comparison

_AGAINST: Final = {
    Comparison.BETTER: "above",
    Comparison.SIMILAR: "not clearly different from",
    Comparison.WORSE: "below",
}
_RIPE: Final = {
    Maturity.MATURE: "Enough time has passed since the last release to judge it.",
    Maturity.PROVISIONAL: "Too early to be judged, and it can still change.",
    Maturity.FUTURE: "The period has not ended.",
}


class Headline(NamedTuple):
    """What the page begins with.

    Attributes:
        big: The rate by itself, None where there is none.
        sentence: The rate with its counts, or why there is none.
        interval: The 95% interval in words; empty without a rate.
        against: How it stands against the national ambition; empty where none is set.
        maturity: `Mature` or `Provisional`, and `ripe` what that means.
        median: Days from release to treatment; empty where the answer has none.
    """

    definition: Definition
    period: str
    big: str | None
    sentence: str
    interval: str
    against: str
    maturity: str
    ripe: str
    median: str


def headline_of(answer: Answer) -> Headline | None:
    """Return the headline of an answer for one group and period; None without any release."""
    definition = DEFINITIONS[MAIN[answer.asked.nation]]
    row = next(iter(rows_of(answer, definition.id)), None)
    if row is None:
        return None
    figure = row.figure
    return Headline(
        definition=definition,
        period=figure.period.words,
        big=whole(figure.rate.value) if figure.rate else None,
        sentence=_sentence(figure),
        interval=_interval(figure),
        against=_against(figure, answer.policy.target_percent),
        maturity=MATURITY[figure.maturity],
        ripe=_RIPE[figure.maturity],
        median=_median(answer),
    )


def beside_of(*answers: Answer) -> tuple[Line, ...]:
    """Return every measure of the answers, each with its own period."""
    return tuple(
        line_of(f"{DEFINITIONS[row.measure].title}. {row.figure.period.words}", row.figure)
        for answer in answers
        for row in answer.rows
    )


def _sentence(figure: Figure) -> str:
    if figure.rate is None:
        return figure.shown.withheld.words if figure.shown.withheld else ""
    return f"{figure.rate.x:,} of {figure.rate.n:,} releases."


def _interval(figure: Figure) -> str:
    if figure.interval is None:
        return ""
    lower, upper = figure.interval
    return f"95% confidence interval {one_decimal(lower)} to {one_decimal(upper)}."


def _against(figure: Figure, target: int) -> str:
    if figure.against_target is None:
        return ""
    return f"This is {_AGAINST[figure.against_target]} the national ambition of {target}%."


def _median(answer: Answer) -> str:
    found = next(iter(answer.medians), None)
    if found is None:
        return ""
    if found.median.words is not None:
        return found.median.words
    return found.median.withheld.words if found.median.withheld else ""
