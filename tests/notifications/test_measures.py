"""Rule 7: the figures of delivery, worked out from small rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Channel, Severity
from notifications.masking import masked_address
from notifications.measures import (
    PAGES_A_WEEK,
    Climb,
    Sent,
    Tally,
    acknowledging,
    arriving,
    first_level,
    most_within,
    pages_a_week,
    percentile,
    texts_a_week,
)
from notifications.messages import MessageStatus
from notifications.status_words import STATUS_WORDS
from notifications.wires import FaultClass

# The Monday of a week in winter time.
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
HOURS = st.integers(0, 24 * 60).map(lambda hours: MONDAY + timedelta(hours=hours))


def a_climb(
    minutes: int | None, *, level: int = 1, severity: Severity = Severity.S1, top: bool = False
) -> Climb:
    taken_at = None if minutes is None else MONDAY + timedelta(minutes=minutes)
    taken_level = None if minutes is None else level
    return Climb(severity, MONDAY, taken_at, taken_level, level, is_exhausted=top)


def pages(
    count: int, severity: Severity = Severity.S2, who: str = "ann", days: int = 0
) -> list[Sent]:
    return [
        Sent(who, MONDAY + timedelta(days=days, minutes=each), severity) for each in range(count)
    ]


def test_times_are_those_of_the_ladders_that_were_taken_by_severity() -> None:
    climbs = [a_climb(each) for each in range(1, 11)]
    climbs += [a_climb(None, top=True), a_climb(90, severity=Severity.S2)]

    gravest, other = acknowledging(climbs)

    assert gravest == (Severity.S1, 11, 10, 5.5, 9.0, 1)
    assert other == (Severity.S2, 1, 1, 90.0, 90.0, 0)


def test_without_an_acknowledgement_there_is_no_time() -> None:
    (only,) = acknowledging([a_climb(None)])

    assert (only.median_minutes, only.p90_minutes) == (None, None)
    assert acknowledging([]) == ()


def test_the_first_level_counts_what_is_past_it() -> None:
    climbs = [
        *(a_climb(1), a_climb(2), a_climb(3)),
        a_climb(20, level=2),  # somebody else took it
        a_climb(None, level=3, top=True),
        a_climb(None),  # still waits for the first
    ]

    found = first_level(climbs)

    assert (found.taken, found.passed, found.share) == (3, 2, 0.6)
    assert first_level([]).share is None


def test_pages_are_counted_by_person_and_week_and_only_grave_ones_against_the_target() -> None:
    mild = pages(PAGES_A_WEEK + 1, Severity.S3)
    busy = pages(PAGES_A_WEEK + 1, Severity.S1, who="ben")
    enough = pages(PAGES_A_WEEK, who="cal")

    found = pages_a_week([*mild, *busy, *enough])

    assert (found.people, found.total, found.most) == (3, 17, 6)
    assert (found.above, found.target) == (1, PAGES_A_WEEK)


def test_a_week_ends_on_sunday_night_in_london() -> None:
    summer = datetime(2026, 7, 5, 22, 59, tzinfo=UTC)  # a minute before midnight in London
    late = [Sent("ann", summer, Severity.S1)] * 5

    assert pages_a_week([*late, Sent("ann", summer, Severity.S1)]).above == 1
    assert pages_a_week([*late, Sent("ann", summer + timedelta(minutes=1), Severity.S1)]).above == 0


def test_texts_count_in_any_seven_days_whatever_the_week() -> None:
    days = (5, 6, 7, 11)  # Saturday to Friday, across a Monday
    together = [Sent("p1", MONDAY + timedelta(days=each)) for each in days]
    apart = [Sent("p2", MONDAY + timedelta(days=each)) for each in (5, 6, 7, 12)]

    found = texts_a_week([*together, *apart])

    assert (found.people, found.most, found.above, found.target) == (2, 4, 1, 3)


def test_what_arrived_and_what_failed_is_told_by_channel() -> None:
    sms = Channel.SMS
    found = arriving(
        [
            Tally(sms, MessageStatus.DELIVERED, None, 7),
            Tally(sms, MessageStatus.ACCEPTED, None, 2),
            Tally(sms, MessageStatus.FAILED, FaultClass.NUM, 3),
            Tally(sms, MessageStatus.FAILED, None, 1),
            Tally(sms, MessageStatus.SKIPPED, None, 50),
            Tally(Channel.VOICE, MessageStatus.ANSWERED, None, 4),
            Tally(Channel.EMAIL, MessageStatus.QUEUED, None, 9),
        ]
    )

    assert {each.channel: each[1:] for each in found} == {
        sms: (9, 7, {FaultClass.NUM: 3, FaultClass.UNK: 1}),
        Channel.VOICE: (4, 4, {}),
    }


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_the_smallest_value_that_covers_its_share(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)

    assert found in values
    assert sum(each <= found for each in values) >= share * len(values)
    assert sum(each < found for each in values) < share * len(values)


@given(st.lists(HOURS, min_size=1))
def test_the_most_in_a_week_is_what_counting_from_every_instant_finds(
    times: list[datetime],
) -> None:
    week = timedelta(days=7)
    by_hand = max(sum(start <= each < start + week for each in times) for start in times)

    assert most_within(times, week) == by_hand


@given(st.lists(st.tuples(st.sampled_from(["ann", "ben"]), HOURS, st.sampled_from(Severity))))
def test_no_page_is_lost_or_counted_twice(rows: list[tuple[str, datetime, Severity]]) -> None:
    found = pages_a_week(Sent(*each) for each in rows)

    assert found.total == len(rows)
    assert found.people == len({who for who, *_ in rows})
    assert found.above * (PAGES_A_WEEK + 1) <= len(rows)


@pytest.mark.parametrize(
    ("address", "shown"),
    [("+447700900199", "•••• 0199"), ("ada.example@example.org", "a•••@example.org")],
)
def test_an_address_is_recognised_and_cannot_be_used(address: str, shown: str) -> None:
    assert masked_address(address) == shown


def test_every_status_has_words() -> None:
    assert set(STATUS_WORDS) == set(MessageStatus)
