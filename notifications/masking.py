"""Addresses as they may be shown: enough to recognise one's own, too little to write to."""

from __future__ import annotations

from notifications.numbers import masked


def masked_address(address: str) -> str:
    """Return a number with its last four figures, or a mailbox with its first letter and place."""
    mailbox, at, place = address.rpartition("@")
    return f"{mailbox[:1]}•••@{place}" if at else masked(address)
