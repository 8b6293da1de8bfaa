"""Times of rotas as people write them, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duty.wall_time import in_words, parse_moment
from domain.identifiers import FieldError

INSTANTS = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2031, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("text", "expected_at"),
    [
        ("2026-11-23 08:00", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        ("2026-07-01T08:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-07-01T08:00:00Z", datetime(2026, 7, 1, 8, tzinfo=UTC)),
        ("2026-07-01 08:00+01:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-10-25 01:30 BST", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-10-25 01:30GMT", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_london_time_or_an_instant_is_read(text: str, expected_at: datetime) -> None:
    assert parse_moment(text, field="starts_at") == expected_at


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-10-25 01:30", "happens twice"),
        ("2027-03-28 01:30", "does not happen"),
        ("2026-07-01 12:00 GMT", "other clock"),
        ("2026-02-30 08:00", "no such day"),
        ("2026-02-20 24:00", "no such day or time"),
        ("23/11/2026 08:00", "as 2026-11-23 08:00"),
        ("2026-11-23", "as 2026-11-23 08:00"),
        ("1926-11-23 08:00", "as 2026-11-23 08:00"),
        ("２026-11-23 08:00", "as 2026-11-23 08:00"),  # noqa: RUF001 - a foreign digit
        ("", "as 2026-11-23 08:00"),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(FieldError, match=reason) as refused:
        parse_moment(text, field="starts_at")

    assert refused.value.field == "starts_at"


@given(at=INSTANTS)
def test_an_instant_in_iso_form_reads_back(at: datetime) -> None:
    assert parse_moment(at.isoformat(), field="starts_at") == at


@given(at=INSTANTS)
def test_words_tell_two_neighbouring_hours_apart(at: datetime) -> None:
    assert in_words(at) != in_words(at + timedelta(hours=1))


def test_words_name_the_clock_only_when_an_hour_happens_twice() -> None:
    assert in_words(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "Sun 25 Oct 2026 01:30 BST"
    assert in_words(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "Sun 25 Oct 2026 01:30 GMT"
    assert in_words(datetime(2026, 7, 1, 7, tzinfo=UTC)) == "Wed 1 Jul 2026 08:00"
