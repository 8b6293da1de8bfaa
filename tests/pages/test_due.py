from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from api.pages.due import due_tag

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
END_OF_TODAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "text", "colour"),
    [
        (NOW - timedelta(days=2), "Overdue by 2 days", "red"),
        (NOW - timedelta(hours=20), "Overdue by 1 day", "red"),
        (NOW - timedelta(hours=1), "Overdue since 9am", "red"),
        (NOW, "Overdue since 10am", "red"),
        (NOW + timedelta(hours=7), "Due today at 5pm", "yellow"),
        (END_OF_TODAY, "Due today", "yellow"),
        (END_OF_TODAY + timedelta(days=1), "Due tomorrow", "yellow"),
        (NOW + timedelta(days=3), "Due in 3 days", "yellow"),
        (NOW + timedelta(days=4), "Due in 4 days", "green"),
    ],
)
def test_a_due_time_is_said_in_days_and_its_colour_follows(
    due_at: datetime, text: str, colour: str
) -> None:
    assert due_tag(due_at, NOW) == (text, f"govuk-tag--{colour}")


def test_the_end_of_a_summer_day_is_that_day_in_london() -> None:
    now = datetime(2026, 7, 1, 10, tzinfo=UTC)
    midnight_in_london = datetime(2026, 7, 1, 23, tzinfo=UTC)

    assert due_tag(midnight_in_london, now).text == "Due today"
    assert due_tag(midnight_in_london, midnight_in_london).text == "Overdue by 1 day"
