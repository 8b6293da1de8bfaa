"""So many of so many: the value every rate is made of."""

from __future__ import annotations

from typing import NamedTuple, Self

from domain.measures.statistics.wilson import Confidence, Interval, ProportionError, wilson


class Proportion(NamedTuple):
    """`x` of `n`; build it with `of`, which refuses what is no proportion."""

    x: int
    n: int

    @classmethod
    def of(cls, x: int, n: int) -> Self:
        """Return `x` of `n`.

        Raises:
            ProportionError: `n` is not above zero, or `x` not between zero and `n`.
        """
        if n <= 0 or not 0 <= x <= n:
            raise ProportionError
        return cls(x, n)

    @property
    def value(self) -> float:
        """From 0 to 1, not rounded."""
        return self.x / self.n

    @property
    def percent(self) -> float:
        """From 0 to 100, not rounded; round only to show it."""
        return 100 * self.x / self.n

    def interval(self, confidence: Confidence = Confidence.NINETY_FIVE) -> Interval:
        """Return the Wilson interval."""
        return wilson(self.x, self.n, confidence)
