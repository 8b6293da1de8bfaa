"""Measured releases in memory behind the API's port, counted by the domain one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from api.measure_records import BadLines, BreakdownFound, CountsFound, CountsWanted
from api.narrowing import narrowed_to
from api.remembering import Remembered
from domain.codes import Nation
from domain.measures.counts import Count, Counts
from domain.measures.cuts import Cut, group_key
from domain.measures.membership import Membership, memberships
from domain.measures.periods import Period
from domain.measures.published import PublishedFigure
from domain.measures.release import MeasuredRelease
from infra.measures.figures import shipped_figures
from infra.reference_data.published import published_figures


class MeasuresInMemory:
    """Implements `api.ports.Measures`.

    Attributes:
        releases: What is counted.
        lines: What is said to be excluded of files.
        regions: The region of each area; those of one nation are one unless it is told.
    """

    def __init__(self) -> None:
        self.releases: list[MeasuredRelease] = []
        self.lines = BadLines(0, 0)
        self.regions: dict[str, str] = {}
        self.remembered = Remembered()
        self._counted: dict[int, tuple[MeasuredRelease, Counts]] = {}

    async def stamp(self) -> int:
        return hash((tuple(map(id, self.releases)), self.lines))

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

    async def memberships(self, release_id: str) -> tuple[Membership, ...]:
        figures = shipped_figures()
        found = (each for each in self.releases if each.release_id == release_id)
        release = next(found, None)
        return memberships(release, figures.policy, figures.calendar) if release else ()

    def published(self) -> tuple[PublishedFigure, ...]:
        return published_figures()

    def region_of(self, area: str) -> str:
        return self.regions.get(area, area[:1])

    def name_of(self, cut: Cut, group: str) -> str:
        return f"Name of {group}"

    def _counts(self, wanted: CountsWanted) -> dict[Period, dict[str, Counts]]:
        by_month = self._by_month(wanted)
        found: dict[Period, dict[str, Counts]] = {each: {} for each in wanted.periods}
        for period, groups in found.items():
            for month in period.months:
                for key, counts in by_month.get(month, {}).items():
                    groups[key] = groups[key] + counts if key in groups else counts
        return found

    def _by_month(self, wanted: CountsWanted) -> dict[date, dict[str, Counts]]:
        """Periods are whole months and overlap, so that each release is looked at once."""
        found: dict[date, dict[str, Counts]] = {}
        for each in self._selected(wanted):
            groups = found.setdefault(each.released_on.replace(day=1), {})
            one, key = self._of(each), group_key(each, wanted.cut)
            groups[key] = groups[key] + one if key in groups else one
        return found

    def _of(self, release: MeasuredRelease) -> Counts:
        """Tests ask for the same releases many times, and counting one takes long."""
        held = self._counted.get(id(release))
        if held is None or held[0] is not release:
            held = self._counted[id(release)] = (release, shipped_figures().counts(release))
        return held[1]

    def _selected(self, wanted: CountsWanted) -> Iterable[MeasuredRelease]:
        only = narrowed_to(wanted)
        return (
            each
            for each in self.releases
            if each.nation is wanted.nation
            and all(group_key(each, cut) == key for cut, key in only.items())
        )
