"""One ready-made token for each role, so that a newcomer can call the API at once.

Their secrets lie in a file of the state directory, which is fit for invented people only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from domain.codes import Role
from infra.database.clock import Clock, utc_now
from infra.database.tokens import NewToken, TokenStore

FILE_NAME: Final = "demo-tokens.json"
_VALID_FOR: Final = timedelta(days=365)


def demo_tokens(state_dir: Path, store: TokenStore, clock: Clock = utc_now) -> Mapping[Role, str]:
    """Return the secret of each role's token; one that is missing or no longer valid is made anew.

    Each may see every place, and act as a manager.
    """
    path = state_dir / FILE_NAME
    known = _read(path)
    secrets = {role: _valid(known.get(role), store) or _new(role, store, clock) for role in Role}
    if secrets != known:
        _write(path, secrets)
    return secrets


def _valid(secret: str | None, store: TokenStore) -> str | None:
    return secret if secret is not None and store.find(secret) is not None else None


def _new(role: Role, store: TokenStore, clock: Clock) -> str:
    token = NewToken(
        role=role,
        label="demonstration",
        prisons=None,
        units=None,
        services=None,
        areas=None,
        manager=True,
        expires_at=clock() + _VALID_FOR,
    )
    return store.create(token)[1]


def _read(path: Path) -> dict[str, str]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(path: Path, secrets: Mapping[Role, str]) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(secrets, file, indent=2)
    draft.replace(path)
