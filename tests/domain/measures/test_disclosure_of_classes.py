"""Medians, Welsh bands and counts of data quality, as they leave the service."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures.counts import EnglandCounts, WalesCounts
from domain.measures.disclosure.classes import (
    DisclosedMedian,
    decide_bands,
    disclosed_median,
    told_counts,
)
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.publishing import Withheld
from domain.measures.periods import Period, PeriodKind
from domain.measures.waits import WaitBand
from tests.domain.measures.attacker import Attacker, Secret

POLICY = DisclosurePolicy()
QUARTER = Period(PeriodKind.QUARTER, date(2026, 6, 1))


def test_a_median_tells_the_days_and_not_of_how_many() -> None:
    counts = EnglandCounts({"days.2": 3, "days.4": 5, "days.30": 1})

    found = disclosed_median(counts, 84, POLICY, shown=True)

    assert found == DisclosedMedian("4 days", 4.0)
    assert "9" not in repr(found)


@pytest.mark.parametrize(
    ("days", "shown", "why"),
    [
        ({"days.2": 4}, True, Withheld.SMALL_NUMBERS),
        ({"days.2": 40}, False, Withheld.SMALL_NUMBERS),
        ({}, True, Withheld.NO_RELEASES),
    ],
)
def test_a_median_is_withheld_with_its_rate_and_of_few(
    days: dict[str, int], shown: bool, why: Withheld
) -> None:
    found = disclosed_median(EnglandCounts(days), 84, POLICY, shown=shown)

    assert found == DisclosedMedian(withheld=why)


def test_a_few_long_waits_are_hidden_with_the_next_smallest() -> None:
    bands = {
        WaitBand.WITHIN_STANDARD: 300,
        WaitBand.TO_THREE_MONTHS: 40,
        WaitBand.TO_SIX_MONTHS: 12,
        WaitBand.TO_NINE_MONTHS: 2,
        WaitBand.INVALID: 7,
        WaitBand.NOT_STARTED: 60,
    }
    counts = WalesCounts({f"wait.{band}": count for band, count in bands.items()})

    shown = decide_bands({QUARTER: counts}, POLICY)

    hidden = {band for band in bands if not shown.allows(band, QUARTER)}
    assert hidden == {WaitBand.TO_NINE_MONTHS, WaitBand.TO_SIX_MONTHS}


@given(
    counts=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 20), min_size=2).filter(
        lambda found: sum(found.values()) > POLICY.primary_max
    )
)
def test_no_small_count_can_be_worked_out_from_the_sum(counts: dict[str, int]) -> None:
    told = told_counts(counts, POLICY)
    published = [(tuple(counts), sum(counts.values()))]
    published += [((name,), count) for name, count in told.items() if count is not None]
    secrets = [
        Secret(name, (name,), counts[name])
        for name, count in told.items()
        if count is None and counts[name] <= POLICY.primary_max
    ]

    assert Attacker(published).worked_out(secrets) == []
    assert all(count is None for name, count in told.items() if 1 <= counts[name] <= 4)


def test_a_small_reason_takes_the_next_smallest_with_it() -> None:
    counts = {"merged": 2, "started_before_release": 6, "under_age": 0, "overlapping_release": 40}

    assert told_counts(counts, POLICY) == {
        "merged": None,
        "started_before_release": None,
        "under_age": 0,
        "overlapping_release": 40,
    }
