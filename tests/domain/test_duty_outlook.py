"""What people read ahead is what a page would find, at every instant of it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.duty.outlook import Stretch, stretches
from domain.duty.posts import Post
from domain.duty.rota import Absence, OnDuty, Shift, Unfilled, on_duty
from domain.duty.splicing import Period
from tests.domain.duty_builders import LEEDS, MONDAY, absence, hours, shift

DAY = Period(LEEDS, Post.DUTY, MONDAY, MONDAY + hours(24))
PEOPLE = st.sampled_from(("ada", "ben", "cal"))
SPANS = st.tuples(st.integers(-5, 20), st.one_of(st.none(), st.integers(1, 10)))


def until(start: int, length: int | None) -> int | None:
    return None if length is None else start + length


SHIFTS = st.lists(
    st.builds(lambda who, span: shift(who, span[0], until(*span)), PEOPLE, SPANS), max_size=5
)
ABSENCES = st.lists(
    st.builds(
        lambda who, span, cover: absence(who, span[0], until(*span), cover),
        PEOPLE,
        SPANS,
        st.one_of(st.none(), PEOPLE),
    ),
    max_size=4,
)


def told(found: tuple[Stretch, ...]) -> list[tuple[float, float | None, OnDuty | Unfilled]]:
    def hour(each: Stretch) -> tuple[float, float | None, OnDuty | Unfilled]:
        ends = None if each.ends_at is None else (each.ends_at - MONDAY) / hours(1)
        return (each.starts_at - MONDAY) / hours(1), ends, each.held

    return [hour(each) for each in found]


def test_now_next_cover_and_an_empty_rota_follow_one_another() -> None:
    rota = [shift("ada", -4, 8), shift("ben", 8, 20)]

    found = stretches(rota, [absence("ben", 12, None, "cal")], DAY)

    assert told(found) == [
        (0, 8, OnDuty("ada", None)),
        (8, 12, OnDuty("ben", None)),
        (12, 20, OnDuty("cal", "ben")),
        (20, 24, Unfilled.EMPTY_ROTA),
    ]
    assert [each.is_empty for each in found] == [False, False, False, True]
    assert [each.shift for each in found] == [rota[0], rota[1], rota[1], None]


def test_without_any_shift_it_is_one_empty_stretch() -> None:
    assert told(stretches([], [], DAY)) == [(0, 24, Unfilled.EMPTY_ROTA)]


def test_a_period_without_an_end_tells_who_stays() -> None:
    found = stretches([shift("ada", 6, None)], [], DAY._replace(ends_at=None))

    assert told(found) == [(0, 6, Unfilled.EMPTY_ROTA), (6, None, OnDuty("ada", None))]


def test_two_shifts_of_one_person_stay_two_since_each_can_be_changed() -> None:
    rota = [shift("ada", 0, 8), shift("ada", 8, 24)]

    assert [each.shift for each in stretches(rota, [], DAY)] == rota


@given(rota=SHIFTS, away=ABSENCES, hour=st.integers(0, 23))
def test_at_every_instant_it_says_what_a_page_would_find(
    rota: list[Shift], away: list[Absence], hour: int
) -> None:
    at = MONDAY + hours(hour)

    found = stretches(rota, away, DAY)

    there = [
        each for each in found if each.starts_at <= at and (not each.ends_at or at < each.ends_at)
    ]
    assert [each.held for each in there] == [on_duty(rota, away, LEEDS, Post.DUTY, at)]
    assert (found[0].starts_at, found[-1].ends_at) == (DAY.starts_at, DAY.ends_at)
    for one, other in pairwise(found):
        assert one.ends_at == other.starts_at
        assert (one.shift, one.held) != (other.shift, other.held)
