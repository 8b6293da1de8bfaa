"""How much Temporal keeps of one release; a longer history costs every worker that picks it up."""

from __future__ import annotations

from tests.builders import sittings
from tests.driving import Bench
from tests.replay.stories import STORIES
from workflows.release import ROLL_OVER_AT_EVENTS

WITHOUT_A_LAPSE = 150
EVERYTHING_LAPSES = 600
"""Fifteen lapses, and all sixty rungs of their ladders climbed at a time of their own."""


async def test_a_journey_without_a_lapse_has_a_short_history(bench: Bench) -> None:
    release = await bench.begin()

    await release.live_through(sittings(release.leaves_on))
    await release.handle.result()

    assert await release.history_length() <= WITHOUT_A_LAPSE


async def test_a_journey_in_which_everything_lapses_stays_far_from_rolling_over(
    bench: Bench,
) -> None:
    release = await bench.begin()

    await STORIES["everything_lapses"].tell(release)
    await release.handle.result()

    lapsed = release.kinds().count("step_lapsed")
    assert lapsed == 15
    assert await release.history_length() <= EVERYTHING_LAPSES < ROLL_OVER_AT_EVENTS / 4
