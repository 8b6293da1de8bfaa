"""One figure as a line of a table, and the figures of one measure of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from api.charts.frame import percent
from api.measures.answers import Answer, Row, measures_in
from domain.codes import Nation
from domain.measures.definitions import DEFINITIONS, Definition, MeasureId
from domain.measures.maturity import Maturity
from domain.measures.reporting import Figure

MAIN: Final = {
    Nation.ENGLAND: MeasureId.CONTINUITY_NEED,
    Nation.WALES: MeasureId.WALES_WAIT,
}
"""The measure that a nation is judged by; the others stand beside it."""

MATURITY: Final = {
    Maturity.MATURE: "Mature",
    Maturity.PROVISIONAL: "Provisional",
    Maturity.FUTURE: "Not over yet",
}


class Line(NamedTuple):
    """A figure in a table; each part is the symbol in its place when it is withheld.

    Attributes:
        label: What the line is about.
        note: `Provisional`, or empty.
        why: What a symbol stands for; empty for a figure that is shown.
    """

    label: str
    reached: str
    of: str
    rate: str
    interval: str
    note: str
    why: str


def line_of(label: str, figure: Figure) -> Line:
    """Return a figure as a line."""
    note = "" if figure.maturity is Maturity.MATURE else MATURITY[figure.maturity]
    rate, interval = figure.rate, figure.interval
    if rate is None or interval is None:
        withheld = figure.shown.withheld
        symbol, why = (withheld.symbol, withheld.words) if withheld else ("", "")
        return Line(label, symbol, symbol, symbol, symbol, note, why)
    return Line(
        label,
        f"{rate.x:,}",
        f"{rate.n:,}",
        one_decimal(rate.value),
        f"{one_decimal(interval.lower)} to {one_decimal(interval.upper)}",
        note,
        "",
    )


def rows_of(answer: Answer, measure: MeasureId) -> tuple[Row, ...]:
    """Return the rows of one measure, in the order of the answer."""
    return tuple(each for each in answer.rows if each.measure is measure)


def definitions_of(answers: Iterable[Answer]) -> tuple[Definition, ...]:
    """Return the definition of every measure in the answers, once."""
    found = dict.fromkeys(measure for each in answers for measure in measures_in(each))
    return tuple(DEFINITIONS[each] for each in found)


def one_decimal(proportion: float) -> str:
    """Return a proportion as a percentage with one decimal."""
    return f"{100 * proportion:.1f}%"


def whole(proportion: float) -> str:
    """Return a proportion as a whole percentage."""
    return percent(proportion)
