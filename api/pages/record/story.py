"""Events in words: what, by whom and in which role, when, and from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from api.pages.dates import day, instant
from api.pages.happenings import happenings
from api.pages.places import PlaceNames
from api.pages.record.earlier import earlier_of
from api.ports import Services
from api.records import RecordedEvent
from domain.access_detail import redacted_event
from domain.codes import Role
from domain.events import Event, EventKind
from domain.journey import DEFINITIONS

_NOT_TOLD: Final = frozenset(
    {"id", "key", "pack", "note", "note_id", "requests", "release_id", "steps", "number", "kind"}
    | {"policy_version", "short_notice", "armed_at", "opened_at", "next_at", "sent_at"}
    | {"step", "level", "place", "conversation_by", "acknowledged_by"}
)
"""Parts of an event that serve the machinery, or that its own words say already."""

_LONGEST: Final = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One event in words.

    Attributes:
        lines: Its facts, each with the old value before the new where it changed one.
        on: The day it was true, when somebody stated it.
        href: Where more of it is shown; empty when this is all.
    """

    what: str
    step: str | None
    who: str
    at: datetime
    on: date | None
    lines: tuple[tuple[str, str], ...]
    href: str = ""


async def told(
    services: Services,
    events: Iterable[RecordedEvent],
    role: Role,
    history: Sequence[RecordedEvent] = (),
) -> list[Told]:
    """Return events as `role` may see them, in the order given.

    `history`, with the oldest first, tells what stood there before.
    """
    listed = [RecordedEvent(redacted_event(each.event, role), each.recorded_at) for each in events]
    happened = await happenings(services, listed)
    return [
        Told(
            what=each.what,
            step=DEFINITIONS[one.event.step].title if one.event.step else None,
            who=each.who if one.event.actor else "the service, because its time had come",
            at=each.at,
            on=one.event.on,
            lines=lines_of(one.event, services.place_names, _before(one.event, history, role)),
        )
        for each, one in zip(happened, listed, strict=True)
    ]


def _before(event: Event, history: Sequence[RecordedEvent], role: Role) -> Event | None:
    found = earlier_of(event, history)
    return redacted_event(found, role) if found else None


def lines_of(
    event: Event, places: PlaceNames, earlier: Event | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the facts of an event as names and values; nested ones are left to the record.

    A value that `earlier` had otherwise is told with what it was.
    """
    data = event.data
    if event.kind is EventKind.RELEASE_DATE_MOVED:
        return (("Release date", f"{_value(data.get('from'))} → {_value(data['expected_on'])}"),)
    if event.kind is EventKind.TRANSFERRED:
        old, new = places.prison(str(data.get("from"))), places.prison(str(data["prison"]))
        return (("Prison", f"{old} → {new}"),)
    named, was = _named(data, places), _named(earlier.data if earlier else {}, places)
    return tuple(
        (name.replace("_", " ").capitalize(), _changed(was.get(name), value))
        for name, value in named.items()
        if name not in _NOT_TOLD and _is_plain(value)
    )[:_LONGEST]


def _named(data: Mapping[str, Any], places: PlaceNames) -> dict[str, Any]:
    names = {
        "service": places.service,
        "destination": places.local_authority,
        "probation_unit": places.probation_unit,
        "prison": places.prison,
    }
    return {
        key: names[key](value) if key in names and isinstance(value, str) else value
        for key, value in data.items()
    }


def _changed(old: object, new: object) -> str:
    is_other = _is_plain(old) and old != new
    return f"{_value(old)} → {_value(new)}" if is_other else _value(new)


def _is_plain(value: object) -> bool:
    return value is not None and value != "" and not isinstance(value, dict | list)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value)
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        pass
    try:
        return instant(datetime.fromisoformat(text))
    except ValueError:
        return text.replace("_", " ").capitalize() if text.islower() else text
