"""One printed line per figure: ours, the bare one beside it, the ratio and the goal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure of one run.

    Attributes:
        ours: The measured value.
        bare: The bare one's, in the same unit and run.
        goal: The ratio to reach, at least or at most as `better` says.
        absolute: The goal is one for our own value, beside which the bare one says how much of it
            is the machine's.
    """

    name: str
    unit: str
    ours: float
    bare: float
    goal: float
    better: str
    absolute: bool = False

    @property
    def ratio(self) -> float | None:
        """Ours over the bare one; None beside a bare one of nothing, of which nothing is a part."""
        return self.ours / self.bare if self.bare else None

    @property
    def is_reached(self) -> bool:
        """Whether the ratio reaches the goal; without a ratio it is not shown to."""
        reached = self.ours if self.absolute else self.ratio
        if reached is None:
            return False
        return reached >= self.goal if self.better == "more" else reached <= self.goal


def show(figure: Figure) -> None:
    """Print one figure."""
    sign = ">=" if figure.better == "more" else "<="
    kind = "ours " if figure.absolute else ""
    verdict = "reached" if figure.is_reached else "NOT reached"
    ratio = "-" if figure.ratio is None else f"{figure.ratio:.2f}"
    print(
        f"{figure.name:<44} ours {figure.ours:>9.2f} {figure.unit:<9} bare {figure.bare:>9.2f}"
        f"   ratio {ratio:>5}   goal {kind}{sign} {figure.goal:<4g}  {verdict}",
        flush=True,
    )
