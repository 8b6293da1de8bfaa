"""What a claim of a message comes to: something to send, or the reason why there is nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from domain.policy import Channel, Severity
from notifications.wires import Outgoing


class Sendable(NamedTuple):
    """A claimed message.

    Attributes:
        outgoing: What the wire is given.
        may_have_gone: An earlier try may have been accepted: look before sending.
        may_go_again: Whether it is sent again when it cannot be found. A text to the person
            leaving prison is sent a second time once at most, and never blind.
        looks_again_after: How long to wait before looking, when nobody knows.
    """

    outgoing: Outgoing
    severity: Severity
    may_have_gone: bool
    may_go_again: bool
    looks_again_after: timedelta


class Left(NamedTuple):
    """A message that is not sent; `notice_id` is to be weighed, when it is evidence."""

    notice_id: str | None
    severity: Severity


class Postponed(NamedTuple):
    """A message that may not be sent before `at` (UTC)."""

    channel: Channel
    severity: Severity
    at: datetime


Claim = Sendable | Left | Postponed | None
"""What a claim comes to; None when another sender has the message, or it is over."""
