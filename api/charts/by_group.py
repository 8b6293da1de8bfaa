"""Rates by group, each with its interval, in the order of their names and never of their rates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from api.charts.frame import NARROW, WIDE, Chart, Frame, Margins, percent
from api.charts.summaries import figure_in_words, table_in_words
from api.charts.svg import Svg, element, label, text_of
from domain.measures.maturity import Maturity
from domain.measures.reporting import Figure, Nations, RateTable

GRID: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
ROW: Final = 30
NARROW_ROW: Final = 50
"""On a telephone the name stands above its bar."""


def rates_by_group(
    table: RateTable[Nations],
    names: Mapping[str, str],
    *,
    uid: str,
    groups: str,
    nation: float | None = None,
) -> Chart:
    """Return the chart of one table.

    Args:
        table: Of one nation and one period.
        names: Of the groups, by key; a key without a name is shown as it is.
        uid: Unique on the page.
        groups: What the rows are, in the plural, such as `local authorities`.
        nation: The nation's rate as a proportion, drawn as a line.
    """
    rows = sorted(((names.get(key, key), each) for key, each in table.rows.items()), key=_name)
    summary = table_in_words(table, groups)
    wide = _frame(f"{uid}-wide", WIDE, len(rows) * ROW, Margins(220, 56, 30, 34))
    narrow = _frame(f"{uid}-narrow", NARROW, len(rows) * NARROW_ROW, Margins(8, 52, 30, 34))
    title = table.definition.title
    one, other = (list(_Rows(frame, rows, nation).parts()) for frame in (wide, narrow))
    return Chart(
        summary, wide.drawing(title, summary, *one), narrow.drawing(title, summary, *other)
    )


_name: Callable[[tuple[str, Figure]], str] = lambda row: row[0].casefold()  # noqa: E731


def _frame(uid: str, width: int, plot_height: int, margins: Margins) -> Frame:
    return Frame(uid, width, int(plot_height + margins.top + margins.bottom), margins)


class _Rows(NamedTuple):
    frame: Frame
    rows: Sequence[tuple[str, Figure]]
    nation: float | None

    def parts(self) -> Iterator[Svg]:
        yield from self._grid()
        if self.nation is not None:
            yield self._upright(self.nation, "app-chart__target")
            words = f"National rate {percent(self.nation)}"
            yield self._above(words, self.nation, "app-chart__tick app-chart__label--target")
        for n, (name, figure) in enumerate(self.rows):
            yield from self._row(n, name, figure)

    def x(self, proportion: float) -> float:
        return self.frame.margins.left + self.frame.plot_width * proportion

    def _upright(self, at: float, class_: str) -> Svg:
        x, top = self.x(at), self.frame.margins.top
        return element("line", class_=class_, x1=x, x2=x, y1=top, y2=self.frame.bottom)

    def _above(self, words: str, at: float, class_: str) -> Svg:
        """Text over the plot, kept inside the drawing."""
        room = 4.2 * len(words)
        x = min(max(self.x(at), room), self.frame.width - room)
        return label(words, x, self.frame.margins.top - 10, class_, "middle")

    def _grid(self) -> Iterator[Svg]:
        for each in GRID:
            yield self._upright(each, "app-chart__grid")
            y = self.frame.bottom + 22
            anchor = "start" if each == 0 and self.frame.is_narrow else "middle"
            yield label(percent(each), self.x(each), y, "app-chart__tick", anchor)

    def _row(self, n: int, name: str, figure: Figure) -> Iterator[Svg]:
        narrow = self.frame.is_narrow
        top = self.frame.margins.top + n * (NARROW_ROW if narrow else ROW)
        y = top + (36 if narrow else ROW / 2)
        if narrow:
            yield label(name, self.frame.margins.left, top + 18, "app-chart__name")
        else:
            x = self.frame.margins.left - 12
            yield label(_shortened(name, 27), x, y + 5, "app-chart__name", "end")
        yield from self._bar(name, figure, y)

    def _bar(self, name: str, figure: Figure, y: float) -> Iterator[Svg]:
        words = element("title", text_of(f"{name}: {figure_in_words(figure)}"))
        if figure.rate is None or figure.interval is None:
            symbol = figure.shown.withheld.symbol if figure.shown.withheld else ""
            x = self.x(0) + 8
            yield element("text", words, text_of(symbol), class_="app-chart__tick", x=x, y=y + 6)
            return
        lower, upper = figure.interval
        x1, x2 = self.x(lower), self.x(upper)
        yield element("line", class_="app-chart__interval", x1=x1, x2=x2, y1=y, y2=y)
        hollow = "" if figure.maturity is Maturity.MATURE else " app-chart__dot--provisional"
        class_, x = f"app-chart__dot{hollow}", self.x(figure.rate.value)
        yield element("circle", words, class_=class_, cx=x, cy=y, r=5)
        value = percent(figure.rate.value)
        yield label(value, self.frame.right + 10, y + 5, "app-chart__tick")


def _shortened(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip(' ,')}…"
