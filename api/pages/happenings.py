"""What happened, in the past tense and in words for staff: of every kind of event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from api.pages.answer_links import ACTOR_PREFIX
from api.ports import Services
from api.records import RecordedEvent
from domain.commands import THE_SERVICE
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
        Happening(in_words(each.event.kind), _who(each.event.actor, names, services), each.event.at)
        for each in listed
    ]


async def actors_of(services: Services, events: Iterable[RecordedEvent]) -> dict[str, str]:
    """Return everybody who did something in a history, by account id, with their names."""
    actors = {each.event.actor for each in events if each.event.actor}
    names = await services.accounts.names(actors) if actors else {}
    named = {each: _who(each, names, services) for each in actors}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _who(actor: str | None, names: Mapping[str, str], services: Services) -> str:
    """Return who did it; whatever has no account came by the API, and nobody means a due time."""
    if actor is None:
        return "because its time had come"
    if actor == THE_SERVICE.id:
        return "the service, because nobody could be reached"
    if actor.startswith(ACTOR_PREFIX):
        service = services.place_names.service(actor.removeprefix(ACTOR_PREFIX))
        return f"{service}, by an answer link"
    return names.get(actor, "another system")


def in_words(kind: EventKind) -> str:
    """Return an event's kind in words: `Referral sent`."""
    return kind.value.replace("_", " ").capitalize()
