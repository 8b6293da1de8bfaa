"""How a notice stands on its way out."""

from __future__ import annotations

from enum import StrEnum


class NoticeStatus(StrEnum):
    """From written to sent; `SENDING` is claimed, and unknown if its sender died."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
