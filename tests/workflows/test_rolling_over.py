"""Continuing as new: a short history again, and nothing else changes."""

from __future__ import annotations

from tests.builders import all_essentials, at, sittings
from tests.driving import A_LITTLE, Bench


async def test_the_state_the_rules_and_the_trail_go_on(bench: Bench) -> None:
    release = await bench.begin()
    await release.submit(all_essentials(release.new.reception_on))
    before, trail = await release.status(), list(release.events)

    await release.roll_over()

    after = await release.status()
    assert (after.run, after.release, after.rules) == (2, before.release, before.rules)
    assert after.projected_seq == before.projected_seq
    assert release.events == trail


async def test_the_next_due_time_is_kept(bench: Bench) -> None:
    release = await bench.begin()
    await release.roll_over()

    when, _ = sittings(release.leaves_on)[1]
    await release.wait_until(when)

    assert "step_lapsed" in release.kinds()
    assert await release.count("timer_started") >= 1


async def test_the_trail_goes_on_without_a_gap(bench: Bench) -> None:
    release = await bench.begin()
    await release.roll_over()
    await release.submit(all_essentials(release.new.reception_on))
    await release.roll_over()
    first_lapse = sittings(release.leaves_on)[1][0]

    await release.wait_until(first_lapse + A_LITTLE)

    assert [each.seq for each in release.events] == list(range(1, len(release.events) + 1))
    assert bench.read_model.projections[-1].run == 3


async def test_a_whole_journey_that_rolls_over_at_every_sitting_completes(bench: Bench) -> None:
    release = await bench.begin()

    for when, commands in sittings(release.leaves_on):
        await release.wait_until(when)
        await release.submit(*commands)
        if release.shown.is_open:
            await release.roll_over()

    assert release.shown.closure == "completed"
    assert "step_lapsed" not in release.kinds()


async def test_a_release_that_its_worker_forgets_after_every_task_tells_the_same_story(
    bench: Bench,
) -> None:
    async with Bench(bench.environment).working(cached=0) as forgetful:
        release = await forgetful.begin()

        for when, commands in sittings(release.leaves_on)[3:5]:
            await release.wait_until(when)
            await release.submit(*commands)
        await release.wait_until(at(release.leaves_on))
        await release.shows_everything()

        # Computed anew from its history, the journal is what was written at the time.
        assert list(await release.journal()) == release.events
