"""One timer per release: what falls due is recorded on its instant, however late the waking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from temporalio.client import WorkflowUpdateStage
from temporalio.exceptions import ApplicationError

from domain.commands import MoveReleaseDate, RecordDeath
from domain.falling_due import fall_due, next_wakeup
from domain.journey import Step
from domain.london_time import london_date
from domain.state import Closure, LadderStatus
from tests.builders import Journey, a_screening, a_submission, all_essentials, at
from tests.driving import A_LITTLE, Bench, Running
from workflows.messages import Input
from workflows.names import workflow_id
from workflows.release import ReleaseWorkflow


async def wake(release: Running) -> datetime:
    """Move the clock just past what falls due next, and return when that was."""
    status = await release.status()
    due_at = next_wakeup(status.release, status.rules)
    assert due_at is not None
    await release.wait_until(due_at + A_LITTLE)
    return due_at


async def test_a_release_has_one_timer(bench: Bench) -> None:
    release = await bench.begin()

    assert await release.count("timer_started") == 1
    assert await release.count("timer_canceled") == 0


async def test_the_timer_stays_while_nothing_earlier_falls_due(bench: Bench) -> None:
    release = await bench.begin()

    await release.submit(all_essentials(release.new.reception_on))

    assert await release.count("timer_started") == 1


async def test_the_timer_is_replaced_when_something_else_falls_due_first(bench: Bench) -> None:
    release = await bench.begin()

    await release.submit(a_screening(release.new.reception_on))

    assert await release.count("timer_started") == 2
    assert await release.count("timer_canceled") == 1


async def test_a_lapse_opens_its_ladder_and_is_shown_within_the_same_task(bench: Bench) -> None:
    release = await bench.begin()
    before = await release.history_length()

    lapsed_at = await wake(release)

    told = release.events[-2:]
    assert [each.kind for each in told] == ["step_lapsed", "escalation_opened"]
    assert {each.at for each in told} == {lapsed_at}
    assert await release.count("activity_task_scheduled") == 0
    # The timer, the task's three, the marker of the projection, and the next timer.
    assert await release.history_length() - before == 6


async def test_every_rung_is_climbed_at_its_time(bench: Bench) -> None:
    release = await bench.begin()
    await wake(release)
    climbs_at = release.shown.escalations[Step.SCREENING].next_at

    await release.wait_until(climbs_at + A_LITTLE)

    assert release.shown.escalations[Step.SCREENING].level == 2
    assert release.events[-1].at == climbs_at


async def test_an_overdue_release_that_comes_back_tells_what_it_missed_in_order(
    bench: Bench,
) -> None:
    asleep = Journey(
        now=datetime.now(UTC) - timedelta(days=30),
        release_id="rel-asleep",
        reception_on=london_date(datetime.now(UTC) - timedelta(days=30)),
        scheduled_on=london_date(datetime.now(UTC) + timedelta(days=40)),
    )
    bench.read_model.releases["rel-asleep"] = asleep.state
    bench.read_model.events["rel-asleep"] = list(asleep.events)

    handle = await bench.client.start_workflow(
        ReleaseWorkflow.run,
        Input(release=asleep.state, rules=asleep.rules),
        id=workflow_id("rel-asleep"),
        task_queue=bench.queue,
    )
    await handle.execute_update(ReleaseWorkflow.begin)
    status = await handle.query(ReleaseWorkflow.status)

    missed = fall_due(asleep.state, status.release.escalations[Step.PLAN].opened_at, asleep.rules)
    told = bench.read_model.events["rel-asleep"][len(asleep.events) :]
    assert told[: len(missed)] == list(missed)
    assert max(each.at for each in told) <= datetime.now(UTC)
    assert status.projected_seq == status.release.seq
    await handle.terminate()


async def test_a_projection_that_fails_within_its_task_is_written_by_an_activity(
    bench: Bench,
) -> None:
    release = await bench.begin()
    bench.read_model.next_error = ConnectionError("away")

    await wake(release)
    await release.shows_everything()

    assert "step_lapsed" in release.kinds()
    assert await release.count("activity_task_scheduled") == 1
    assert await release.count("marker_recorded") == 2  # the start's, and the one that failed


async def test_a_projection_that_fails_for_good_is_tried_again_and_ends_no_release(
    bench: Bench,
) -> None:
    release = await bench.begin()
    bench.read_model.next_error = ApplicationError("damaged", non_retryable=True)
    await release.handle.start_update(
        ReleaseWorkflow.submit,
        a_submission(all_essentials(release.new.reception_on)),
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
    )

    await release.wait_until(await release.now() + timedelta(minutes=2))
    await release.shows_everything()

    assert "essentials_recorded" in release.kinds()
    assert await release.count("activity_task_scheduled") == 2
    assert (await release.status()).release.is_open


async def test_a_date_moved_earlier_brings_its_due_times_forward(bench: Bench) -> None:
    release = await bench.begin()
    on = release.new.reception_on
    sooner_on = on + timedelta(days=20)

    await release.submit(MoveReleaseDate(on=on, scheduled_on=sooner_on, as_given=True))
    await release.wait_until(at(sooner_on, 18) + A_LITTLE)

    assert release.shown.steps[Step.RELEASE].lapsed_at == at(sooner_on, 18)


async def test_a_date_moved_later_lapses_on_the_new_day_only(bench: Bench) -> None:
    release = await bench.begin(scheduled_on=london_date(datetime.now(UTC)) + timedelta(days=16))
    on = release.new.reception_on
    later_on = release.leaves_on + timedelta(days=5)

    await release.submit(MoveReleaseDate(on=on, scheduled_on=later_on, as_given=True))
    await release.wait_until(at(release.leaves_on, 20))
    on_the_old_day = release.shown.steps[Step.RELEASE].lapsed_at
    await release.wait_until(at(later_on, 18) + A_LITTLE)

    assert on_the_old_day is None
    assert release.shown.steps[Step.RELEASE].lapsed_at == at(later_on, 18)


async def test_a_death_stops_the_timer_and_ends_the_workflow(bench: Bench) -> None:
    release = await bench.begin()
    await wake(release)

    await release.submit(RecordDeath(on=london_date(await release.now())))
    await release.handle.result()

    ladders = release.shown.escalations.values()
    assert release.shown.closure is Closure.DIED
    assert {each.status for each in ladders} == {LadderStatus.CLOSED}
    fired_or_stopped = await release.count("timer_fired", "timer_canceled")
    started = await release.count("timer_started")
    assert started - fired_or_stopped <= 1  # the workflow's end takes the last one with it
    assert bench.read_model.projections[-1].next_wakeup_at is None
