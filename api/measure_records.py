"""What the web asks of measures, and the counts that come back; nothing of it may be shown as is.

Counts pass through `domain.measures.disclosure` before anybody outside sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.codes import Nation
from domain.measures.counts import Count, Counts
from domain.measures.cuts import Cut
from domain.measures.periods import Period


@dataclass(frozen=True, slots=True)
class CountsWanted:
    """Which counts to read.

    Attributes:
        cut: What the groups of each period are.
        periods: Each is summed by itself; they may overlap, as rolling years do.
        area: Only releases to this local authority; likewise the other filters (`api.narrowing`).
        names: The counts of fixed name that are wanted, None for all of them; few read faster.
        known_on: As known at the end of this London day; None for now, which is much faster.
        families: The families of numbered counts that are wanted as well: `days`, `furthest`,
            `lapse`, `wait`, `ack`, `excluded`.
    """

    nation: Nation
    cut: Cut
    periods: tuple[Period, ...]
    area: str | None = None
    prison: str | None = None
    region: str | None = None
    group: str | None = None
    sex: str | None = None
    age: str | None = None
    ethnicity: str | None = None
    names: frozenset[Count] | None = None
    known_on: date | None = None
    families: tuple[str, ...] = ()


BreakdownFound = Mapping[str, Mapping[str, Counts]]
"""The counts of each class of each local authority, for one period."""

CountsFound = Mapping[Period, Mapping[str, Counts]]
"""The counts of each group of each period; a group without releases is missing."""


@dataclass(frozen=True, slots=True)
class BadLines:
    """How many lines of files of past releases are excluded.

    Attributes:
        placed: Those whose exit date and area could be read and lie in what was asked for.
        unplaced: Those of which the one or the other could not be read; they belong anywhere.
    """

    placed: int
    unplaced: int
