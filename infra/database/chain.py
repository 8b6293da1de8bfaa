"""The hash chain of the audit trail: what makes a changed, moved or removed event show.

Each event's hash covers its content, its release, its number and the hash before it, under a key
that the database does not hold. Changing what is covered breaks every chain already written.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

ROOT: Final = "0" * 64
"""The hash before the first event of a release."""

_COVERED: Final = (
    *("release_id", "seq", "kind", "at", "true_on", "recorded_at"),
    *("step", "actor", "data", "key", "digest"),
)


def audit_key_from(id_key: bytes) -> bytes:
    """Return the chain's key, derived so that the one key reveals nothing of the other."""
    return hmac.digest(id_key, b"throughcare audit trail", "sha256")


def link(key: bytes, prev_hash: str, row: Mapping[str, Any]) -> str:
    """Return the hash of an event row that follows `prev_hash`, as 64 hexadecimal digits."""
    covered = [row[each] for each in _COVERED]
    content = json.dumps(
        covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )
    return hmac.new(key, f"{prev_hash}{content}".encode(), sha256).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} cannot be part of an event"
    raise TypeError(msg)
