"""The policy as a page shows it: every figure with its source, and how certain that is."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol


class Figure(NamedTuple):
    """One figure of the policy."""

    what: str
    figure: str
    source: str
    note: str
    certainty: str


class PolicySection(NamedTuple):
    """The figures of one step, or of one other part."""

    title: str
    figures: tuple[Figure, ...]


class ShownPolicy(NamedTuple):
    """A whole policy."""

    version: str
    title: str
    effective_on: date
    sections: tuple[PolicySection, ...]


class PolicyInForce(Protocol):
    """The policy that new releases follow."""

    def __call__(self) -> ShownPolicy:
        """Return it."""
