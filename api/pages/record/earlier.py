"""Where a value stood before an event changed it, so that a history tells old beside new."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from api.records import RecordedEvent
from domain.events import Event, EventKind

_STOOD_IN: Final[Mapping[EventKind, Collection[EventKind]]] = {
    EventKind.DESTINATION_CHANGED: {EventKind.RELEASE_STARTED, EventKind.DESTINATION_CHANGED},
    EventKind.RELEASE_CORRECTED: {EventKind.RELEASED, EventKind.RELEASE_CORRECTED},
    EventKind.TREATMENT_START_CORRECTED: {
        EventKind.TREATMENT_STARTED,
        EventKind.TREATMENT_START_CORRECTED,
    },
    EventKind.NALOXONE_RECORDED: {EventKind.NALOXONE_RECORDED},
    EventKind.RETENTION_RECORDED: {EventKind.RETENTION_RECORDED},
}
"""The kinds that may have stated before what a kind of event states anew."""


def earlier_of(event: Event, history: Sequence[RecordedEvent]) -> Event | None:
    """Return the event that stated last what `event` states anew; None where nothing did.

    Args:
        event: One event of `history`.
        history: The whole history, the oldest first.
    """
    kinds = _STOOD_IN.get(event.kind, ())
    before = (each.event for each in reversed(history) if each.event.seq < event.seq)
    return next((each for each in before if each.kind in kinds), None)
