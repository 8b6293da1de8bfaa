"""Where people are lost, and which steps had lapsed for them; all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from api.charts.funnel import STAGE_NAMES, FunnelRow, funnel_in_words, funnel_rows
from api.measures.answers import Answer
from api.measures.answers import FunnelRow as Reached
from api.pages.dashboard.figures import MATURITY
from domain.journey import DEFINITIONS, Step
from domain.measures.disclosure.publishing import Withheld
from domain.measures.disclosure.stages import StageFigure
from domain.measures.funnel import Stage

WORST: Final = 3


class Loss(NamedTuple):
    """People lost before one stage, with the steps that had lapsed for them.

    Attributes:
        share: Of those who had come so far.
        lapses: Such as `Referral (23)`, the most frequent first; small numbers are not in it.
    """

    stage: str
    people: str
    share: str
    lapses: tuple[str, ...]


class Funnel(NamedTuple):
    """What is shown of a funnel.

    Attributes:
        words: Where most are lost, or why nothing is shown.
        rows: Empty where it is withheld.
        losses: The steps that lose most people, the largest loss first.
    """

    period: str
    maturity: str
    words: str
    rows: tuple[FunnelRow, ...]
    losses: tuple[Loss, ...]


def funnel_of(answer: Answer) -> Funnel | None:
    """Return the funnel of an answer for one group and period; None without any release."""
    found = next(iter(answer.funnel), None)
    if found is None:
        return None
    period, maturity = found.period.words, MATURITY[found.maturity]
    stages = _stages(found)
    if not stages:
        return Funnel(period, maturity, Withheld.SMALL_NUMBERS.words, (), ())
    return Funnel(
        period, maturity, funnel_in_words(stages), funnel_rows(stages), _losses(found, stages)
    )


def _stages(found: Reached) -> tuple[StageFigure, ...]:
    if found.reached is None:
        return ()
    in_order = [(stage, found.reached[stage]) for stage in Stage]
    following = [number for _, number in in_order[1:]]
    lost = [here - after for (_, here), after in zip(in_order, following, strict=False)]
    return tuple(
        StageFigure(stage, number, loss)
        for (stage, number), loss in zip(in_order, [*lost, None], strict=True)
    )


def _losses(found: Reached, stages: tuple[StageFigure, ...]) -> tuple[Loss, ...]:
    before = [
        (figure.lost, figure.people, following.stage)
        for figure, following in pairwise(stages)
        if figure.lost and figure.people
    ]
    before.sort(key=lambda each: -each[0])
    return tuple(
        Loss(
            STAGE_NAMES[stage],
            f"{lost:,}",
            f"{100 * lost / people:.0f}%",
            _lapses((found.lapses or {}).get(stage, {})),
        )
        for lost, people, stage in before[:WORST]
    )


def _lapses(lapses: Mapping[str, int]) -> tuple[str, ...]:
    most_first = sorted(lapses.items(), key=lambda each: (-each[1], each[0]))
    return tuple(f"{DEFINITIONS[Step(step)].title} ({number:,})" for step, number in most_first)
