"""The check before each send, with rows read in that moment (rule 6)."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from domain.policy import Channel, Severity

_URGENT = frozenset({Severity.S1, Severity.S2})


class Fresh(NamedTuple):
    """A recipient as they are now.

    Attributes:
        address: Where this channel would go; None when there is none.
        is_absent: They are away or have left.
        opted_out: They asked this number for no more texts.
        failed: The provider said that this number takes nothing, for good.
    """

    address: str | None
    is_absent: bool
    opted_out: bool
    failed: bool = False


class Go(NamedTuple):
    """Send it, there."""

    address: str


class Skip(NamedTuple):
    """Do not send it, for a coded reason."""

    reason: str


class Later(NamedTuple):
    """Do not send it before an instant (UTC)."""

    reason: str
    at: datetime


Answer = Go | Skip | Later


def may_go(
    fresh: Fresh, channel: Channel, severity: Severity, stopped_until: datetime | None
) -> Answer:
    """Return whether a message to a member of staff may go now.

    Args:
        fresh: The recipient.
        channel: How it travels.
        severity: What is urgent gives way to the next channel at once; the rest waits.
        stopped_until: When a channel that stands still may be tried again; None while it works.
    """
    if fresh.is_absent:
        return Skip("absent")
    if fresh.address is None:
        return Skip("no_email" if channel is Channel.EMAIL else "no_mobile")
    if channel is Channel.SMS and (reason := _takes_no_texts(fresh)) is not None:
        return Skip(reason)
    if stopped_until is None:
        return Go(fresh.address)
    if severity in _URGENT:
        return Skip("channel_stopped")
    return Later("channel_stopped", stopped_until)


def _takes_no_texts(fresh: Fresh) -> str | None:
    if fresh.opted_out:
        return "opted_out"
    return "number_failed" if fresh.failed else None
