"""Measured releases in memory behind the API's port, counted by the domain one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.measure_records import BadLines, BreakdownFound, CountsFound, CountsWanted
from api.remembering import Remembered
from domain.codes import Nation
from domain.measures.counts import Count, Counts
from domain.measures.cuts import Cut, group_key
from domain.measures.membership import Membership, memberships
from domain.measures.periods import Period
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.release import MeasuredRelease
from infra.measures.figures import shipped_figures


class MeasuresInMemory:
    """Implements `api.ports.Measures`.

    Attributes:
        releases: What is counted.
        lines: What is said to be excluded of files.
    """

    def __init__(self) -> None:
        self.releases: list[MeasuredRelease] = []
        self.lines = BadLines(0, 0)
        self.remembered = Remembered()

    async def memberships(self, release_id: str) -> tuple[Membership, ...]:
        found = (each for each in self.releases if each.release_id == release_id)
        calendar = shipped_figures().calendar
        return next((memberships(each, DEFAULT_MEASURES, calendar) for each in found), ())

    async def stamp(self) -> int:
        return hash((tuple(self.releases), self.lines))

    async def counts(self, wanted: Sequence[CountsWanted]) -> tuple[CountsFound, ...]:
        return tuple(self._counts(each) for each in wanted)

    async def breakdown(
        self, nation: Nation, cut: Cut, period: Period, names: frozenset[Count]
    ) -> BreakdownFound:
        areas = sorted({each.destination for each in self.releases if each.nation is nation})
        wanted = [CountsWanted(nation, cut, (period,), area=each) for each in areas]
        return {each.area or "": self._counts(each)[period] for each in wanted}

    async def bad_lines(self, wanted: CountsWanted) -> BadLines:
        return self.lines

    def region_of(self, area: str) -> str:
        return area[:1]

    def name_of(self, cut: Cut, group: str) -> str:
        return f"Name of {group}"

    def _counts(self, wanted: CountsWanted) -> dict[Period, dict[str, Counts]]:
        found: dict[Period, dict[str, Counts]] = {each: {} for each in wanted.periods}
        for each in self._selected(wanted):
            one = shipped_figures().counts(each)
            key = group_key(each, wanted.cut)
            for period, groups in found.items():
                if period.contains(each.released_on):
                    groups[key] = groups[key] + one if key in groups else one
        return found

    def _selected(self, wanted: CountsWanted) -> Iterable[MeasuredRelease]:
        return (
            each
            for each in self.releases
            if each.nation is wanted.nation
            and wanted.area in {None, each.destination}
            and wanted.prison in {None, each.prison}
            and wanted.group in {None, each.group}
        )
