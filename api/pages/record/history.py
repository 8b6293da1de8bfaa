"""Which part of a history somebody wants to see, as it stands in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from domain.events import Event, EventKind


class EventType(StrEnum):
    """What an event is about."""

    WORK = "work"
    DATES = "dates"
    ESCALATIONS = "escalations"
    DUE = "due"
    MESSAGES = "messages"
    CONTACTS = "contacts"


TYPES: Final = {
    EventType.WORK: "What staff recorded",
    EventType.DATES: "Dates, places and life events",
    EventType.ESCALATIONS: "Escalations",
    EventType.DUE: "Steps that opened, closed or fell due",
    EventType.MESSAGES: "Messages",
    EventType.CONTACTS: "Whom to contact",
}

_DATES: Final = frozenset(
    {
        *(EventKind.RELEASE_STARTED, EventKind.RELEASE_DATE_MOVED, EventKind.TRANSFERRED),
        *(EventKind.DESTINATION_CHANGED, EventKind.HOSPITAL_ADMITTED),
        *(EventKind.HOSPITAL_DISCHARGED, EventKind.RECALLED, EventKind.DIED),
        *(EventKind.CANCELLED, EventKind.MERGED, EventKind.RELEASED, EventKind.RELEASE_CORRECTED),
        *(EventKind.JOURNEY_ENDED, EventKind.RELEASE_CLOSED),
    }
)
_ESCALATIONS: Final = frozenset(
    {
        *(EventKind.ESCALATION_OPENED, EventKind.ESCALATION_RAISED),
        *(EventKind.ESCALATION_ACKNOWLEDGED, EventKind.ACKNOWLEDGEMENT_EXPIRED),
        *(EventKind.ESCALATION_EXHAUSTED, EventKind.ESCALATION_CLOSED),
    }
)


def type_of(kind: EventKind) -> EventType:
    """Return what an event of a kind is about; whatever is not listed is work."""
    if kind in _DATES:
        return EventType.DATES
    if kind in _ESCALATIONS:
        return EventType.ESCALATIONS
    return EventType.DUE if kind.startswith("step_") else EventType.WORK


@dataclass(frozen=True, slots=True)
class History:
    """What was chosen; None shows every type, and everybody.

    Attributes:
        who: The account whose doing is shown.
    """

    release_id: str
    type: EventType | None
    who: str | None
    page: int

    def shows(self, event: Event) -> bool:
        """Return whether the event is wanted."""
        is_theirs = self.who in (None, event.actor)
        return is_theirs and self.type in (None, type_of(event.kind))

    @property
    def shows_messages(self) -> bool:
        """Whether messages are wanted; the service sends them, so they are nobody's doing."""
        return self.who is None and self.type in (None, EventType.MESSAGES)

    def shows_contact_by(self, account_id: str | None) -> bool:
        """Return whether whom to contact is wanted, as this account recorded it."""
        return self.who in (None, account_id) and self.type in (None, EventType.CONTACTS)

    def at(self, page: int) -> str:
        """Return the address of another page of the same choice."""
        told = {"type": self.type, "who": self.who, "page": str(page) if page > 1 else None}
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/cases/{self.release_id}/history" + (f"?{query}" if query else "")


def read_history(release_id: str, query: Mapping[str, str]) -> History:
    """Return what an address says; whatever it says wrongly is left out."""
    wanted = next((each for each in EventType if each.value == query.get("type")), None)
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= 4 else 1  # noqa: PLR2004 - no history has more pages
    return History(release_id, wanted, query.get("who") or None, max(number, 1))
