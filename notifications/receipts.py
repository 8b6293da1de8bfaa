"""What a provider's report of a message means for it, whatever the provider."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from notifications.messages import MessageStatus
from notifications.wires import FaultClass


class Report(NamedTuple):
    """One report, in our own words.

    Attributes:
        provider_id: The provider's id of the message.
        provider_status: The provider's word; each word of a message is told once.
        message_id: Our id, when the signed address of the report holds it.
        status: What it means: accepted, delivered or failed; None changes nothing.
        supersedes: The provider's words that come before it.
        code: Why it failed.
        fault: What the code means.
        again_after: When the same may be tried again in another message; None when it may not.
    """

    provider_id: str
    provider_status: str
    message_id: str | None
    status: MessageStatus | None
    supersedes: frozenset[str] = frozenset()
    code: str | None = None
    fault: FaultClass | None = None
    again_after: tuple[timedelta, ...] = ()
