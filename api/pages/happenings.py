"""What happened, in the past tense and in words for staff: of every kind of event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from api.ports import Services
from api.records import RecordedEvent
from domain.events import EventKind


class Happening(NamedTuple):
    """One event: what, by whom and when it was recorded."""

    what: str
    who: str
    at: datetime


async def happenings(services: Services, events: Iterable[RecordedEvent]) -> list[Happening]:
    """Return events in words, in the order given."""
    listed = list(events)
    actors = {each.event.actor for each in listed if each.event.actor}
    names = await services.accounts.names(actors) if actors else {}
    return [
        Happening(
            what=in_words(each.event.kind),
            who=names.get(
                each.event.actor or "", "another system" if each.event.actor else "by itself"
            ),
            at=each.event.at,
        )
        for each in listed
    ]


def in_words(kind: EventKind) -> str:
    """Return an event's kind in words: `Referral sent`."""
    return kind.value.replace("_", " ").capitalize()
