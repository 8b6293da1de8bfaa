"""Wall times that can be placed on the London clock on every day of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from itertools import chain

from pydantic import BaseModel

from domain.london_time import CLOCK_CHANGE_HOUR
from domain.policy import Policy
from infra.policies.problems import Finding, Path


def check_wall_times(policy: Policy) -> Iterator[Finding]:
    """Yield every time with a zone, and every time in the hour that the clocks skip or repeat."""
    for path, at in _times(policy, ()):
        if at.tzinfo is not None:
            yield Finding(path, "give the London wall time without a zone")
        if at.hour == CLOCK_CHANGE_HOUR:
            yield Finding(
                path,
                "01:00 to 01:59 happens twice or never when the clocks change; choose another time",
            )


def _times(value: object, path: Path) -> Iterator[tuple[Path, time]]:
    if isinstance(value, time):
        yield path, value
    elif isinstance(value, BaseModel):
        yield from chain.from_iterable(_times(each, (*path, name)) for name, each in value)
    elif isinstance(value, dict):
        yield from chain.from_iterable(_times(value[key], (*path, key)) for key in value)
    elif isinstance(value, tuple):
        yield from chain.from_iterable(_times(each, (*path, i)) for i, each in enumerate(value))
