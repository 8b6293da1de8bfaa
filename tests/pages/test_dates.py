from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from api.pages import dates


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(9, 30), "9:30am"),
        (time(12), "midday"),
        (time(12, 30), "12:30pm"),
        (time(17), "5pm"),
    ],
)
def test_a_time_is_said_as_the_style_guide_has_it(at: time, words: str) -> None:
    assert dates.clock(at) == words


def test_an_instant_is_said_in_london_summer_and_winter() -> None:
    assert dates.instant(datetime(2026, 7, 1, 8, tzinfo=UTC)) == "1 July 2026 at 9am"
    assert dates.instant(datetime(2026, 12, 1, 8, tzinfo=UTC)) == "1 December 2026 at 8am"
    assert dates.day_of(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [(21, "today"), (22, "tomorrow"), (20, "yesterday"), (26, "in 5 days"), (1, "20 days ago")],
)
def test_how_far_a_day_is(day: int, words: str) -> None:
    assert dates.days_away(date(2026, 11, day), date(2026, 11, 21)) == words
