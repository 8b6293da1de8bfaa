"""Repairing the read model: what it lost is written again, and what is stuck gives way."""

from __future__ import annotations

import asyncio

import pytest

from domain.commands import RecordDeath
from tests.builders import a_screening, a_submission, all_essentials, naloxone_given, the_rules
from tests.driving import Bench, Running
from tests.fakes import StrictReadModel
from workflows.messages import Input
from workflows.names import workflow_id
from workflows.release import ReleaseWorkflow


@pytest.fixture
def read_model() -> StrictReadModel:
    return StrictReadModel()


async def screened(bench: Bench) -> Running:
    release = await bench.begin()
    await release.submit(a_screening(release.new.reception_on))
    return release


@pytest.mark.parametrize("after_seq", [0, 1, 2])
async def test_lost_events_and_the_lost_state_are_written_again(
    bench: Bench, read_model: StrictReadModel, after_seq: int
) -> None:
    async with Bench(bench.environment, read_model=read_model).working() as strict:
        release = await screened(strict)
        trail = list(release.events)
        read_model.lose(release.release_id, after_seq)

        await release.project_again(after_seq)
        await release.submit(all_essentials(release.new.reception_on))

        assert release.events[: len(trail)] == trail
        assert release.shown == (await release.status()).release


async def test_a_projection_that_cannot_be_written_gives_way_to_one_that_can(
    bench: Bench, read_model: StrictReadModel
) -> None:
    async with Bench(bench.environment, read_model=read_model).working() as strict:
        release = await screened(strict)
        read_model.lose(release.release_id, 1)
        on = release.new.reception_on
        stuck = asyncio.create_task(release.submit(all_essentials(on)))
        while await release.count("activity_task_scheduled") < 2:
            continue

        await release.project_again(1)
        await stuck
        await release.submit(naloxone_given(on))

        assert release.events == list(await release.journal())


async def test_events_of_earlier_runs_are_handed_to_the_run_that_lacks_them(
    bench: Bench, read_model: StrictReadModel
) -> None:
    async with Bench(bench.environment, read_model=read_model).working() as strict:
        release = await screened(strict)
        trail = tuple(release.events)
        await release.roll_over()
        await release.submit(all_essentials(release.new.reception_on))
        read_model.lose(release.release_id, 1)

        await release.project_again(1, trail[1:])
        await release.submit(naloxone_given(release.new.reception_on))

        assert release.events[: len(trail)] == list(trail)
        assert [each.seq for each in release.events] == list(range(1, len(release.events) + 1))


async def test_asking_again_for_nothing_changes_nothing(bench: Bench) -> None:
    release = await screened(bench)
    trail, state = list(release.events), release.shown

    await release.project_again(state.seq)
    await release.shows_everything()

    assert (release.events, release.shown) == (trail, state)


async def test_a_closed_release_that_is_brought_back_writes_what_was_lost_and_ends(
    bench: Bench, read_model: StrictReadModel
) -> None:
    async with Bench(bench.environment, read_model=read_model).working() as strict:
        release = await screened(strict)
        await release.submit(RecordDeath(on=release.new.reception_on))
        await release.handle.result()
        closed, trail = release.shown, tuple(release.events)
        read_model.lose(release.release_id, 2)

        again = await strict.client.start_workflow(
            ReleaseWorkflow.run,
            Input(release=closed, rules=the_rules(), unprojected=trail[2:]),
            id=workflow_id(release.release_id),
            task_queue=strict.queue,
        )
        outcome = await again.result()

        assert outcome.seq == closed.seq
        assert (tuple(release.events), release.shown) == (trail, closed)


async def test_a_submission_during_a_repair_is_recorded_once(
    bench: Bench, read_model: StrictReadModel
) -> None:
    async with Bench(bench.environment, read_model=read_model).working() as strict:
        release = await screened(strict)
        read_model.lose(release.release_id, 0)
        submission = a_submission(all_essentials(release.new.reception_on))

        await asyncio.gather(
            release.send(submission), release.project_again(0), release.project_again(0)
        )
        await release.shows_everything()

        assert release.events == list(await release.journal())
        assert release.kinds().count("essentials_recorded") == 1
