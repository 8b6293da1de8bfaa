"""A rate over time: the line, its 95% interval as a band, the target, what is still provisional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from api.charts.frame import NARROW, WIDE, Chart, Frame, Margins, percent
from api.charts.summaries import figure_in_words, series_in_words
from api.charts.svg import Svg, element, label, text_of
from domain.measures.maturity import Maturity
from domain.measures.periods import Period, PeriodKind
from domain.measures.reporting import Figure, Nations, RateSeries
from domain.measures.statistics.wilson import Interval

GRID: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
LABEL_WIDTH: Final = 62
"""Room for the name of one period, in pixels of the drawing."""

LINE_APART: Final = 22.0
"""Between two labels at the right, so that they do not run into one another."""


def rate_over_time(series: RateSeries[Nations], *, uid: str, target: float | None = None) -> Chart:
    """Return the chart of one series.

    Args:
        series: Of one nation and one kind of period, in order of time.
        uid: Unique on the page.
        target: The ambition as a proportion, None where there is none.
    """
    summary = series_in_words(series, target)
    wide = Frame(f"{uid}-wide", WIDE, 400, Margins(48, 128, 16, 56))
    narrow = Frame(f"{uid}-narrow", NARROW, 380, Margins(46, 30, 60, 56))
    title = series.definition.title
    drawn = (_Drawing(frame, series.figures, target).parts() for frame in (wide, narrow))
    one, other = (list(parts) for parts in drawn)
    return Chart(
        summary, wide.drawing(title, summary, *one), narrow.drawing(title, summary, *other)
    )


class _Drawing(NamedTuple):
    frame: Frame
    figures: Sequence[Figure]
    target: float | None

    def parts(self) -> Iterator[Svg]:
        yield from self._grid()
        yield from self._periods()
        yield from self._bands()
        if self.target is not None:
            yield self._level(self.target, "app-chart__target")
        yield from self._lines()
        yield from self._dots()
        yield from self._key()

    def x(self, at: int) -> float:
        gaps = max(1, len(self.figures) - 1)
        return self.frame.margins.left + self.frame.plot_width * at / gaps

    def y(self, proportion: float) -> float:
        return self.frame.margins.top + self.frame.plot_height * (1 - proportion)

    def _level(self, at: float, class_: str) -> Svg:
        y = self.y(at)
        left, right = self.frame.margins.left, self.frame.right
        return element("line", class_=class_, x1=left, x2=right, y1=y, y2=y)

    def _grid(self) -> Iterator[Svg]:
        left = self.frame.margins.left - 8
        for each in GRID:
            yield self._level(each, "app-chart__grid")
            yield label(percent(each), left, self.y(each) + 5, "app-chart__tick", "end")

    def _periods(self) -> Iterator[Svg]:
        room = self.frame.plot_width / max(1, len(self.figures))
        every = next((n for n in (1, 2, 3, 4, 6) if room * n > LABEL_WIDTH), 12)
        last = len(self.figures) - 1
        for n, figure in enumerate(self.figures):
            if (last - n) % every == 0:
                for line, words in enumerate(_short(figure.period)):
                    y = self.frame.bottom + 22 + 20 * line
                    yield label(words, self.x(n), y, "app-chart__tick", "middle")

    def _runs(self) -> Iterator[list[int]]:
        """Stretches without a withheld figure: a line is never drawn across a gap."""
        at = range(len(self.figures))
        for shown, run in groupby(at, lambda n: self.figures[n].rate is not None):
            if shown:
                yield list(run)

    def _bands(self) -> Iterator[Svg]:
        for run in self._runs():
            limits = [(n, self.figures[n].interval) for n in run]
            if len(run) == 1:
                yield from (self._upright(n, each) for n, each in limits if each)
                continue
            uppers = [_at(self.x(n), self.y(each.upper)) for n, each in limits if each]
            lowers = [_at(self.x(n), self.y(each.lower)) for n, each in limits if each]
            around = " ".join([*uppers, *reversed(lowers)])
            yield element("polygon", class_="app-chart__band", points=around)
            for edge in (uppers, lowers):
                yield element("polyline", class_="app-chart__edge", points=" ".join(edge))

    def _upright(self, at: int, interval: Interval) -> Svg:
        """The interval of a figure that stands alone, which is too narrow for a band."""
        x, y1, y2 = self.x(at), self.y(interval.upper), self.y(interval.lower)
        return element("line", class_="app-chart__edge", x1=x, x2=x, y1=y1, y2=y2)

    def _lines(self) -> Iterator[Svg]:
        for run in self._runs():
            mature = [n for n in run if self._is_mature(n)]
            later = [n for n in run if not self._is_mature(n)]
            yield self._line(mature, "app-chart__line")
            if later:
                joined = [*mature[-1:], *later]
                yield self._line(joined, "app-chart__line app-chart__line--provisional")

    def _line(self, at: Sequence[int], class_: str) -> Svg:
        points = (_at(self.x(n), self.y(rate.value)) for n in at if (rate := self.figures[n].rate))
        return element("polyline", class_=class_, points=" ".join(points))

    def _dots(self) -> Iterator[Svg]:
        for n, figure in enumerate(self.figures):
            words = element("title", text_of(f"{figure.period.words}: {figure_in_words(figure)}"))
            if figure.rate is None:
                symbol = figure.shown.withheld.symbol if figure.shown.withheld else ""
                mark = text_of(symbol)
                class_, y = "app-chart__tick", self.frame.bottom - 6
                yield element(
                    "text", words, mark, class_=class_, x=self.x(n), y=y, text_anchor="middle"
                )
                continue
            hollow = "" if self._is_mature(n) else " app-chart__dot--provisional"
            class_, y = f"app-chart__dot{hollow}", self.y(figure.rate.value)
            yield element("circle", words, class_=class_, cx=self.x(n), cy=y, r=5)

    def _is_mature(self, at: int) -> bool:
        return self.figures[at].maturity is Maturity.MATURE

    def _key(self) -> Iterator[Svg]:
        return self._key_above() if self.frame.is_narrow else self._key_beside()

    def _key_above(self) -> Iterator[Svg]:
        x = 8.0
        yield label("● Rate, shaded: 95% interval", x, 22, "app-chart__label")
        if self.target is not None:
            words = f"┄ Target {percent(self.target)}"
            yield label(words, x, 46, "app-chart__label app-chart__label--target")
            x += 130
        if self._has_provisional():
            yield label("○ provisional", x, 46, "app-chart__label")

    def _key_beside(self) -> Iterator[Svg]:
        x = self.frame.right + 12
        shown = [each.rate.value for each in self.figures if each.rate]
        if not shown:
            return
        y = self.y(shown[-1]) + 5
        if self.target is not None:
            at = self.y(self.target) + 5
            words = f"Target {percent(self.target)}"
            yield label(words, x, at, "app-chart__label app-chart__label--target")
            y = _clear_of(y, at)
        y = min(y, self.frame.bottom - 2 * LINE_APART)
        yield label(f"Rate {percent(shown[-1])}", x, y, "app-chart__label")
        yield label("Shaded: 95%", x, y + LINE_APART, "app-chart__tick")
        if self._has_provisional():
            yield label("○ provisional", x, y + 2 * LINE_APART, "app-chart__tick")

    def _has_provisional(self) -> bool:
        return any(not self._is_mature(n) for n, f in enumerate(self.figures) if f.rate)


def _clear_of(y: float, other: float) -> float:
    """Move a block of three lines below another label when the two would overlap."""
    overlaps = other - 3 * LINE_APART < y < other + LINE_APART
    return other + LINE_APART if overlaps else y


def _at(x: float, y: float) -> str:
    return f"{x:.1f},{y:.1f}"


def _short(period: Period) -> tuple[str, str]:
    year = str(period.last_month.year)
    if period.kind is PeriodKind.QUARTER:
        return f"{period.first_on:%b}-{period.last_month:%b}", year
    return f"{period.last_month:%b}", year
