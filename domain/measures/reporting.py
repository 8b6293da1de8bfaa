"""Rates over time and by group as they may be shown, with everything that is said about them.

A series and a table are of one nation by their type, so that England and Wales cannot be put on
one axis. What is said of a rate (interval, comparison, change, trend) is made from the disclosed
figure and so is missing wherever the figure is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Generic, NamedTuple, TypeVar

from domain.measures.counts import Counts, EnglandCounts, WalesCounts
from domain.measures.definitions import Definition, MeasureId
from domain.measures.disclosure.cells import cell_of
from domain.measures.disclosure.publishing import Disclosed, disclosed
from domain.measures.disclosure.shown import Shown
from domain.measures.maturity import Maturity, maturity
from domain.measures.periods import Period
from domain.measures.policy import MeasuresPolicy
from domain.measures.statistics.comparing import Comparison, Difference, compare, difference
from domain.measures.statistics.proportion import Proportion
from domain.measures.statistics.trending import Trend, trend
from domain.measures.statistics.wilson import Interval

Nations = TypeVar("Nations", EnglandCounts, WalesCounts)

WITH_TARGET: Final = frozenset({MeasureId.CONTINUITY_NEED})
"""Measures that the national ambition is set for (R18)."""


class Figure(NamedTuple):
    """One figure and what may be said of it.

    Attributes:
        interval: The 95% interval as proportions; None where the figure is withheld.
        against_target: None for a measure without target, or an immature or withheld figure.
        against_nation: Likewise, compared with the nation's rate of the same period.
    """

    period: Period
    maturity: Maturity
    shown: Disclosed
    interval: Interval | None
    against_target: Comparison | None
    against_nation: Comparison | None

    @property
    def rate(self) -> Proportion | None:
        """The figure itself, None where it is withheld."""
        return self.shown.figure

    @property
    def mature_rate(self) -> Proportion | None:
        """The figure once it can be judged; only this one is compared."""
        return self.rate if self.maturity is Maturity.MATURE else None


class RateSeries(NamedTuple, Generic[Nations]):
    """One measure of one group over time, of one nation.

    Attributes:
        group: Its key, `domain.measures.cuts.WHOLE` for the nation.
        figures: In order of time, all of one kind of period.
    """

    definition: Definition
    of: type[Nations]
    group: str
    figures: tuple[Figure, ...]

    @property
    def trend(self) -> Trend:
        """The trend of the mature figures."""
        return trend([(each.period, each.mature_rate) for each in self.figures])

    @property
    def latest(self) -> Figure | None:
        """The latest mature figure that is shown."""
        return next((each for each in reversed(self.figures) if each.mature_rate), None)

    @property
    def change(self) -> Difference | None:
        """The latest mature figure against the period of the same length before it."""
        latest = self.latest
        if latest is None or latest.mature_rate is None:
            return None
        earlier = {each.period: each.mature_rate for each in self.figures}
        before = earlier.get(latest.period.before())
        return None if before is None else difference(before, latest.mature_rate)


class RateTable(NamedTuple, Generic[Nations]):
    """One measure of every group of a cut in one period, of one nation; never in order of rate."""

    definition: Definition
    of: type[Nations]
    rows: Mapping[str, Figure]


class View(NamedTuple):
    """What a figure is seen through.

    Attributes:
        definition: Of a proportion.
        shown: What was decided for it.
        policy: With target and reporting lag.
        on: Today, or the day as known on which the figure is asked for.
    """

    definition: Definition
    shown: Shown
    policy: MeasuresPolicy
    on: date

    def figure(
        self, counts: Counts, period: Period, group: str, nation: Proportion | None = None
    ) -> Figure:
        """Return one figure with what may be said of it.

        Args:
            counts: Of the group and the period.
            period: Of release.
            group: Its key.
            nation: The nation's disclosed rate of the same period, to compare with.
        """
        allowed = self.shown.allows(group, period)
        cell = cell_of(self.definition.id, counts)
        told = disclosed(cell, self.policy.disclosure, shown=allowed)
        ripe = maturity(period, self.definition, self.policy, self.on)
        rate = told.figure
        mature = rate if ripe is Maturity.MATURE else None
        return Figure(
            period,
            ripe,
            told,
            rate.interval() if rate else None,
            self._against_target(mature),
            compare(mature, nation.value) if mature and nation else None,
        )

    def _against_target(self, rate: Proportion | None) -> Comparison | None:
        if rate is None or self.definition.id not in WITH_TARGET:
            return None
        return compare(rate, self.policy.target_percent / 100)


def rate_series(
    view: View, of: type[Nations], group: str, by_period: Mapping[Period, Nations]
) -> RateSeries[Nations]:
    """Return the series of one group; periods of one kind, of which some may be missing."""
    figures = (view.figure(by_period[each], each, group) for each in sorted(by_period))
    return RateSeries(view.definition, of, group, tuple(figures))


def rate_table(
    view: View,
    of: type[Nations],
    groups: Mapping[str, Nations],
    period: Period,
    nation: Proportion | None = None,
) -> RateTable[Nations]:
    """Return the table of one period, in the order of the groups' keys."""
    rows = {each: view.figure(groups[each], period, each, nation) for each in sorted(groups)}
    return RateTable(view.definition, of, rows)
