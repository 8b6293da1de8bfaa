"""Series and tables as they are shown: of one nation, and silent wherever a figure is withheld."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.measures.counts import Count, EnglandCounts, WalesCounts
from domain.measures.cuts import WHOLE
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.cells import COMPARED_WITH
from domain.measures.disclosure.deciding import IN_ORDER, decide_groups, decide_totals
from domain.measures.disclosure.publishing import Withheld
from domain.measures.maturity import Maturity
from domain.measures.periods import Period, PeriodKind, shift
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.reporting import RateSeries, View, rate_series, rate_table
from domain.measures.statistics.comparing import Change, Comparison
from domain.measures.statistics.trending import Trend

NEED, STAYED = MeasureId.CONTINUITY_NEED, MeasureId.CONTINUITY_NEED_STAYED
POLICY = DEFAULT_MEASURES
FIRST = date(2024, 4, 1)
LATER = date(2026, 6, 1)


def england(need: int, started: int, *, stayed: int | None = None) -> EnglandCounts:
    stayed = need if stayed is None else stayed
    return EnglandCounts(
        {
            Count.NEED: need,
            Count.NEED_STARTED: started,
            Count.NEED_STAYED: stayed,
            Count.NEED_STAYED_STARTED: started,
        }
    )


def months(rates: list[EnglandCounts]) -> dict[Period, EnglandCounts]:
    return {Period(PeriodKind.MONTH, shift(FIRST, n)): each for n, each in enumerate(rates)}


def series(rates: list[EnglandCounts], on: date = LATER) -> RateSeries[EnglandCounts]:
    counts = months(rates)
    shown = decide_totals(counts, [NEED], POLICY.disclosure)[NEED]
    view = View(DEFINITIONS[NEED], shown, POLICY, on)
    return rate_series(view, EnglandCounts, WHOLE, counts)


RISING = [england(4_000, 4 * x) for x in (300, 340, 380, 420, 460, 500)]


def test_a_series_says_trend_change_and_where_it_stands() -> None:
    found = series(RISING)

    assert found.trend is Trend.INCREASING
    assert found.change is not None
    assert (found.change.change, round(found.change.points, 9)) == (Change.ROSE, 4)
    assert found.latest is not None
    assert found.latest.against_target is Comparison.WORSE


def test_an_immature_month_is_shown_as_provisional_and_judged_by_nothing() -> None:
    on = date(2024, 11, 10)
    found = series(RISING, on)

    assert [each.maturity for each in found.figures] == [
        *([Maturity.MATURE] * 5),
        Maturity.PROVISIONAL,
    ]
    last = found.figures[-1]
    assert last.rate is not None
    assert (last.mature_rate, last.against_target) == (None, None)
    assert found.latest == found.figures[-2]


def test_a_withheld_figure_has_no_interval_no_comparison_and_no_trend() -> None:
    found = series([*RISING[:2], england(60, 3), *RISING[3:]])

    hidden = found.figures[2]
    assert hidden.shown.withheld is Withheld.SMALL_NUMBERS
    assert (hidden.rate, hidden.interval, hidden.against_target) == (None, None, None)
    assert found.trend is Trend.CANNOT_BE_CALCULATED
    assert found.latest == found.figures[1]


def quarters(rows: dict[str, list[EnglandCounts]]) -> dict[Period, dict[str, EnglandCounts]]:
    found: dict[Period, dict[str, EnglandCounts]] = {}
    for group, counts in rows.items():
        for n, each in enumerate(counts):
            period = Period(PeriodKind.QUARTER, shift(date(2024, 6, 1), 3 * n))
            found.setdefault(period, {})[group] = each
    return found


def test_a_table_compares_each_group_with_the_nation_and_ranks_nobody() -> None:
    counts = quarters(
        {
            "b": [england(400, 300)] * 4,
            "a": [england(400, 100)] * 4,
            "c": [england(400, 200)] * 4,
        }
    )
    shown = decide_groups(counts, [NEED], POLICY.disclosure)[NEED]
    view = View(DEFINITIONS[NEED], shown, POLICY, LATER)
    period = min(counts)
    nation = view.figure(england(1_200, 600), period, "a").rate

    table = rate_table(view, EnglandCounts, counts[period], period, nation)

    assert list(table.rows) == ["a", "b", "c"]
    assert [each.against_nation for each in table.rows.values()] == [
        Comparison.WORSE,
        Comparison.BETTER,
        Comparison.SIMILAR,
    ]


def test_two_deaths_are_withheld_with_the_rate_that_would_count_them() -> None:
    counts = quarters(
        {
            "a": [england(400, 100, stayed=398)] * 4,
            "b": [england(400, 100, stayed=390)] * 4,
            "c": [england(400, 100, stayed=380)] * 4,
        }
    )
    decided = decide_groups(counts, [STAYED], POLICY.disclosure)
    period = min(counts)

    assert [g for g in "abc" if decided[NEED].allows(g, period)] == ["a", "b", "c"]
    assert [g for g in "abc" if decided[STAYED].allows(g, period)] == ["b"]


def test_a_measure_is_decided_after_those_beside_it() -> None:
    for measure, beside in COMPARED_WITH.items():
        assert all(IN_ORDER.index(each) < IN_ORDER.index(measure) for each in beside)
    decided = decide_totals(
        months(RISING), [MeasureId.CONTINUITY_REFERRED_STAYED], POLICY.disclosure
    )
    assert len(decided) == 4


def test_welsh_counts_have_series_of_their_own() -> None:
    wait = MeasureId.WALES_WAIT
    counts = {
        Period(PeriodKind.MONTH, shift(FIRST, n)): WalesCounts(
            {Count.WAIT_VALID: 60, Count.WAIT_WITHIN: 50}
        )
        for n in range(3)
    }
    shown = decide_totals(counts, [wait], POLICY.disclosure)[wait]
    found = rate_series(View(DEFINITIONS[wait], shown, POLICY, LATER), WalesCounts, WHOLE, counts)

    assert found.of is WalesCounts
    assert all(each.against_target is None for each in found.figures)


@given(started=st.lists(st.integers(0, 60), min_size=3, max_size=9), need=st.integers(60, 80))
def test_no_count_of_a_withheld_figure_is_in_a_series(started: list[int], need: int) -> None:
    for each in series([england(need, x) for x in started]).figures:
        if each.shown.withheld is not None:
            assert (each.rate, each.interval) == (None, None)
        else:
            assert each.rate is not None
            assert each.rate.x not in range(1, 5)
            assert each.rate.n - each.rate.x not in range(1, 5)
