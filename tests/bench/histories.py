"""How long histories are, read from the committed ones."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

HISTORIES = Path(__file__).parents[1] / "replay" / "histories"
OF_THE_TEST_SERVER = ("TIME_SKIPPING", "EXECUTION_OPTIONS_UPDATED")
"""Bookkeeping of the test server's movable clock, which no other server writes."""


def length(name: str) -> int | None:
    """Return how many events a committed history has in service, None when it is not there."""
    path = HISTORIES / f"{name}.json.gz"
    if not path.exists():
        return None
    events = json.loads(gzip.decompress(path.read_bytes()))["history"]["events"]
    kinds = [str(each["eventType"]) for each in events]
    return sum(1 for kind in kinds if not any(each in kind for each in OF_THE_TEST_SERVER))


def show_lengths(limits: dict[str, int]) -> None:
    """Print each history's length beside its limit."""
    for name, limit in limits.items():
        found = length(name)
        verdict = "missing" if found is None else "reached" if found <= limit else "NOT reached"
        print(f"history of {name:<33} {found} events   goal <= {limit}   {verdict}", flush=True)
