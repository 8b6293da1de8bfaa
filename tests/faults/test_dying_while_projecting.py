"""A worker dies between the read model's commit and the end of its workflow task (ADR 0007)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from domain.commands import Submission
from domain.errors import Refused
from infra.engine import OutcomeUnknownError
from notifications.notices import notices
from tests.builders import (
    a_plan,
    a_screening,
    a_submission,
    all_essentials,
    at,
    the_rules,
)
from tests.driving import Running
from tests.faults.conftest import Mortal
from tests.faults.dying_worker import BEFORE, IN_TASK

SOON = timedelta(seconds=1)


async def kill_it_at_the_first_lapse(
    mortal: Mortal, release: Running, death: str
) -> asyncio.Task[None]:
    """Let the screening fall due; the worker dies over it, and the clock waits for another."""
    worker = mortal.workers[-1]
    mortal.ask_to_die(death)
    lapses_on = release.leaves_on - timedelta(days=80)
    moving = asyncio.create_task(release.wait_until(at(lapses_on, 18)))
    await mortal.died(worker)
    return moving


async def check_conserved(mortal: Mortal, release: Running) -> None:
    """The stored trail is the workflow's journal, event by event, and so are the notices."""
    status, journal = await release.status(), await release.journal()
    stored = mortal.record.events(release.release_id)
    assert stored == list(journal)
    assert [each.seq for each in stored] == list(range(1, len(stored) + 1))
    assert mortal.record.release(release.release_id) == status.release
    told = notices(status.release, journal, the_rules().policy)
    assert mortal.record.notice_ids(release.release_id) == sorted(each.id for each in told)


@pytest.mark.parametrize("death", [BEFORE, IN_TASK])
async def test_a_wake_up_that_is_told_twice_tells_the_same_story(
    mortal: Mortal, death: str
) -> None:
    mortal.start_worker()
    release = await mortal.bench.begin(task_within=SOON)

    moving = await kill_it_at_the_first_lapse(mortal, release, death)
    written = mortal.record.events(release.release_id)
    mortal.start_worker()
    await moving

    assert ("step_lapsed" in [each.kind for each in written]) is (death == IN_TASK)
    assert mortal.record.events(release.release_id)[: len(written)] == written
    await check_conserved(mortal, release)


async def until_answered(release: Running, submission: Submission) -> None:
    """Send again, with the same key, until the answer is definite, as every client must."""
    while True:
        try:
            await release.send(submission)
        except OutcomeUnknownError:
            continue
        except Refused:
            return
        else:
            return


def the_screening(release: Running) -> Submission:
    return a_submission(a_screening(release.leaves_on - timedelta(days=83)), key="screening")


def the_essentials(release: Running) -> Submission:
    return a_submission(all_essentials(release.leaves_on - timedelta(days=84)), key="essentials")


def too_early(release: Running) -> Submission:
    return a_submission(a_plan(release.leaves_on + timedelta(days=900)), key="early")


ASKED = {
    "two people": (the_screening, the_essentials),
    "a repeat": (the_essentials,),
    "a refusal": (too_early,),
}


@pytest.mark.parametrize("asked", ASKED)
async def test_people_who_ask_before_the_retry_are_recorded_after_what_fell_due(
    mortal: Mortal, asked: str
) -> None:
    mortal.start_worker()
    release = await mortal.bench.begin(task_within=SOON)
    if asked == "a repeat":
        await release.send(the_essentials(release))

    moving = await kill_it_at_the_first_lapse(mortal, release, IN_TASK)
    sent = [each(release) for each in ASKED[asked]]
    answers = [asyncio.create_task(until_answered(release, each)) for each in sent]
    await asyncio.sleep(0.2)  # so that they are waiting at the server when a worker comes
    mortal.start_worker()
    await asyncio.gather(*answers, moving)

    await check_conserved(mortal, release)
    keys = [each.key for each in mortal.record.events(release.release_id) if each.key]
    expected = [] if asked == "a refusal" else sorted(each.key for each in sent)
    assert sorted(keys) == expected


async def test_a_start_whose_worker_dies_is_told_once(mortal: Mortal) -> None:
    worker = mortal.start_worker()
    mortal.ask_to_die(IN_TASK)

    beginning = asyncio.create_task(mortal.bench.begin(task_within=SOON, half_way=True))
    await mortal.died(worker)
    mortal.start_worker()
    release = await beginning
    await until_answered(release, the_essentials(release))

    await check_conserved(mortal, release)
