"""State after an event: the only way state changes, and the way it is rebuilt from its history.

Nothing is decided here: an event has happened. What each kind changes stands in `domain.changes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from domain.changes import change_of
from domain.events import Event
from domain.state import (
    Accepted,
    Release,
)

REMEMBERED_KEYS: Final = 100
"""How many accepted submissions a release remembers for idempotency, beyond Temporal's own."""


def evolve(state: Release | None, event: Event) -> Release:
    """Return the state after `event`.

    Args:
        state: The state before; None for the first event, which must be `release_started`.
        event: The next event; its `seq` is one more than the state's.

    Raises:
        ValueError: The event is out of sequence, which means a broken history.
    """
    expected = state.seq + 1 if state else 1
    if event.seq != expected:
        msg = f"event {event.seq} came where event {expected} was due"
        raise ValueError(msg)
    if state is None:
        return Release.model_validate({**event.data, "seq": event.seq})
    change = change_of(state, event)
    if event.key is not None and event.digest is not None:
        change["requests"] = remember(state, event.key, event.digest, event.seq)
    return state.model_copy(update={**change, "seq": event.seq})


def replay(events: Iterable[Event]) -> Release:
    """Return the state that a whole history leads to.

    Raises:
        ValueError: The history is empty or has a gap.
    """
    state: Release | None = None
    for event in events:
        state = evolve(state, event)
    if state is None:
        msg = "a release without events has no state"
        raise ValueError(msg)
    return state


def remember(state: Release, key: str, digest: str, seq: int) -> dict[str, Accepted]:
    """Return the release's idempotency keys with one more, the oldest forgotten first."""
    requests = {**state.requests, key: Accepted(digest=digest, seq=seq)}
    while len(requests) > REMEMBERED_KEYS:
        requests.pop(next(iter(requests)))
    return requests
