"""A period of a rota is replaced exactly, and nothing outside it changes."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.duty.posts import Post
from domain.duty.rota import OnDuty, Shift, Unfilled, on_duty
from domain.duty.splicing import Period, outside, period_of, relevant
from tests.domain.duty_builders import LEEDS, MONDAY, hours, shift

HOURS = st.integers(0, 30)
STORED = st.lists(st.integers(1, 6), max_size=5).flatmap(
    lambda lengths: st.booleans().map(lambda is_open: rota(lengths, is_open=is_open))
)
PERIODS = st.tuples(HOURS, st.one_of(st.none(), st.integers(1, 20))).map(
    lambda span: Period(
        LEEDS,
        Post.DUTY,
        MONDAY + hours(span[0]),
        None if span[1] is None else MONDAY + hours(span[0] + span[1]),
    )
)


def rota(lengths: list[int], *, is_open: bool) -> list[Shift]:
    """Shifts one after another, the last perhaps without an end."""
    found, start = [], 0
    for place, length in enumerate(lengths):
        is_last = place == len(lengths) - 1
        end = None if is_open and is_last else start + length
        found.append(shift(f"person-{place}", start, end))
        start += length
    return found


def holder(shifts: list[Shift], at: datetime) -> OnDuty | Unfilled:
    return on_duty(shifts, [], LEEDS, Post.DUTY, at)


@given(stored=STORED, period=PERIODS)
def test_only_what_lies_in_the_period_is_cut_out(stored: list[Shift], period: Period) -> None:
    left = list(outside(stored, period))

    for hour in range(70):
        at = MONDAY + hours(hour / 2)
        inside = period.starts_at <= at and (period.ends_at is None or at < period.ends_at)
        expected = Unfilled.EMPTY_ROTA if inside else holder(stored, at)
        assert holder(left, at) == expected


@given(stored=STORED.filter(bool))
def test_replacing_a_rota_by_itself_leaves_nothing_outside(stored: list[Shift]) -> None:
    assert outside(stored, period_of(stored)) == ()


def test_what_is_over_need_not_be_joined() -> None:
    stored = [shift("ada", 0, 8), shift("ben", 8, 16)]
    period = Period(LEEDS, Post.DUTY, MONDAY + hours(20), None)

    assert relevant(stored, period, MONDAY + hours(16)) == ()
    assert relevant(stored, period, MONDAY + hours(12)) == (stored[1],)
