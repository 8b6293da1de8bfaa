"""What people submit: refused without a trace, or recorded once and shown before it is answered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateStage

from domain.commands import MoveReleaseDate, RecordRelease, Submission
from domain.errors import Refusal, Refused
from domain.journey import Step
from domain.london_time import london_date
from domain.state import StepStatus
from infra.engine import OutcomeUnknownError
from infra.engine.failures import translated
from tests.builders import a_submission, all_essentials, naloxone_given
from tests.driving import Bench, Running, update_id
from workflows.release import ReleaseWorkflow


def essentials(release: Running, key: str = "key-of-hers") -> Submission:
    return a_submission(all_essentials(release.new.reception_on), key=key)


async def test_an_answer_comes_once_the_read_model_shows_what_was_recorded(bench: Bench) -> None:
    release = await bench.begin()

    outcome = await release.send(essentials(release))

    assert release.shown.seq == outcome.seq
    assert release.shown.steps[Step.ESSENTIALS].status is StepStatus.DONE


async def test_a_refusal_leaves_no_trace_and_its_key_works_once_it_is_corrected(
    bench: Bench,
) -> None:
    release = await bench.begin()
    before = await release.history_length()
    tomorrow = release.new.reception_on + timedelta(days=1)

    with pytest.raises(Refused) as refused:
        await release.submit(all_essentials(tomorrow), key="key-1")
    left = await release.history_length() - before
    corrected = await release.submit(all_essentials(release.new.reception_on), key="key-1")

    assert refused.value.code is Refusal.DATE_IN_FUTURE
    assert refused.value.field == "on"
    assert left == 0
    assert corrected.seq == release.shown.seq


async def test_the_same_submission_twice_is_recorded_once(bench: Bench) -> None:
    release = await bench.begin()

    first = await release.send(essentials(release))
    length = await release.history_length()
    second = await release.send(essentials(release))

    assert second.seq == first.seq
    assert release.kinds().count("essentials_recorded") == 1
    assert await release.history_length() == length


async def test_the_same_submission_is_recorded_once_though_the_release_rolled_over(
    bench: Bench,
) -> None:
    release = await bench.begin()
    first = await release.send(essentials(release))
    await release.roll_over()

    second = await release.send(essentials(release))

    assert (second.seq, second.repeated) == (first.seq, True)
    assert release.kinds().count("essentials_recorded") == 1


@pytest.mark.parametrize("rolls_over", [False, True])
async def test_a_key_used_for_something_else_is_refused(bench: Bench, rolls_over: bool) -> None:
    release = await bench.begin()
    await release.send(essentials(release))
    if rolls_over:
        await release.roll_over()

    with pytest.raises(Refused) as refused:
        await release.submit(naloxone_given(release.new.reception_on), key="key-of-hers")

    assert refused.value.code is Refusal.KEY_REUSED
    assert release.shown.naloxone is None


async def test_beginning_twice_is_one_release(bench: Bench) -> None:
    release = await bench.begin()
    events = list(release.events)

    await asyncio.gather(*(release.handle.execute_update(ReleaseWorkflow.begin) for _ in range(3)))

    assert release.events == events


async def test_two_people_at_once_are_recorded_one_after_the_other(bench: Bench) -> None:
    release = await bench.begin()
    on = release.new.reception_on

    outcomes = await asyncio.gather(
        release.submit(all_essentials(on)), release.submit(naloxone_given(on))
    )

    assert len({each.seq for each in outcomes}) == 2
    assert [each.seq for each in release.events] == list(range(1, len(release.events) + 1))
    assert {"essentials_recorded", "naloxone_recorded"} <= set(release.kinds())


async def test_of_two_people_who_do_the_same_thing_the_second_is_refused(bench: Bench) -> None:
    release = await bench.begin()
    on = release.new.reception_on
    moved = MoveReleaseDate(on=on, scheduled_on=on + timedelta(days=60), as_given=True)

    outcomes = await asyncio.gather(
        release.submit(moved), release.submit(moved), return_exceptions=True
    )

    refused = [each for each in outcomes if isinstance(each, Refused)]
    assert [each.code for each in refused] == [Refusal.NO_CHANGE]
    assert release.kinds().count("release_date_moved") == 1


async def test_while_the_read_model_is_away_the_outcome_is_unknown_and_nothing_is_lost(
    bench: Bench,
) -> None:
    release = await bench.begin()
    bench.read_model.is_down = True
    submission = essentials(release)
    update = await release.handle.start_update(
        ReleaseWorkflow.submit,
        submission,
        id=update_id(submission),
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
    )

    with pytest.raises(OutcomeUnknownError):
        async with translated():
            await update.result(rpc_timeout=timedelta(seconds=1))
    length = await release.history_length()
    bench.read_model.is_down = False
    outcome = await release.send(submission)

    assert release.shown.seq == outcome.seq
    assert release.kinds().count("essentials_recorded") == 1
    # However often the projection was tried, it is one activity in the history.
    assert await release.count("activity_task_scheduled") == 1
    assert length < 30


async def test_what_happened_while_the_read_model_was_away_lands_in_one_batch(
    bench: Bench,
) -> None:
    release = await bench.begin()
    on = release.new.reception_on
    bench.read_model.is_down = True
    waiting = [
        asyncio.create_task(release.submit(each))
        for each in (all_essentials(on), naloxone_given(on))
    ]
    while (await release.status()).release.naloxone is None:
        continue

    bench.read_model.is_down = False
    await asyncio.gather(*waiting)

    assert release.events == list(await release.journal())
    assert await release.count("activity_task_scheduled") <= 2


async def test_an_impossible_release_day_is_refused_in_words(bench: Bench) -> None:
    release = await bench.begin()
    later = await release.now() + timedelta(days=1)

    with pytest.raises(Refused, match="in the future"):
        await release.submit(RecordRelease(at=later, naloxone_in_hand=True))

    assert release.shown.released is None
    assert london_date(later) <= release.leaves_on
