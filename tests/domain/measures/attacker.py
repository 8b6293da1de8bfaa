"""Somebody who has every published figure and tries to work out the others.

Everything published is a sum of unknown whole numbers of people. For a number that is withheld,
the attacker asks the solver for the least and the most it can be.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

Unknown = Hashable
Published = tuple[Iterable[Unknown], int]
"""The unknowns that a published figure adds up, and the figure."""


class Attacker:
    """What can be known of sums of unknowns, given sums that are published."""

    def __init__(self, published: Iterable[Published]) -> None:
        self.sums = [(tuple(of), value) for of, value in published]
        self.at: Mapping[Unknown, int] = {
            each: n for n, each in enumerate(dict.fromkeys(u for of, _ in self.sums for u in of))
        }

    def range_of(self, wanted: Iterable[Unknown]) -> tuple[int, int]:
        """Return the least and the most that a sum of unknowns can be."""
        row = np.zeros(len(self.at))
        for each in wanted:
            row[self.at[each]] += 1
        return self._solve(row), -self._solve(-row)

    def _solve(self, row: np.ndarray) -> int:
        size = (len(self.sums), len(self.at))
        places = [(n, self.at[each]) for n, (of, _) in enumerate(self.sums) for each in of]
        matrix = csr_matrix((np.ones(len(places)), tuple(zip(*places, strict=True))), shape=size)
        values = np.array([value for _, value in self.sums])
        found = milp(
            row,
            constraints=LinearConstraint(matrix, values, values),
            bounds=Bounds(0, np.inf),
            integrality=np.ones(len(self.at)),
        )
        assert found.success, found.message
        return round(found.fun)  # type: ignore[no-any-return]
