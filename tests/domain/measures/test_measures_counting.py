"""Counting: an explanation agrees with the counts, the counts add up, nobody is lost."""

from __future__ import annotations

import operator
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codes import Nation, TreatmentNeed
from domain.measures.acknowledging import answered_within
from domain.measures.counting import NOTHING, BothNations, total
from domain.measures.counts import Count, Counts, EnglandCounts, NationsMixedError, WalesCounts
from domain.measures.definitions import DEFINITIONS
from domain.measures.funnel import Stage, reached
from domain.measures.membership import memberships
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.release import MeasuredRelease
from domain.measures.waits import VALID
from tests.domain.bank_holidays import CALENDAR
from tests.domain.measures.measured import ANY_RELEASE, a_release, after, counted

MANY = st.lists(ANY_RELEASE, max_size=12)


@given(release=ANY_RELEASE)
def test_the_explanation_of_a_release_agrees_with_what_is_counted(
    release: MeasuredRelease,
) -> None:
    numbers = counted(release)

    for each in memberships(release, DEFAULT_MEASURES, CALENDAR):
        definition = DEFINITIONS[each.measure]
        if release.nation in definition.nations:
            assert numbers[str(definition.denominator)] == each.counted
            assert each.reached <= each.counted
        else:
            assert not each.counted
        assert each.words.endswith(".")
        assert "{" not in each.words


@given(release=ANY_RELEASE)
def test_every_release_is_counted_or_excluded_once(release: MeasuredRelease) -> None:
    numbers = counted(release)

    assert numbers[Count.RELEASES] == 1
    assert numbers[Count.COUNTED] + sum(numbers.family("excluded").values()) == 1
    if numbers[Count.COUNTED]:
        known = (Count.NEED, Count.NO_NEED, Count.NOT_SCREENED)
        assert sum(numbers[each] for each in known) == 1
    else:
        assert len(numbers) == 2


@given(releases=MANY)
def test_counting_many_is_adding_one_by_one(releases: list[MeasuredRelease]) -> None:
    one_by_one = NOTHING
    for each in releases:
        one = counted(each)
        if isinstance(one, EnglandCounts):
            one_by_one = one_by_one.plus(BothNations(one, WalesCounts()))
        else:
            one_by_one = one_by_one.plus(BothNations(EnglandCounts(), one))

    assert total(releases, DEFAULT_MEASURES, CALENDAR) == one_by_one


@given(releases=MANY, order=st.randoms(use_true_random=False))
def test_the_order_of_releases_does_not_matter(
    releases: list[MeasuredRelease], order: Random
) -> None:
    shuffled = list(releases)
    order.shuffle(shuffled)

    assert total(shuffled, DEFAULT_MEASURES, CALENDAR) == total(
        releases, DEFAULT_MEASURES, CALENDAR
    )


@given(releases=MANY)
def test_no_numerator_is_larger_than_its_denominator(releases: list[MeasuredRelease]) -> None:
    for numbers in total(releases, DEFAULT_MEASURES, CALENDAR):
        for each in DEFINITIONS.values():
            if each.is_proportion:
                assert numbers[str(each.numerator)] <= numbers[str(each.denominator)]


@given(releases=MANY)
def test_a_welsh_destination_is_never_lost(releases: list[MeasuredRelease]) -> None:
    england, wales = total(releases, DEFAULT_MEASURES, CALENDAR)

    assert england[Count.RELEASES] + wales[Count.RELEASES] == len(releases)
    assert wales[Count.RELEASES] == sum(each.nation is Nation.WALES for each in releases)


@given(releases=MANY)
def test_the_funnel_never_widens_and_starts_and_ends_with_the_rates(
    releases: list[MeasuredRelease],
) -> None:
    england, _ = total(releases, DEFAULT_MEASURES, CALENDAR)
    stages = reached(england.family("furthest"))
    in_order = list(stages.values())

    assert in_order == sorted(in_order, reverse=True)
    assert stages[Stage.SCREENED] == england[Count.NEED]
    assert stages[Stage.STARTED] == england[Count.NEED_STARTED]
    assert stages[Stage.RETAINED] == england[Count.RETAINED]


@given(releases=MANY)
def test_the_welsh_bands_add_up_to_everybody_counted(releases: list[MeasuredRelease]) -> None:
    _, wales = total(releases, DEFAULT_MEASURES, CALENDAR)
    bands = wales.family("wait")

    assert sum(bands.values()) == wales[Count.COUNTED]
    assert sum(bands.get(each, 0) for each in VALID) == wales[Count.WAIT_VALID]
    with_dna = wales[Count.WAIT_VALID] + wales[Count.WAIT_DID_NOT_ATTEND]
    assert with_dna == wales[Count.WAIT_VALID_OR_DID_NOT_ATTEND]


@given(releases=MANY, minutes=st.sampled_from((5, 60, 1_440)))
def test_acknowledgement_buckets_agree_with_the_minutes(
    releases: list[MeasuredRelease], minutes: int
) -> None:
    kept = [each for each in releases if counted(each)[Count.COUNTED]]
    times = [ack for each in kept for ack in each.acknowledgements]
    both = total(releases, DEFAULT_MEASURES, CALENDAR)

    found = [
        answered_within(numbers.family(f"ack.{severity}"), minutes)
        for numbers in both
        for severity in ("S1", "S2", "S3", "S4")
    ]

    assert sum(of for _, of in found) == len(times)
    soon = sum(each.minutes is not None and each.minutes <= minutes for each in times)
    assert sum(within for within, _ in found) == soon


def test_the_two_nations_cannot_be_added() -> None:
    england, wales = EnglandCounts({"need": 1}), WalesCounts({"need": 1})
    add: Callable[[Counts, Counts], Counts] = operator.add

    with pytest.raises(NationsMixedError, match="never added"):
        add(england, wales)

    assert england != wales


def test_counts_of_many_releases_are_one_sum() -> None:
    releases = [
        a_release(started_on=after(5)),
        a_release(),
        a_release(need=TreatmentNeed.NOT_NEEDED),
    ]

    added = total(releases, DEFAULT_MEASURES, CALENDAR).england

    assert (added[Count.NEED], added[Count.NEED_STARTED], added[Count.NO_NEED]) == (2, 1, 1)
    assert added["never_counted"] == 0
