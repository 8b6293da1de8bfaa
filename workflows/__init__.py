"""Durable processes. `ALL_WORKFLOWS` is what workers run, replays check and fingerprints cover."""

from typing import Any, Final

from workflows.release import ReleaseWorkflow

ALL_WORKFLOWS: Final[tuple[type[Any], ...]] = (ReleaseWorkflow,)
