"""The invented people, moved to the present."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from infra.demo.lives import ANCHOR
from infra.demo.people import present_people
from infra.reference_data.loading import load_reference_data

REFERENCE = load_reference_data()


def test_on_the_anchor_itself_nobody_is_moved() -> None:
    first = present_people(REFERENCE, ANCHOR)

    assert present_people(REFERENCE, ANCHOR + timedelta(days=6)) == first
    assert present_people(REFERENCE, ANCHOR + timedelta(days=7)) != first


@pytest.mark.parametrize("days", [-30, 7, 8, 13, 300])
def test_everybody_is_moved_by_the_same_whole_weeks(days: int) -> None:
    today = ANCHOR + timedelta(days=days)

    pairs = zip(present_people(REFERENCE, ANCHOR), present_people(REFERENCE, today), strict=True)
    shifts = {
        each
        for before, after in pairs
        for each in (
            after.scheduled_on - before.scheduled_on,
            after.reception_on - before.reception_on,
        )
    }

    assert len(shifts) == 1
    (shift,) = shifts
    assert shift % timedelta(weeks=1) == timedelta()
    assert timedelta() <= today - (ANCHOR + shift) < timedelta(weeks=1)


def test_birthdays_and_names_stay() -> None:
    moved = present_people(REFERENCE, date(2027, 6, 1))

    for before, after in zip(present_people(REFERENCE, ANCHOR), moved, strict=True):
        kept = {"reception_on", "scheduled_on"}
        assert before.model_dump(exclude=kept) == after.model_dump(exclude=kept)


def test_nobody_is_received_in_the_future() -> None:
    for days in range(7):
        today = ANCHOR + timedelta(days=700 + days)
        assert all(each.reception_on < today for each in present_people(REFERENCE, today))
