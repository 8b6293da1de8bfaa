"""Two stores that were parted are brought together; a second pass has nothing left to do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.commands import RecordDeath
from domain.london_time import london_date
from infra.engine.comparing import Finding
from infra.engine.reconcile import ReconcileReport, reconcile
from tests.builders import (
    Journey,
    a_screening,
    a_submission,
    all_essentials,
    naloxone_given,
    the_rules,
)
from tests.driving import Bench, Running, an_engine
from tests.fakes import StrictReadModel
from workflows.messages import Input
from workflows.names import workflow_id
from workflows.release import ReleaseWorkflow


@pytest.fixture
def read_model() -> StrictReadModel:
    return StrictReadModel()


@pytest.fixture
async def bench(
    environment: WorkflowEnvironment, read_model: StrictReadModel
) -> AsyncIterator[Bench]:
    """A worker whose read model takes no gap."""
    async with Bench(environment, read_model=read_model).working() as working:
        yield working


async def brought_together(bench: Bench) -> ReconcileReport:
    """Reconcile, and see that a second pass finds nothing left to do."""
    report = await reconcile(an_engine(bench), open_in(bench))
    trails = {each: list(events) for each, events in bench.read_model.events.items()}

    again = await reconcile(an_engine(bench), open_in(bench))

    assert again.repaired == 0
    assert again.found.total() == report.found.total()
    assert bench.read_model.events == trails
    return report


def open_in(bench: Bench) -> list[str]:
    held = bench.read_model.releases
    return [each for each in held if held[each].is_open]


async def listed(bench: Bench, count: int) -> None:
    """Wait until the server lists as many workflows: its list lags behind."""
    query = f"TaskQueue = '{bench.queue}'"
    while (await bench.client.count_workflows(query)).count < count:
        continue


async def screened(bench: Bench) -> Running:
    release = await bench.begin()
    await release.submit(a_screening(release.new.reception_on))
    return release


async def test_what_agrees_is_left_alone(bench: Bench) -> None:
    release = await screened(bench)
    length = await release.history_length()

    report = await brought_together(bench)

    assert report.found == {Finding.AGREED: 1}
    assert await release.history_length() == length


async def test_a_record_that_lost_a_release_has_it_written_again(
    bench: Bench, read_model: StrictReadModel
) -> None:
    release = await screened(bench)
    trail = list(release.events)
    await listed(bench, 1)
    read_model.lose(release.release_id, 0)

    report = await brought_together(bench)

    assert report.found == {Finding.UNPROJECTED: 1}
    assert release.events == trail
    assert release.shown == (await release.status()).release


async def test_a_record_from_an_older_backup_is_brought_up_to_date(
    bench: Bench, read_model: StrictReadModel
) -> None:
    release = await bench.begin()
    old = release.shown
    await release.submit(a_screening(release.new.reception_on))
    trail = list(release.events)
    read_model.lose(release.release_id, old.seq)
    read_model.releases[release.release_id] = old

    await brought_together(bench)
    await release.submit(naloxone_given(release.new.reception_on))

    assert release.events[: len(trail)] == trail


async def test_events_from_before_a_roll_over_are_found_in_the_earlier_runs(
    bench: Bench, read_model: StrictReadModel
) -> None:
    release = await bench.begin()
    old = release.shown
    for command in (a_screening, all_essentials):
        await release.submit(command(release.new.reception_on))
        await release.roll_over()
    trail = list(release.events)
    read_model.lose(release.release_id, old.seq)
    read_model.releases[release.release_id] = old

    report = await brought_together(bench)

    assert report.found == {Finding.UNPROJECTED: 1}
    assert release.events == trail


async def test_a_closed_release_that_the_record_holds_for_open_is_closed_there(
    bench: Bench, read_model: StrictReadModel
) -> None:
    release = await screened(bench)
    old = release.shown
    await release.submit(RecordDeath(on=release.new.reception_on))
    await release.handle.result()
    closed, trail = release.shown, list(release.events)
    read_model.lose(release.release_id, old.seq)
    read_model.releases[release.release_id] = old

    report = await brought_together(bench)

    assert report.found == {Finding.UNPROJECTED: 1}
    assert (release.shown, release.events) == (closed, trail)


async def test_a_workflow_that_somebody_ended_is_started_again(bench: Bench) -> None:
    release = await screened(bench)
    before = (await release.status()).release
    await release.handle.terminate()

    report = await brought_together(bench)
    newest = bench.client.get_workflow_handle_for(ReleaseWorkflow.run, release.handle.id)

    assert report.found == {Finding.LOST: 1}
    assert (await newest.describe()).status is WorkflowExecutionStatus.RUNNING
    assert (await newest.query(ReleaseWorkflow.status)).release == before


async def test_a_workflow_from_an_older_backup_is_started_again_from_the_record(
    bench: Bench, read_model: StrictReadModel
) -> None:
    ahead = Journey(**facts_of("rel-ahead-of-its-workflow"), now=datetime.now(UTC))
    await bench.client.start_workflow(
        ReleaseWorkflow.run,
        Input(release=ahead.state, rules=the_rules(), run=2),
        id=workflow_id(ahead.state.release_id),
        task_queue=bench.queue,
    )
    ahead.submit(a_screening(london_date(ahead.now)))
    hold(read_model, ahead)

    report = await brought_together(bench)
    handle = bench.client.get_workflow_handle_for(
        ReleaseWorkflow.run, workflow_id(ahead.state.release_id)
    )

    assert report.found == {Finding.OUTRUN: 1}
    assert (await handle.query(ReleaseWorkflow.status)).release == ahead.state
    await handle.terminate()


async def test_a_lost_server_is_rebuilt_from_the_record_and_its_timers_fire_again(
    bench: Bench, read_model: StrictReadModel
) -> None:
    orphans = [Journey(**facts_of(f"rel-orphan-{n}"), now=datetime.now(UTC)) for n in range(5)]
    for each in orphans:
        hold(read_model, each)

    report = await brought_together(bench)
    handle = bench.client.get_workflow_handle_for(ReleaseWorkflow.run, workflow_id("rel-orphan-0"))
    await bench.environment.fast_forward(handle, timedelta(days=4))

    kinds = [each.kind.value for each in read_model.events["rel-orphan-0"]]
    assert report.found == {Finding.LOST: 5}
    # How far the escalation has climbed by then depends on the weekday of the test.
    assert kinds[:3] == ["release_started", "step_lapsed", "escalation_opened"]


async def test_a_fork_is_left_to_a_person(bench: Bench, read_model: StrictReadModel) -> None:
    release = await screened(bench)
    other = Journey(**facts_of(release.release_id), now=datetime.now(UTC))
    other.submit(naloxone_given(london_date(other.now)), key="known-to-the-record-alone")
    hold(read_model, other)

    report = await brought_together(bench)

    assert report.for_a_person == {Finding.FORKED: [release.release_id]}
    assert (await release.status()).release.naloxone is None
    assert release.shown == other.state


async def test_closed_releases_are_not_asked(bench: Bench) -> None:
    release = await screened(bench)
    submission = a_submission(RecordDeath(on=release.new.reception_on))
    await release.send(submission)
    await release.handle.result()
    await listed(bench, 1)
    seen: list[tuple[str, Finding]] = []

    await reconcile(
        an_engine(bench), [], progress=lambda each, finding: seen.append((each, finding))
    )

    assert seen == [(release.release_id, Finding.AGREED)]


def facts_of(release_id: str) -> dict[str, Any]:
    today = london_date(datetime.now(UTC))
    return {
        "release_id": release_id,
        "reception_on": today,
        "scheduled_on": today + timedelta(days=84),
        "as_given": True,
    }


def hold(read_model: StrictReadModel, journey: Journey) -> None:
    """Let the record hold what nobody told a workflow."""
    read_model.releases[journey.state.release_id] = journey.state
    read_model.events[journey.state.release_id] = list(journey.events)
