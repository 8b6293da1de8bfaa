"""Chance that falls the same way every time, on every version of Python.

Only `random.Random.random` promises one sequence for one seed for ever, so every draw is made
of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A repeatable source of choices."""

    def __init__(self, seed: int) -> None:
        self._source = random.Random(seed)

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to `limit` - 1."""
        return int(self._source.random() * limit)

    def happens(self, percent: int) -> bool:
        """Return true about `percent` times in a hundred."""
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of `choices`, each as likely as the others."""
        return choices[self.below(len(choices))]

    def day(self, first: date, last: date) -> date:
        """Return a day from `first` to `last`, both included."""
        return first + timedelta(days=self.below((last - first).days + 1))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return `items` in another order."""
        order = list(items)
        for place in range(len(order) - 1, 0, -1):
            other = self.below(place + 1)
            order[place], order[other] = order[other], order[place]
        return order

    def deal(self, counts: Mapping[T, int]) -> list[T]:
        """Return each key exactly as often as its count, shuffled."""
        return self.shuffled([key for key, count in counts.items() for _ in range(count)])
