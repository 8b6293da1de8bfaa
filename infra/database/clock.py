"""The store's own clock: when something was recorded here, whatever the journey says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the current instant, aware and in UTC."""


def utc_now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)
