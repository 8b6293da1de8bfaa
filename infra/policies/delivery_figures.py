"""The figures of delivery in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Final

from domain.policy import Delivery
from domain.wording import counted

_WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "digest_at": ("Digest of S3 and S4, on working days", ""),
    "bundle_minutes": ("S2 texts to one person are gathered for", "minute"),
    "texts_an_hour": ("Texts to one member of staff in an hour, at most", "text"),
    "texts_a_day": ("Texts to one member of staff in a day, at most", "text"),
    "storm_pages": ("From one cause, one message with a count when over", "page"),
    "storm_minutes": ("These are counted within", "minute"),
    "next_channel_minutes": ("S1, the next channel as well after", "minute"),
    "unconfirmed_minutes": ("S1, a text without receipt is not delivered after", "minute"),
    "call_again_minutes": ("The same person is called again after", "minute"),
    "calls": ("One person is called, at most", "time"),
    "look_ahead_at": ("Look-ahead on the last working day before closed days", ""),
    "staff_opens": ("Staff, but for S1: not before", ""),
    "staff_closes": ("Staff, but for S1: not after", ""),
    "person_opens": ("The person leaving: not before", ""),
    "person_closes": ("The person leaving: not from", ""),
    "person_texts_a_week": ("The person leaving: in any 7 days, at most", "text"),
    "person_reminder_working_days": ("Reminded before an appointment by", "working day"),
    "text_valid_minutes": ("A text may still arrive for", "minute"),
    "reconcile_seconds": ("Unknown outcome, staff: the provider is asked after", "second"),
    "person_reconcile_minutes": ("Unknown outcome, the person: asked after", "minute"),
    "receipt_minutes": ("No receipt: the provider is asked after", "minute"),
}
"""What each figure decides, and what it counts; nothing for a wall time."""


def delivery_figures(delivery: Delivery) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each figure, what it decides, and the figure."""
    for name, (what, unit) in _WHAT.items():
        value: time | int = getattr(delivery, name)
        figure = f"{value:%H:%M}" if isinstance(value, time) else counted(value, unit)
        yield name, what, figure
