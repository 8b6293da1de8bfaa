"""The funnel as rows of a table: the bar repeats the number beside it, so it is only decoration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from api.charts.frame import percent
from api.charts.svg import Svg, element
from domain.measures.disclosure.publishing import Withheld
from domain.measures.disclosure.stages import StageFigure
from domain.measures.funnel import Stage

BAR_WIDTH: Final = 240
BAR_HEIGHT: Final = 28

STAGE_NAMES: Final = {
    Stage.SCREENED: "Screened, treatment needed",
    Stage.REFERRED: "Referral sent",
    Stage.ACCEPTED: "Referral accepted",
    Stage.APPOINTED: "Appointment made and told",
    Stage.SEEN: "Seen",
    Stage.STARTED: "Started treatment within three weeks",
    Stage.RETAINED: "In treatment at twelve weeks",
}


class FunnelRow(NamedTuple):
    """One stage; every text is ready to show.

    Attributes:
        share: Of those screened; a withheld number of people has none.
        lost: People lost before the next stage.
        bar: Decoration, hidden from those who do not see it.
    """

    stage: Stage
    name: str
    people: str
    share: str
    lost: str
    bar: Svg


def funnel_rows(stages: Sequence[StageFigure]) -> tuple[FunnelRow, ...]:
    """Return the rows of a funnel in order, of whose first stage the number is shown."""
    top = stages[0].people or 0
    return tuple(_row(each, top) for each in stages)


def funnel_in_words(stages: Sequence[StageFigure]) -> str:
    """Return where most are lost, among the losses that are shown."""
    first, last = stages[0], stages[-1]
    if first.people is None:
        return "The funnel is not shown."
    told = [f"{first.people:,} people were screened as needing treatment"]
    if last.people is not None:
        told.append(f"{last.people:,} were in treatment twelve weeks after they started")
    losses = [(each.lost, n) for n, each in enumerate(stages) if each.lost]
    if losses:
        most, at = max(losses)
        step = STAGE_NAMES[stages[at + 1].stage]
        told.append(f"most are lost before “{step}”: {most:,}")
    return f"{'; '.join(told)}."


def _row(figure: StageFigure, top: int) -> FunnelRow:
    symbol = Withheld.SMALL_NUMBERS.symbol
    share = figure.people / top if figure.people is not None and top else None
    lost = symbol if figure.lost is None else f"{figure.lost:,}"
    return FunnelRow(
        figure.stage,
        STAGE_NAMES[figure.stage],
        symbol if figure.people is None else f"{figure.people:,}",
        symbol if share is None else percent(share),
        "" if figure.stage is Stage.RETAINED else lost,
        _bar(share or 0.0),
    )


def _bar(share: float) -> Svg:
    """A withheld number has an empty bar, so that its length tells nothing either."""
    return element(
        "svg",
        element("rect", class_="app-bar__track", width=BAR_WIDTH, height=BAR_HEIGHT),
        element("rect", class_="app-bar__value", width=BAR_WIDTH * share, height=BAR_HEIGHT),
        class_="app-bar",
        xmlns="http://www.w3.org/2000/svg",
        view_box=f"0 0 {BAR_WIDTH} {BAR_HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )
