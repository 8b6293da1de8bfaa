"""Measures as the API awaits them: counts in threads of the web's own, names from public lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from api.measure_records import BadLines, BreakdownFound, CountsFound, CountsWanted
from api.remembering import Remembered
from domain.codes import Nation
from domain.measures.counts import Count
from domain.measures.cuts import WHOLE, Cut
from domain.measures.membership import Membership, memberships
from domain.measures.periods import Period
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.published import PublishedFigure
from infra.measures.figures import Figures
from infra.measures.reading import SqlMeasures
from infra.reference_data.published import published_figures
from infra.reference_data.reference import ReferenceData
from infra.reference_data.register import Named, Register
from infra.web.store import StoreThreads

_WORDS: Final = {WHOLE: "Everybody", "not_recorded": "Not recorded", "55+": "55 and over"}


@dataclass(frozen=True, slots=True)
class StoredMeasures:
    """Implements `api.ports.Measures`; see there for what each method promises."""

    sql: SqlMeasures
    reference: ReferenceData
    threads: StoreThreads
    remembered: Remembered = field(default_factory=Remembered)

    async def memberships(self, release_id: str) -> tuple[Membership, ...]:
        """Return in which proportions a release is counted; none while it is not measured."""
        facts = await self.threads.read(self.sql.release, release_id)
        if facts is None:
            return ()
        figures = Figures(DEFAULT_MEASURES, self.reference)
        return memberships(facts, figures.policy, figures.calendar)

    async def stamp(self) -> int:
        """Return a number that is another one as soon as anything that is counted has changed."""
        return await self.threads.read(self.sql.stamp)

    async def counts(self, wanted: Sequence[CountsWanted]) -> tuple[CountsFound, ...]:
        """Return the counts of each that is wanted, all from one instant."""
        return await self.threads.read(self.sql.counts, wanted)

    async def breakdown(
        self, nation: Nation, cut: Cut, period: Period, names: frozenset[Count]
    ) -> BreakdownFound:
        """Return one period of every local authority by the groups of a cut."""
        return await self.threads.read(self.sql.breakdown, nation, cut, period, names)

    async def bad_lines(self, wanted: CountsWanted) -> BadLines:
        """Return how many lines of files of past releases are excluded."""
        return await self.threads.read(self.sql.bad_lines, wanted)

    def published(self) -> tuple[PublishedFigure, ...]:
        """Return the figures that others published, for comparison."""
        return _published()

    def region_of(self, area: str) -> str:
        """Return the code of the probation region that serves a local authority."""
        return self.reference.local_authority(area).probation_region

    def name_of(self, cut: Cut, group: str) -> str:
        """Return what people call a group; its code when it is on no list."""
        registers: dict[Cut, Register[Named]] = {
            Cut.DESTINATION: self.reference.local_authorities,
            Cut.PRISON: self.reference.prisons,
            Cut.PROBATION_REGION: self.reference.probation_regions,
        }
        if group in _WORDS:
            return _WORDS[group]
        register = registers.get(cut)
        entry = register.get(group) if register is not None else None
        return entry.name if entry is not None else group.replace("_", " ").capitalize()


@cache
def _published() -> tuple[PublishedFigure, ...]:
    return published_figures()
