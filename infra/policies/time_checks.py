"""Wall times that can be placed on the London clock on every day of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from itertools import chain
from typing import Final

from pydantic import BaseModel

from domain.london_time import CLOCK_CHANGE_HOUR
from domain.policy import Policy
from infra.policies.problems import Finding, Path
from infra.policies.reading import Value

_TIME_KEYS: Final = frozenset({"at", "opens", "closes", "by"})
_ZONED: Final = re.compile(r"[0-9]{2}:[0-9]{2}[0-9:.]*[^0-9:.].*")


def check_zones(value: Value, path: Path = ()) -> Iterator[Finding]:
    """Yield every time with a zone of its own.

    Looked for before the shape is: there a time with a zone would be compared with one without.
    """
    if isinstance(value, dict):
        yield from chain.from_iterable(check_zones(value[key], (*path, key)) for key in value)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from check_zones(each, (*path, number))
    elif path and path[-1] in _TIME_KEYS and isinstance(value, str) and _ZONED.fullmatch(value):
        yield Finding(path, 'give the London wall time alone, such as "17:00", without a zone')


def check_wall_times(policy: Policy) -> Iterator[Finding]:
    """Yield every time in the hour that the clocks skip in March and repeat in October."""
    for path, at in _times(policy, ()):
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
    # Lists hold due times and levels; the shape has checked the times of the first, and the
    # second have none.
