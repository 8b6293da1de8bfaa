"""Which of two statuses of a text is the later one; receipts arrive in any order, and again."""

from __future__ import annotations

from typing import Final

_RANKS: Final = {
    "accepted": 0,
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
    "delivered": 5,
    "read": 5,
}
_FINAL_FROM: Final = 4


def is_final(status: str) -> bool:
    """Return whether nothing more is expected after this status."""
    return _RANKS.get(status, -1) >= _FINAL_FROM


def superseded_by(new: str) -> frozenset[str]:
    """Return every status that says less than `new`; none for an unknown one."""
    return frozenset(old for old in _RANKS if supersedes(new, old))


def supersedes(new: str, old: str | None) -> bool:
    """Return whether `new` says more than `old`.

    A late `sent` does not take back `delivered`, and a failure stays unless the carrier confirms
    delivery after all. An unknown status supersedes nothing.
    """
    return _RANKS.get(new, -1) > _RANKS.get(old or "", -1)
