"""What happened, in the past tense and in words for staff: of every kind of event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from api.pages.accounts import Doer
from api.pages.answer_links import ACTOR_PREFIX
from api.pages.roles import with_role
from api.ports import Services
from api.records import RecordedEvent
from domain.commands import THE_SERVICE
from domain.events import EventKind

ANOTHER_SYSTEM: Final = "another system"
"""Whoever has a token of the API and no account."""


class Happening(NamedTuple):
    """One event: what, by whom and when it was recorded."""

    what: str
    who: str
    at: datetime


async def happenings(services: Services, events: Iterable[RecordedEvent]) -> list[Happening]:
    """Return events in words, in the order given."""
    listed = list(events)
    actors = {each.event.actor for each in listed if each.event.actor}
    doers = await services.accounts.doers(actors) if actors else {}
    return [
        Happening(in_words(each.event.kind), _who(each.event.actor, doers, services), each.event.at)
        for each in listed
    ]


async def actors_of(services: Services, ids: Collection[str]) -> dict[str, str]:
    """Return everybody among `ids` in words, by id, in the order of the words."""
    doers = await services.accounts.doers(ids) if ids else {}
    named = {each: _who(each, doers, services) for each in ids}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _who(actor: str | None, doers: Mapping[str, Doer], services: Services) -> str:
    """Return who did it, with their role where they have one.

    Whatever has no account came by the API, and nobody means a due time.
    """
    if actor is None:
        return "because its time had come"
    if actor == THE_SERVICE.id:
        return "the service, because nobody could be reached"
    if actor.startswith(ACTOR_PREFIX):
        service = services.place_names.service(actor.removeprefix(ACTOR_PREFIX))
        return f"{service}, by an answer link"
    doer = doers.get(actor)
    return with_role(doer.name or ANOTHER_SYSTEM, doer.role) if doer else ANOTHER_SYSTEM


def in_words(kind: EventKind) -> str:
    """Return an event's kind in words: `Referral sent`."""
    return kind.value.replace("_", " ").capitalize()
