"""Which messages somebody wants to see, as the address has it: codes and days, nobody's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from api.filters import MessageFilter
from api.pages.dates import day
from api.pages.messages.words import CHANNELS, FAULT_CLASSES, STANDS, TO, severity_in_words
from domain.london_time import end_of_day
from domain.policy import Channel, Severity
from notifications.messages import MessageStatus, RecipientKind
from notifications.wires import FaultClass

Choice = TypeVar("Choice", bound=StrEnum)

_REFERENCE: Final = re.compile(r"[A-Z0-9]{4,12}")
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything that is chosen; what is not leaves no trace in the address.

    Attributes:
        release: The short reference of a release.
        first: The first London day on which a message was written.
        last: The last one, in it.
    """

    status: MessageStatus | None = None
    channel: Channel | None = None
    to: RecipientKind | None = None
    severity: Severity | None = None
    fault: FaultClass | None = None
    release: str | None = None
    first: date | None = None
    last: date | None = None

    def href(self, page: int = 1) -> str:
        """Return the address of a page of this list."""
        told: dict[str, str | None] = {
            "status": self.status,
            "channel": self.channel,
            "to": self.to,
            "severity": self.severity,
            "fault": self.fault,
            "release": self.release,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "page": str(page) if page > 1 else None,
        }
        query = urlencode({name: value for name, value in told.items() if value})
        return f"/messages?{query}" if query else "/messages"

    @property
    def filter(self) -> MessageFilter:
        """The filter that the choices stand for."""
        return MessageFilter(
            status=self.status,
            channel=self.channel,
            kind=self.to,
            severity=self.severity,
            fault=self.fault,
            reference=self.release,
            since=end_of_day(self.first - _A_DAY) if self.first else None,
            until=end_of_day(self.last) if self.last else None,
        )

    @property
    def selected(self) -> list[dict[str, object]]:
        """What is chosen, each with the address without it."""
        named: tuple[tuple[str, str, str | None], ...] = (
            ("status", "How it stands", STANDS[self.status].text if self.status else None),
            ("channel", "Channel", CHANNELS[self.channel] if self.channel else None),
            ("to", "To", TO[self.to] if self.to else None),
            ("severity", "How grave", severity_in_words(self.severity) if self.severity else None),
            ("fault", "Fault", FAULT_CLASSES[self.fault] if self.fault else None),
            ("release", "Release", self.release),
            ("first", "From", day(self.first) if self.first else None),
            ("last", "To the end of", day(self.last) if self.last else None),
        )
        return [self._category(name, heading, text) for name, heading, text in named if text]

    def _category(self, name: str, heading: str, text: str) -> dict[str, object]:
        without: dict[str, Any] = {name: None}
        href = replace(self, **without).href()
        return {"heading": {"text": heading}, "items": [{"href": href, "text": text}]}


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """Return what an address says; whatever it says wrongly is left out."""
    release = query.get("release", "").strip().upper()
    return Wanted(
        status=_among(MessageStatus, query.get("status")),
        channel=_among(Channel, query.get("channel")),
        to=_among(RecipientKind, query.get("to")),
        severity=_among(Severity, query.get("severity")),
        fault=_among(FaultClass, query.get("fault")),
        release=release if _REFERENCE.fullmatch(release) else None,
        first=_day(query, "first"),
        last=_day(query, "last"),
    )


def _day(query: Mapping[str, str], name: str) -> date | None:
    """Return a day from its three inputs, or written in one piece as links have it."""
    parts = [query.get(f"{name}-{each}", "") for each in ("year", "month", "day")]
    try:
        if all(each.isascii() and each.isdigit() and len(each) <= 4 for each in parts):  # noqa: PLR2004 - a year's digits
            return _sensible(date(*map(int, parts)))
        return _sensible(date.fromisoformat(query.get(name, "")))
    except ValueError:
        return None


def _sensible(found: date) -> date | None:
    return found if 2000 <= found.year <= 2100 else None  # noqa: PLR2004 - no message is older


def _among(codes: type[Choice], given: str | None) -> Choice | None:
    return next((each for each in codes if each.value == given), None)
