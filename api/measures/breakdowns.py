"""Answers from a table of authorities by the groups of another cut, for the year to March."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from api.measures.answers import Row
from api.measures.asking import Asking
from api.measures.deciding import names_needed
from api.measures.questions import TooFineError
from domain.measures.counts import Counts
from domain.measures.cuts import Cut
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.breakdown import Place, hidden_cells
from domain.measures.disclosure.cells import COMPARED_WITH, cell_of
from domain.measures.disclosure.deciding import IN_ORDER, Decided
from domain.measures.disclosure.shown import Shown
from domain.measures.periods import Period

_Table = Mapping[str, Mapping[str, Counts]]


async def breakdown_rows(
    asking: Asking, within: Cut, shown: Decided, classes: Decided
) -> list[Row]:
    """Return the rows of an answer that is part of a breakdown.

    Args:
        asking: What is asked.
        within: The cut whose groups are the classes of each authority.
        shown: What is shown of each authority as a whole.
        classes: What is shown of each class of the nation; one that is withheld is withheld of
            every authority, because it could be added up from them.

    Raises:
        TooFineError: It is asked for as known on an earlier day, which is not kept so fine.
    """
    if asking.asked.known_on is not None:
        raise TooFineError
    rows: list[Row] = []
    for period in asking.asked.periods:
        found = await asking.measures.breakdown(
            asking.asked.nation, within, period, names_needed(asking.ids)
        )
        rows += _rows(asking, period, _filled(found), shown, classes)
    return rows


def _filled(found: _Table) -> _Table:
    """Every authority gets every class, because an empty cell can be worked out as well."""
    some = [each for classes in found.values() for each in classes.values()]
    if not some:
        return {}
    classes = sorted({name for each in found.values() for name in each})
    return {
        area: {name: each.get(name, type(some[0])()) for name in classes}
        for area, each in sorted(found.items())
    }


def _rows(
    asking: Asking, period: Period, table: _Table, shown: Decided, classes: Decided
) -> Iterator[Row]:
    if not table:
        return
    hidden: dict[MeasureId, frozenset[Place]] = {}
    for measure in (each for each in IN_ORDER if each in shown):
        beside = (hidden[each] for each in COMPARED_WITH.get(measure, ()))
        before = _columns(table, classes[measure], period).union(*beside)
        hidden[measure] = _hidden(
            asking, measure, table, _whole(table, shown[measure], period), before
        )
    for measure in asking.ids:
        yield from _figures(asking, measure, period, table, hidden[measure])


def _columns(table: _Table, classes: Shown, period: Period) -> frozenset[Place]:
    return frozenset(
        (area, name)
        for area, own in table.items()
        for name in own
        if not classes.allows(name, period)
    )


def _whole(table: _Table, shown: Shown, period: Period) -> frozenset[str]:
    return frozenset(each for each in table if shown.allows(each, period))


def _hidden(
    asking: Asking,
    measure: MeasureId,
    table: _Table,
    whole: frozenset[str],
    beside: frozenset[Place],
) -> frozenset[Place]:
    cells = {
        area: {name: cell_of(measure, each) for name, each in classes.items()}
        for area, classes in table.items()
    }
    return hidden_cells(cells, whole, asking.policy.disclosure, asking.block_of, beside)


def _figures(
    asking: Asking,
    measure: MeasureId,
    period: Period,
    table: _Table,
    hidden: frozenset[Place],
) -> Iterator[Row]:
    places = ((area, name) for area, classes in table.items() for name in classes)
    view = asking.view(
        measure, Shown(frozenset((_key(*p), period) for p in places if p not in hidden))
    )
    for area, classes in table.items():
        for name, counts in classes.items():
            if asking.shows(area) and asking.basis.column in {None, name}:
                group = area if asking.asked.cut is Cut.DESTINATION else name
                figure = view.figure(counts, period, _key(area, name))
                yield Row(measure, *asking.called(group), figure)


def _key(area: str, name: str) -> str:
    return f"{area}|{name}"
