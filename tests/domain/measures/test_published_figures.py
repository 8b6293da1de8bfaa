"""Published figures are reproduced from their counts, and their traps are known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import Nation
from domain.measures.published import as_printed, implied_denominators
from domain.measures.statistics.proportion import Proportion
from domain.measures.waits import WaitBand
from tests.domain.measures.measured import a_release, after, counted

PRINTED = (
    (10, 26, 0, "38"),
    (16, 26, 1, "61.5"),
    (4_008, 23_230, 0, "17"),
    (212, 500, 0, "42"),
    (94, 257, 0, "37"),
    (118, 243, 0, "49"),
    (148, 148 + 61, 0, "71"),
    (96, 96 + 111, 0, "46"),
    (30, 30 + 165, 0, "15"),
    (3_353, 3_977, 1, "84.3"),
    (3_051, 3_544, 1, "86.1"),
    (620, 1_413, 0, "44"),
    (752, 1_413, 0, "53"),
    (608, 1_404, 0, "43"),
    (612, 1_412, 0, "43"),
)
"""Numerator, denominator, decimals printed, as printed (rules, Published figures)."""


@pytest.mark.parametrize(("x", "n", "decimals", "printed"), PRINTED)
def test_a_published_percentage_comes_out_of_its_counts(
    x: int, n: int, decimals: int, printed: str
) -> None:
    assert str(as_printed(x, n, decimals)) == printed
    assert Proportion.of(x, n).percent == pytest.approx(100 * x / n)


def test_people_for_whom_a_thing_was_not_required_are_left_out() -> None:
    """30 yes, 165 no, 8 not required: 30 of 195 and never of 203."""
    assert as_printed(30, 30 + 165, 1) == Decimal("15.4")
    assert as_printed(30, 30 + 165 + 8, 1) == Decimal("14.8")


def test_the_cohort_of_2019_20_is_reproduced_with_its_interval() -> None:
    rate = Proportion.of(8_708, 25_240)
    lower, upper = rate.interval()

    assert as_printed(*rate, 2) == Decimal("34.50")
    assert (round(100 * lower, 2), round(100 * upper, 2)) == (33.92, 35.09)


def test_a_rounded_denominator_prints_another_rate() -> None:
    """Filling the denominator back from 25,000 would turn the official 34.5 into 34.8."""
    rate = Proportion.of(8_708, 25_000)
    lower, upper = rate.interval()

    assert as_printed(*rate, 2) == Decimal("34.83")
    assert as_printed(*rate, 0) == Decimal(35)
    assert (round(100 * lower, 2), round(100 * upper, 2)) == (34.24, 35.42)
    assert 25_000 not in implied_denominators(8_708, Decimal("34.5"))


def test_the_denominator_of_2019_20_is_known_to_within_73() -> None:
    implied = implied_denominators(8_708, Decimal("34.5"))

    assert (implied[0], implied[-1]) == (25_205, 25_277)
    assert 25_240 in implied


def test_published_changes_are_those_of_unrounded_rates() -> None:
    assert Decimal("38.1") - Decimal("34.5") == Decimal("3.6")
    assert Decimal("38.1") - Decimal("30.3") == Decimal("7.8")
    assert 100 - Decimal("34.5") == Decimal("65.5")


def test_retained_of_all_over_picked_up_is_not_over_four_in_ten() -> None:
    """12% of all and 34% picked up make 35% of those picked up (rules, Conflicts 4)."""
    assert as_printed(12, 34, 0) == Decimal(35)


def test_welsh_rows_with_a_start_before_the_referral_leave_the_sub_total() -> None:
    """3,353 of 3,977 valid: the 65 invalid ones are shown apart."""
    within = a_release(nation=Nation.WALES, referred_on=after(0), started_on=after(5))
    longer = a_release(nation=Nation.WALES, referred_on=after(0), started_on=after(60))
    invalid = a_release(nation=Nation.WALES, referred_on=after(9), started_on=after(5))
    numbers = {name: counted(each) for name, each in (("w", within), ("l", longer), ("i", invalid))}

    totals = {
        name: 3_353 * numbers["w"][name] + 624 * numbers["l"][name] + 65 * numbers["i"][name]
        for name in ("wait_within", "wait_valid", "wait_invalid", "counted")
    }

    assert totals == {
        "wait_within": 3_353,
        "wait_valid": 3_977,
        "wait_invalid": 65,
        "counted": 4_042,
    }
    assert as_printed(totals["wait_within"], totals["wait_valid"], 1) == Decimal("84.3")
    assert numbers["i"][f"wait.{WaitBand.INVALID}"] == 1


@given(x=st.integers(1, 20_000), n=st.integers(1, 60_000), decimals=st.integers(0, 1))
def test_the_true_denominator_is_always_among_the_implied(x: int, n: int, decimals: int) -> None:
    n = max(x, n)
    printed = as_printed(x, n, decimals)
    if printed == 0:
        return

    implied = implied_denominators(x, printed)

    assert n in implied
    assert all(as_printed(x, each, decimals) == printed for each in (implied[0], implied[-1]))
