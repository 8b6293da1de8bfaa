"""The frame that every chart shares: its size, its name and its text alternative."""

from __future__ import annotations

from typing import Final, NamedTuple

from api.charts.svg import Svg, element, text_of

WIDE: Final = 720
NARROW: Final = 340
"""Two widths, because one drawing scaled to a telephone would have letters six pixels high."""


class Chart(NamedTuple):
    """A chart ready for a page, which shows one of the two drawings by its own width.

    Attributes:
        summary: The message in words; print it above the chart as well.
    """

    summary: str
    wide: Svg
    narrow: Svg


class Margins(NamedTuple):
    """Room around the plot, in pixels of the drawing."""

    left: float
    right: float
    top: float
    bottom: float


class Frame(NamedTuple):
    """One drawing: `uid` makes its ids unique on the page."""

    uid: str
    width: int
    height: int
    margins: Margins

    @property
    def is_narrow(self) -> bool:
        """Whether the drawing is the one for telephones."""
        return self.width < WIDE

    @property
    def plot_width(self) -> float:
        """Pixels between the left and the right margin."""
        return self.width - self.margins.left - self.margins.right

    @property
    def plot_height(self) -> float:
        """Pixels between the top and the bottom margin."""
        return self.height - self.margins.top - self.margins.bottom

    @property
    def right(self) -> float:
        """Where the plot ends."""
        return self.margins.left + self.plot_width

    @property
    def bottom(self) -> float:
        """Where the plot ends."""
        return self.margins.top + self.plot_height

    def drawing(self, title: str, summary: str, *parts: Svg) -> Svg:
        """Return the whole drawing, named and described for those who do not see it."""
        return element(
            "svg",
            element("title", text_of(title), id=f"{self.uid}-title"),
            element("desc", text_of(summary), id=f"{self.uid}-desc"),
            *parts,
            class_="app-chart",
            xmlns="http://www.w3.org/2000/svg",
            view_box=f"0 0 {self.width} {self.height}",
            role="img",
            aria_labelledby=f"{self.uid}-title {self.uid}-desc",
            focusable="false",
        )


def percent(proportion: float) -> str:
    """Return a proportion as a whole percentage, halves up, for an axis or a sentence."""
    return f"{int(100 * proportion + 0.5)}%"
