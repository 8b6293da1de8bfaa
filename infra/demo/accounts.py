"""Ready-made accounts of a demonstration, so that a newcomer can sign in as each role at once.

Their one password lies in a file of the state directory and on the sign-in page, which is fit for
invented people only.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from api.pages.accounts import DemoAccount
from domain.codes import Role
from infra.database.users import NewAccount, UserStore

FILE_NAME: Final = "demo-accounts.json"

_NAMES: Final = {
    Role.RESETTLEMENT: "Priya Nair, prison resettlement",
    Role.HEALTHCARE: "Tom Adeyemi, prison healthcare",
    Role.PROBATION: "Dan Okafor, probation",
    Role.PROVIDER: "Ruth Llewellyn, community drug service",
    Role.COMMISSIONER: "Helen Marsh, commissioner",
    Role.ADMIN: "Sam Reeve, service owner",
    Role.AUDITOR: "Asha Kaur, auditor",
}


def demo_accounts(
    state_dir: Path, store: UserStore, hashed: Callable[[str], str]
) -> tuple[DemoAccount, ...]:
    """Return one account for each role, named after it; one that is missing is added.

    Each may see every place, and act as a manager.
    """
    password = _read(state_dir).get("password") or secrets.token_urlsafe(9)
    _write(state_dir, password)
    for role, name in _NAMES.items():
        found = store.find(role)
        if found is None:
            store.add(_account(role, name, hashed(password)))
        else:
            store.set_password(found[0].subject.id, hashed(password))
    return known_accounts(state_dir)


def known_accounts(state_dir: Path) -> tuple[DemoAccount, ...]:
    """Return the accounts that were made; none before that."""
    password = _read(state_dir).get("password")
    if not password:
        return ()
    return tuple(DemoAccount(role, password, name, role) for role, name in _NAMES.items())


def _account(role: Role, name: str, password: str) -> NewAccount:
    return NewAccount(
        username=role,
        name=name.split(",", maxsplit=1)[0],
        role=role,
        password=password,
        prisons=None,
        units=None,
        services=None,
        areas=None,
        manager=True,
    )


def _read(state_dir: Path) -> dict[str, Any]:
    try:
        stored = json.loads((state_dir / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(state_dir: Path, password: str) -> None:
    path = state_dir / FILE_NAME
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"password": password}, file)
    draft.replace(path)
