"""Which version of the policy holds on a day, after changes planned one upon the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class PlannedChange(NamedTuple):
    """A version that takes the place of another.

    Attributes:
        base: The version that it changes.
        effective_on: The London day from whose beginning new releases follow it.
    """

    version: str
    base: str
    effective_on: date


def chained(root: str, changes: Iterable[PlannedChange]) -> tuple[PlannedChange, ...]:
    """Return the changes that lead on from a version, each based on the one before.

    Args:
        root: The version of the document that the service was started with. Changes to any other
            document wait until that one is in use again.
        changes: Those that nobody took back, in the order in which they were decided.
    """
    found: list[PlannedChange] = []
    head = root
    for each in changes:
        if each.base == head:
            found.append(each)
            head = each.version
    return tuple(found)


def version_on(root: str, changes: Iterable[PlannedChange], on: date) -> str:
    """Return the version that a release started on a London day follows; `changes` as `chained`."""
    begun = [each for each in chained(root, changes) if each.effective_on <= on]
    return begun[-1].version if begun else root
