"""Where the counts that are wanted stand ready: which cut, of which area, which group."""

from __future__ import annotations

from typing import NamedTuple

from api.measure_records import CountsWanted
from api.narrowing import narrowed_to
from domain.measures.cuts import WHOLE, Cut
from infra.database.tables.measures import WHOLE_NATION
from infra.measures.rows import WITHIN_AN_AREA


class Slice(NamedTuple):
    """A part of the stored sums.

    Attributes:
        area: A local authority, or `WHOLE_NATION`.
        key: The one group to read, None for all of them.
        named: What that group is called in the answer, None for its own name.
    """

    cut: Cut
    area: str
    key: str | None = None
    named: str | None = None

    @property
    def has_details(self) -> bool:
        """Whether the numbered counts are summed there as well."""
        return self.area == WHOLE_NATION


def slice_of(wanted: CountsWanted) -> Slice | None:
    """Return where the counts stand ready, None when they have to be counted from releases."""
    given = narrowed_to(wanted)
    own = given.pop(wanted.cut, None)
    if own is not None:
        return _narrowed(Slice(wanted.cut, WHOLE_NATION, own), given)
    if wanted.cut is Cut.NATION and given:
        # The one group of a nation's cut is another cut's group when it is narrowed to that; an
        # area stands first and is what the others are read within.
        cut = next(iter(reversed(given)))
        found = Slice(cut, WHOLE_NATION, given.pop(cut), WHOLE)
        return _narrowed(found, given)
    return _narrowed(Slice(wanted.cut, WHOLE_NATION), given)


def _narrowed(found: Slice, given: dict[Cut, str]) -> Slice | None:
    area = given.pop(Cut.DESTINATION, None)
    if given:
        return None
    if area is None:
        return found
    return found._replace(area=area) if found.cut in WITHIN_AN_AREA else None
