"""Statistics against published values, and what holds for every proportion."""

from __future__ import annotations

from datetime import date
from math import sqrt
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures.periods import Period, PeriodKind, shift
from domain.measures.statistics.comparing import Change, Comparison, compare, difference
from domain.measures.statistics.medians import median_days
from domain.measures.statistics.proportion import Proportion
from domain.measures.statistics.trending import Trend, trend
from domain.measures.statistics.wilson import Confidence, ProportionError, wilson

PUBLISHED = (
    (65, 100, (0.55254443296888, 0.73635751756902), (0.49549465740704, 0.77835406140897)),
    (1045, 5000, (0.19795549880013, 0.22049130373189), (0.19179381799015, 0.22731562902526)),
    (1, 100, (0.00176743206414, 0.05448619617870), (0.00087306569730, 0.10455445283706)),
    (5, 100, (0.02154367915437, 0.11175046923192), (0.01386532072602, 0.16458852282596)),
    (20, 100, (0.13336693333103, 0.28882916559316), (0.10519162066711, 0.34711094170086)),
    (9856, 12345, (0.79121017529091, 0.80536400736149), (0.78699241084191, 0.80930614125896)),
    (222, 3215, (0.06079169036366, 0.07833956681384), (0.05647101964625, 0.08418414187013)),
    (999, 3456, (0.27418951080010, 0.30440389662818), (0.26583995768075, 0.31344754492800)),
)
"""PHEindicatormethods, test sheet of proportions.

Our copy has two misprints, put right here: 0.01386532602718 dropped a group of digits and
0.78699240841191 swapped two. The limits opposite them, from the same formula, show which.
"""

NEWCOMBE = (
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
)
"""Newcombe 1998, table II, method 10: later, earlier, limits of the difference."""

PROPORTIONS = st.integers(1, 30_000).flatmap(
    lambda n: st.integers(0, n).map(lambda x: Proportion.of(x, n))
)


@pytest.mark.parametrize(("x", "n", "usual", "wide"), PUBLISHED)
def test_wilson_equals_the_published_values(
    x: int, n: int, usual: tuple[float, float], wide: tuple[float, float]
) -> None:
    assert wilson(x, n) == pytest.approx(usual, abs=1e-9, rel=0)
    found = wilson(x, n, Confidence.NINETY_NINE_POINT_EIGHT)
    assert found == pytest.approx(wide, abs=1e-9, rel=0)


@pytest.mark.parametrize(
    ("x", "n", "low", "high"), [(0, 7, 0.0, 0.354330), (7, 7, 0.645670, 1.0), (1, 1, 0.206549, 1.0)]
)
def test_wilson_holds_at_none_and_at_all(x: int, n: int, low: float, high: float) -> None:
    assert wilson(x, n) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize(("x", "n"), [(0, 0), (1, 0), (-1, 5), (6, 5), (1, -3)])
def test_what_is_no_proportion_is_refused(x: int, n: int) -> None:
    with pytest.raises(ProportionError, match="not 0%"):
        wilson(x, n)
    with pytest.raises(ProportionError, match="not 0%"):
        Proportion.of(x, n)


@given(rate=PROPORTIONS, confidence=st.sampled_from(Confidence))
def test_each_limit_is_where_the_score_test_just_stops_to_refuse(
    rate: Proportion, confidence: Confidence
) -> None:
    for limit in rate.interval(confidence):
        score = confidence.value * sqrt(limit * (1 - limit) / rate.n)
        assert abs(rate.value - limit) == pytest.approx(score, abs=1e-9)


@given(rate=PROPORTIONS)
def test_an_interval_holds_its_rate_and_a_surer_one_is_wider(rate: Proportion) -> None:
    lower, upper = rate.interval()
    lowest, highest = rate.interval(Confidence.NINETY_NINE_POINT_EIGHT)

    assert 0 <= lowest <= lower <= rate.value <= upper <= highest <= 1
    assert lower < upper


@given(rate=PROPORTIONS)
def test_the_interval_of_the_others_is_the_mirror_image(rate: Proportion) -> None:
    lower, upper = rate.interval()
    others = Proportion.of(rate.n - rate.x, rate.n).interval()

    assert others == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@given(rate=PROPORTIONS, times=st.integers(2, 9))
def test_more_releases_at_the_same_rate_narrow_the_interval(rate: Proportion, times: int) -> None:
    lower, upper = rate.interval()
    closer = Proportion.of(rate.x * times, rate.n * times).interval()

    assert closer.upper - closer.lower < upper - lower


@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [
        (800, 1000, Comparison.BETTER),
        (700, 1000, Comparison.WORSE),
        (76, 100, Comparison.SIMILAR),
        (8_708, 25_240, Comparison.WORSE),
    ],
)
def test_a_rate_is_compared_with_the_ambition(x: int, n: int, expected: Comparison) -> None:
    assert compare(Proportion.of(x, n), 0.75) is expected


def test_a_reference_on_the_limit_is_similar() -> None:
    rate = Proportion.of(65, 100)

    assert compare(rate, rate.interval().lower) is Comparison.SIMILAR
    assert compare(rate, rate.interval().upper) is Comparison.SIMILAR


@pytest.mark.parametrize(("later", "earlier", "limits"), NEWCOMBE)
def test_a_difference_has_the_published_limits(
    later: tuple[int, int], earlier: tuple[int, int], limits: tuple[float, float]
) -> None:
    found = difference(Proportion.of(*earlier), Proportion.of(*later))

    assert (found.lower / 100, found.upper / 100) == pytest.approx(limits, abs=0.00006)
    assert (found.change is Change.ROSE) == (limits[0] > 0)


def test_rounded_rates_would_give_another_change() -> None:
    """43 after 37 is called a 5 point rise: only the parts were rounded (rules, Change)."""
    found = difference(Proportion.of(3_735, 10_000), Proportion.of(4_258, 10_000))

    assert round(found.points) == 5
    assert round(42.58) - round(37.35) == 6


@given(earlier=PROPORTIONS, later=PROPORTIONS)
def test_a_change_read_backwards_is_the_opposite(earlier: Proportion, later: Proportion) -> None:
    there, back = difference(earlier, later), difference(later, earlier)
    opposite = {
        Change.ROSE: Change.FELL,
        Change.FELL: Change.ROSE,
        Change.NO_CLEAR_CHANGE: Change.NO_CLEAR_CHANGE,
    }

    assert back.change is opposite[there.change]
    assert there.points == pytest.approx(-back.points)
    assert there.lower <= there.points <= there.upper


@given(rate=PROPORTIONS)
def test_an_equal_rate_never_rose_or_fell(rate: Proportion) -> None:
    assert difference(rate, rate).change is Change.NO_CLEAR_CHANGE


def _quarters(*rates: tuple[int, int] | None) -> list[tuple[Period, Proportion | None]]:
    first = date(2024, 3, 1)
    return [
        (
            Period(PeriodKind.QUARTER, shift(first, 3 * n)),
            None if each is None else Proportion.of(*each),
        )
        for n, each in enumerate(rates)
    ]


RISING = [(300, 1000), (340, 1000), (380, 1000), (420, 1000), (460, 1000)]


def test_a_steady_rise_is_a_trend() -> None:
    assert trend(_quarters(*RISING)) is Trend.INCREASING
    assert trend(_quarters(*reversed(RISING))) is Trend.DECREASING


def test_four_points_are_too_few_and_hidden_ones_do_not_count() -> None:
    assert trend(_quarters(*RISING[:4])) is Trend.CANNOT_BE_CALCULATED
    assert trend(_quarters(*RISING[:2], None, *RISING[3:])) is Trend.CANNOT_BE_CALCULATED
    assert trend(_quarters(*RISING[:2], None, *RISING[2:])) is Trend.INCREASING


def test_only_the_latest_five_count() -> None:
    assert trend(_quarters((900, 1000), (900, 1000), *RISING)) is Trend.INCREASING


def test_no_single_point_may_make_the_trend() -> None:
    flat = [(320, 1000), (310, 1000), (300, 1000), (290, 1000)]

    assert trend(_quarters(*flat, (900, 1000))) is Trend.NO_SIGNIFICANT_TREND


def test_few_releases_show_no_trend() -> None:
    assert trend(_quarters(*((x // 100, 10) for x, _ in RISING))) is Trend.NO_SIGNIFICANT_TREND


def test_rolling_years_share_months_so_they_have_no_trend() -> None:
    years = [
        (Period(PeriodKind.YEAR, shift(date(2025, 1, 1), n)), Proportion.of(*each))
        for n, each in enumerate(RISING)
    ]

    assert trend(years) is Trend.CANNOT_BE_CALCULATED


@given(
    rates=st.lists(
        st.integers(5, 4_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=5,
        max_size=5,
    )
)
def test_a_trend_read_backwards_is_the_opposite(rates: list[tuple[int, int]]) -> None:
    opposite = {Trend.INCREASING: Trend.DECREASING, Trend.DECREASING: Trend.INCREASING}
    there = trend(_quarters(*rates))

    assert trend(_quarters(*reversed(rates))) is opposite.get(there, there)


@given(days=st.lists(st.integers(0, 84), min_size=1, max_size=60))
def test_the_median_of_counts_is_the_median_of_the_days(days: list[int]) -> None:
    by_day = {str(day): days.count(day) for day in set(days)}

    found = median_days(by_day, 84)

    assert found is not None
    assert (found.days, found.of) == (median(days), len(days))


def test_a_median_beyond_the_last_day_says_so() -> None:
    found = median_days({"3": 1, "85+": 2}, 84)

    assert found is not None
    assert (found.days, found.words) == (None, "more than 84 days")
    assert median_days({}, 84) is None
    half = median_days({"4": 1, "5": 1}, 84)
    assert half is not None
    assert half.words == "4.5 days"
