"""How a release is found when its workflow and the record are compared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.commands import RecordDeath
from domain.evolve import REMEMBERED_KEYS
from domain.state import Release
from infra.engine.comparing import Finding, compare, tell_one_story
from tests.builders import Journey, a_screening, all_essentials, naloxone_given


def states() -> list[Release]:
    """Return the states of one journey, from its start to its end."""
    journey = Journey()
    on = journey.now.date()
    told = [journey.state]
    for each in (a_screening(on), all_essentials(on), RecordDeath(on=on)):
        journey.submit(each)
        told.append(journey.state)
    return told


STARTED, SCREENED, READY, CLOSED = states()


@pytest.mark.parametrize(
    ("stored", "said", "is_running", "finding"),
    [
        (SCREENED, SCREENED, True, Finding.AGREED),
        (CLOSED, CLOSED, False, Finding.AGREED),
        (None, SCREENED, True, Finding.UNPROJECTED),
        (None, CLOSED, False, Finding.UNPROJECTED),
        (STARTED, SCREENED, True, Finding.UNPROJECTED),
        (SCREENED, CLOSED, False, Finding.UNPROJECTED),
        (SCREENED, SCREENED, False, Finding.LOST),
        (STARTED, SCREENED, False, Finding.LOST),
        (READY, SCREENED, True, Finding.OUTRUN),
        (CLOSED, SCREENED, False, Finding.OUTRUN),
    ],
)
def test_a_release_is_found(
    stored: Release | None, said: Release, is_running: bool, finding: Finding
) -> None:
    assert compare(stored, said, is_running=is_running) is finding


def test_a_record_of_the_same_number_that_differs_is_written_again() -> None:
    damaged = SCREENED.model_copy(update={"prison": "XXI"})

    assert compare(damaged, SCREENED, is_running=True) is Finding.UNPROJECTED


def fork() -> tuple[Release, Release]:
    """Return two states that went on differently from one start."""
    ways = []
    for command in (all_essentials, naloxone_given):
        journey = Journey()
        journey.submit(a_screening(journey.now.date()), key="together")
        journey.submit(command(journey.now.date()))
        ways.append(journey.state)
    return ways[0], ways[1]


def test_two_stores_that_each_know_what_the_other_does_not_are_for_a_person() -> None:
    one, other = fork()

    assert compare(one, other, is_running=True) is Finding.FORKED
    assert compare(other, one, is_running=True) is Finding.FORKED


def test_what_fell_due_by_itself_makes_no_other_story() -> None:
    journey = Journey()
    before = journey.state

    journey.wait_until(journey.now + timedelta(days=20))

    assert journey.state.seq > before.seq
    assert tell_one_story(before, journey.state)


def test_submissions_that_were_forgotten_make_no_other_story() -> None:
    journey = Journey()
    on = journey.now.date()
    for number in range(REMEMBERED_KEYS):
        journey.submit(all_essentials(on), key=f"many-{number}")
    before = journey.state
    for number in range(20):
        journey.submit(all_essentials(on), key=f"more-{number}")

    assert tell_one_story(before, journey.state)
