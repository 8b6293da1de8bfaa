"""The workflow of a release on a real server: months of story in seconds."""

from __future__ import annotations

from tests.builders import sittings
from tests.workflows.conftest import Bench


async def test_a_journey_without_a_lapse_completes_after_twelve_weeks(bench: Bench) -> None:
    release = await bench.begin()

    for when, commands in sittings(release.leaves_on):
        await release.wait_until(when)
        await release.submit(*commands)
    await release.handle.result()

    assert release.shown.closure == "completed"
    assert "step_lapsed" not in release.kinds()
