"""The reader of forms, by itself: whatever is typed, it reads or says what to do."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.dates import clock
from api.pages.faults import Fault
from api.pages.forms import FormReader


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


ALL = ("day", "month", "year")
UNREAL = "Date of it must be a real date"


def parts(field: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{field}-day": day, f"{field}-month": month, f"{field}-year": year}


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_real_date_is_read(on: date) -> None:
    form = FormReader(parts("on", str(on.day), f"{on.month:02}", str(on.year)))

    assert form.day("on", "Date of it") == on
    assert form.faults == []


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_anything_else_is_said_to_be_wrong_and_never_raises(
    day: str, month: str, year: str
) -> None:
    form = FormReader(parts("on", day, month, year))

    assert (form.day("on", "Date of it") is None) == bool(form.faults)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (("", "", ""), Fault("on", "Enter the date of it", ALL)),
        (("1", "", "2026"), Fault("on", "Date of it must include a month", ("month",))),
        (
            ("", "", "2026"),
            Fault("on", "Date of it must include a day and month", ALL[:2]),
        ),
        (
            ("31", "2", "2026"),
            Fault("on", UNREAL, ALL),
        ),
        (
            ("1", "1", "1899"),
            Fault("on", UNREAL, ALL),
        ),
        (
            ("²", "1", "2026"),
            Fault("on", UNREAL, ALL),
        ),
    ],
)
def test_a_date_says_which_part_is_wrong(typed: tuple[str, str, str], fault: Fault) -> None:
    form = FormReader(parts("on", *typed))

    assert form.day("on", "Date of it") is None
    assert form.faults == [fault]


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_is_read_as_it_is_shown(at: time) -> None:
    for typed in (clock(at), f"{at:%H:%M}", f"{at:%H.%M}", f" {clock(at).upper()} "):
        assert FormReader({"at": typed}).clock("at", "Time of it") == at


@pytest.mark.parametrize("typed", ["9", "24:00", "13pm", "0am", "9:60", "nine", "9:30pmm", "٩:٣٠"])
def test_a_time_that_may_mean_two_things_or_none_is_not_guessed(typed: str) -> None:
    form = FormReader({"at": typed})

    assert form.clock("at", "Time of it") is None
    assert form.faults == [Fault("at", "Time of it must be a time, such as 9:30am or 14:00")]


@given(st.text())
def test_a_line_is_one_line_without_anything_that_cannot_be_stored(typed: str) -> None:
    found = FormReader({"name": typed}).line("name", longest=100_000)

    if found is not None:
        assert found == found.strip()
        assert not set(found) & {"\x00", "\n", "\r"}


def test_text_that_is_too_long_says_so_and_is_kept_as_typed() -> None:
    form = FormReader({"why": "x" * 11})

    assert form.text("why", longest=10) is None
    assert form.faults == [Fault("why", "Shorten this to 10 characters or fewer")]
    assert form.typed["why"] == "x" * 11


def test_only_what_was_offered_can_be_chosen() -> None:
    form = FormReader({"colour": "green", "place": "LEI", "yes": "maybe"})

    assert form.choice("colour", Colour, "Select a colour") is None
    assert form.option("place", ["HLI"], "Select a place") is None
    assert form.yes_no("yes", "Select yes or no") is None
    assert [each.text for each in form.faults] == [
        "Select a colour",
        "Select a place",
        "Select yes or no",
    ]
    assert FormReader({"colour": "red"}).choice("colour", Colour, "Select") is Colour.RED


def test_the_first_fault_of_a_field_is_the_one_that_shows() -> None:
    form = FormReader({})
    form.refuse("on", "Enter a date")
    form.refuse("on", "Another reason")
    form.refuse("", "The whole form")
    form.refuse("", "is wrong twice")

    assert [each.text for each in form.faults] == [
        "Enter a date",
        "The whole form",
        "is wrong twice",
    ]
