"""Somebody who has every published figure and tries to work out the others.

Everything published is a sum of unknown whole numbers of people. Of a number that is withheld, the
attacker asks the solver whether it can be another, with everything published staying the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

Unknown = Hashable
Published = tuple[Iterable[Unknown], int]
"""The unknowns that a published figure adds up, and the figure."""


TRIES = 6
MOST = 10_000
"""More people than any table of the tests has, so that a search always ends."""


class Secret(NamedTuple):
    """A number that is withheld, and the unknowns that it adds up."""

    name: str
    of: tuple[Unknown, ...]
    value: int


class Attacker:
    """What can be known of sums of unknowns, given sums that are published."""

    def __init__(self, published: Iterable[Published]) -> None:
        sums = [(tuple(of), value) for of, value in published]
        unknowns = dict.fromkeys(each for of, _ in sums for each in of)
        self.at: Mapping[Unknown, int] = {each: n for n, each in enumerate(unknowns)}
        places = [(n, self.at[each]) for n, (of, _) in enumerate(sums) for each in of]
        ones, size = np.ones(len(places)), (len(sums), len(self.at))
        matrix = csr_matrix((ones, tuple(zip(*places, strict=True))), shape=size)
        values = [value for _, value in sums]
        self.constraints = LinearConstraint(matrix, values, values)

    def worked_out(self, secrets: Iterable[Secret]) -> list[Secret]:
        """Return the secrets that can have their value and no other.

        A few people moved about at random already change most of them; the solver is asked one by
        one only about the others.
        """
        left = list(secrets)
        for seed in range(TRIES):
            moved = self._somewhere_else(seed) if left else None
            left = [each for each in left if moved is None or self._sum(each, moved) == each.value]
        return [each for each in left if not self._can_differ(each)]

    def has_worked_out(self, of: Iterable[Unknown], value: int) -> bool:
        """Return whether a sum of unknowns can be `value` and nothing else."""
        return bool(self.worked_out([Secret("", tuple(of), value)]))

    def _sum(self, secret: Secret, people: np.ndarray) -> int:
        return sum(round(people[self.at[each]]) for each in secret.of)

    def _somewhere_else(self, seed: int) -> np.ndarray | None:
        direction = np.random.default_rng(seed).integers(-9, 10, len(self.at))
        return self._solve(direction, self.constraints)

    def _can_differ(self, secret: Secret) -> bool:
        row = np.zeros((1, len(self.at)))
        for each in secret.of:
            row[0, self.at[each]] += 1
        less = LinearConstraint(row, -np.inf, secret.value - 1)
        more = LinearConstraint(row, secret.value + 1, np.inf)
        anything = np.zeros(len(self.at))
        found = (self._solve(anything, self.constraints, each) for each in (less, more))
        return any(each is not None for each in found)

    def _solve(self, direction: np.ndarray, *constraints: LinearConstraint) -> np.ndarray | None:
        found = milp(
            direction,
            constraints=list(constraints),
            bounds=Bounds(0, MOST),
            integrality=np.ones(len(self.at)),
        )
        assert found.status in {0, 2}, found.message
        return None if found.status else found.x
