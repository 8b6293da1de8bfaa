"""A question on its way to an answer, and the rows that come of counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from api.measure_records import CountsWanted
from api.measures.deciding import BlockOf, Found
from api.measures.questions import MEASURES, TOLD_BY_THE_FUNNEL, Basis, Question, Topic
from api.ports import Measures
from domain.measures.counts import Count, Counts
from domain.measures.cuts import Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.shown import ONE_TOTAL, Shown
from domain.measures.periods import Period
from domain.measures.policy import MeasuresPolicy
from domain.measures.reporting import View


class Asking(NamedTuple):
    """A question with what is needed to answer it.

    Attributes:
        today: The London day by which periods are mature: the vintage's when one is asked for.
    """

    asked: Question
    basis: Basis
    measures: Measures
    policy: MeasuresPolicy
    today: date

    @property
    def ids(self) -> tuple[MeasureId, ...]:
        """The proportions that answer the question."""
        return MEASURES[self.asked.topic, self.asked.nation]

    @property
    def told_by_the_funnel(self) -> tuple[MeasureId, ...]:
        """The rates that a funnel in the answer would tell."""
        is_funnel = self.asked.topic is Topic.FUNNEL
        return TOLD_BY_THE_FUNNEL[self.asked.nation] if is_funnel else ()

    @property
    def block_of(self) -> BlockOf:
        """Which published total a group of the table is part of."""
        return self.blocks_of(self.basis.cut)

    def blocks_of(self, cut: Cut) -> BlockOf:
        """Return which smaller published total each group of a cut is part of."""
        if cut is Cut.DESTINATION:
            return self.measures.region_of
        return lambda _group: ONE_TOTAL

    def wanted(self, cut: Cut, periods: tuple[Period, ...], family: str) -> CountsWanted:
        """Return the question for one family of numbered counts of just what is asked for."""
        asked = self.asked
        return CountsWanted(
            nation=asked.nation,
            cut=cut,
            periods=periods,
            area=asked.area,
            prison=asked.prison,
            region=asked.region,
            group=asked.group,
            sex=asked.sex,
            age=asked.age,
            ethnicity=asked.ethnicity,
            names=frozenset({Count.RELEASES, Count.COUNTED}),
            known_on=asked.known_on,
            families=(family,),
        )

    def shows(self, group: str) -> bool:
        """Return whether a group of the table is part of the answer."""
        return self.basis.row is None or self.basis.row == group

    def called(self, group: str) -> tuple[str, str]:
        """Return a shown group's code and name."""
        code = self.basis.named or group
        return code, self.measures.name_of(self.asked.cut, code)

    def view(self, measure: MeasureId, shown: Shown) -> View:
        """Return through what the figures of a measure are seen."""
        return View(DEFINITIONS[measure], shown, self.policy, self.today)


def summed(found: Found, period: Period) -> Mapping[str, Counts]:
    """Return the counts of each group of a period, from the months or quarters within it."""
    parts = [groups for part, groups in found.items() if _holds(period, part)]
    return {group: _total(parts, group) for group in sorted({g for each in parts for g in each})}


def _holds(period: Period, part: Period) -> bool:
    return period.first_on <= part.first_on and part.last_on <= period.last_on


def _total(parts: list[Mapping[str, Counts]], group: str) -> Counts:
    first, *rest = _of(parts, group)
    for each in rest:
        first += each
    return first


def _of(parts: list[Mapping[str, Counts]], group: str) -> Iterator[Counts]:
    return (each[group] for each in parts if group in each)
