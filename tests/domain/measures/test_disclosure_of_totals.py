"""A nation's small months and quarters, and a figure as it leaves the service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.measures.counts import Count, EnglandCounts
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.cells import Cell, cell_of
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.publishing import (
    Disclosed,
    NotPublishedError,
    Withheld,
    disclosed,
    refuse_unpublished,
    rounded,
)
from domain.measures.disclosure.shown import Shown
from domain.measures.disclosure.totals import shown_totals
from domain.measures.periods import Period, PeriodKind, parse_period, shift
from domain.measures.statistics.proportion import Proportion
from tests.domain.measures.attacker import Attacker, Published

POLICY = DisclosurePolicy()
FIRST = date(2024, 4, 1)


def months(values: list[tuple[int, int]]) -> dict[Period, Cell]:
    return {
        Period(PeriodKind.MONTH, shift(FIRST, n)): Cell(parts) for n, parts in enumerate(values)
    }


def every_period(cells: dict[Period, Cell]) -> Iterator[Period]:
    for month in cells:
        yield month
        for kind in (PeriodKind.QUARTER, PeriodKind.YEAR):
            period = Period(kind, month.last_month)
            whole = period.first_on >= FIRST
            if whole and (kind is PeriodKind.YEAR or month.last_month.month % 3 == 0):
                yield period


def worked_out(cells: dict[Period, Cell], shown: Shown) -> list[str]:
    found = []
    for part in range(2):
        value_of = {each.last_month: cell.values[part] for each, cell in cells.items()}
        told = [each for each in every_period(cells) if shown.allows(WHOLE, each)]
        published: list[Published] = [
            (each.months, sum(value_of[m] for m in each.months)) for each in told
        ]
        if not published:
            continue
        attacker = Attacker(published)
        for each in every_period(cells):
            value = sum(value_of[m] for m in each.months)
            known = all(month in attacker.at for month in each.months)
            if known and each not in told and 1 <= value <= 4:
                found += [each.code] if attacker.has_worked_out(each.months, value) else []
    return found


COUNTS = st.lists(
    st.tuples(st.integers(0, 30) | st.integers(5, 90), st.integers(0, 30) | st.integers(5, 90)),
    min_size=3,
    max_size=30,
)


@settings(max_examples=40)
@given(values=COUNTS)
def test_no_small_month_of_a_nation_can_be_worked_out(values: list[tuple[int, int]]) -> None:
    cells = months(values)

    assert worked_out(cells, shown_totals(cells, POLICY)) == []


@given(values=COUNTS)
def test_no_small_period_of_a_nation_is_shown(values: list[tuple[int, int]]) -> None:
    cells = months(values)
    shown = shown_totals(cells, POLICY)

    for each in every_period(cells):
        if shown.allows(WHOLE, each):
            of = [cells[Period(PeriodKind.MONTH, month)] for month in each.months]
            for part in range(2):
                assert not 1 <= sum(cell.values[part] for cell in of) <= 4


@given(values=COUNTS, upto=st.integers(1, 9))
def test_a_later_month_never_hides_what_was_published(
    values: list[tuple[int, int]], upto: int
) -> None:
    cells = months(values)
    early = dict(list(cells.items())[: 3 * upto])

    then = shown_totals(early, POLICY).figures
    now = shown_totals(cells, POLICY).figures

    assert then == {each for each in now if each[1].last_month <= max(early).last_month}


def test_one_small_month_hides_its_quarter_and_the_rest_of_its_year() -> None:
    cells = months([(20, 20)] * 4 + [(2, 30)] + [(20, 20)] * 7)
    shown = shown_totals(cells, POLICY)

    def is_shown(code: str) -> bool:
        return shown.allows(WHOLE, parse_period(code))

    assert is_shown("2024-07")
    assert not is_shown("2024-08")
    assert not is_shown("2024-12")
    assert is_shown("2024-Q2")
    assert not is_shown("2024-Q3")
    assert not is_shown("year-to-2025-03")


def test_without_small_months_every_year_of_twelve_is_shown() -> None:
    shown = shown_totals(months([(20, 20)] * 14), POLICY)

    assert shown.allows(WHOLE, parse_period("year-to-2025-05"))
    assert not shown.allows(WHOLE, parse_period("year-to-2025-07"))


def test_a_rate_tells_the_rest_of_its_denominator() -> None:
    counts = EnglandCounts({Count.NEED: 40, Count.NEED_STARTED: 37})

    cell = cell_of(MeasureId.CONTINUITY_NEED, counts)

    assert cell == Cell((37, 3))
    assert cell.is_unsafe(POLICY)


def test_two_measures_side_by_side_tell_their_difference() -> None:
    """The rate without deaths and returns, beside the rate with them, counts two people."""
    counts = EnglandCounts(
        {
            Count.NEED: 40,
            Count.NEED_STARTED: 20,
            Count.NEED_STAYED: 38,
            Count.NEED_STAYED_STARTED: 20,
        }
    )

    cell = cell_of(MeasureId.CONTINUITY_NEED_STAYED, counts)

    assert cell == Cell((20, 18), (0, 2))
    assert cell.is_unsafe(POLICY)
    assert not cell_of(MeasureId.CONTINUITY_NEED, counts).is_unsafe(POLICY)


@pytest.mark.parametrize(
    "measure", [each.id for each in DEFINITIONS.values() if each.is_proportion]
)
def test_every_proportion_has_a_cell(measure: MeasureId) -> None:
    assert cell_of(measure, EnglandCounts()).size == 0


def test_none_is_small_only_when_the_policy_says_so() -> None:
    strict = DisclosurePolicy(suppress_zero=True)

    assert not Cell((0, 30)).is_unsafe(POLICY)
    assert Cell((0, 30)).is_unsafe(strict)
    assert not Cell((9, 30), (0,)).is_unsafe(strict)


def test_a_withheld_figure_holds_no_number() -> None:
    hidden = disclosed(Cell((3, 40)), POLICY, shown=False)

    assert hidden == Disclosed(withheld=Withheld.SMALL_NUMBERS)
    assert "3" not in repr(hidden)
    assert (hidden.withheld and hidden.withheld.symbol) == "*"


def test_no_releases_are_not_nought_per_cent() -> None:
    assert disclosed(Cell((0, 0)), POLICY, shown=True).withheld is Withheld.NO_RELEASES


def test_rounded_counts_give_a_rate_of_rounded_counts() -> None:
    rounding = DisclosurePolicy(rounding_base=5)

    assert disclosed(Cell((23, 29)), rounding, shown=True).figure == Proportion(25, 50)
    assert [rounded(n, rounding) for n in (0, 2, 3, 7, 8)] == [0, 0, 5, 5, 10]


@given(x=st.integers(0, 400), others=st.integers(0, 400), base=st.integers(1, 10))
def test_a_rounded_figure_is_still_a_proportion(x: int, others: int, base: int) -> None:
    found = disclosed(Cell((x, others)), DisclosurePolicy(rounding_base=base), shown=True)

    assert (found.figure is None) != (found.withheld is None)
    if found.figure is not None:
        assert abs(found.figure.n - x - others) <= base / 2


def test_months_of_an_authority_are_refused_with_what_is_published() -> None:
    with pytest.raises(NotPublishedError, match="Ask for quarter or year"):
        refuse_unpublished(Cut.DESTINATION, parse_period("2026-10"), POLICY)
    with pytest.raises(NotPublishedError):
        refuse_unpublished(Cut.PRISON, parse_period("year-to-2026-11"), POLICY)

    refuse_unpublished(Cut.NATION, parse_period("year-to-2026-11"), POLICY)
    refuse_unpublished(Cut.DESTINATION, parse_period("year-to-2026-12"), POLICY)
