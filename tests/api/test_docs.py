"""The page about the API says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from api.app import create_app
from api.asking import KINDS
from api.body_limit import BODY_LIMIT
from domain.access import AFTERCARE
from domain.access_table import AFTER_RELEASE, COMMANDS, MANAGERS_ONLY
from domain.codes import Role
from tests.api.conftest import NOW
from tests.api.fakes import World

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
ROLES = (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER)


def cell(kind: str, role: Role) -> str:
    command = KINDS[kind]
    if command in AFTER_RELEASE.get(role, frozenset()):
        return "after release"
    if command not in COMMANDS[role]:
        return "no"
    return "managers" if command in MANAGERS_ONLY else "yes"


def test_the_page_lists_every_kind_with_its_roles() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE)

    told = {kind: cells.split(" | ") for kind, cells in rows}
    assert told == {kind: [cell(kind, role) for role in ROLES] for kind in KINDS}


def test_the_page_names_every_route() -> None:
    for path, item in create_app(World(NOW).services()).openapi()["paths"].items():
        for method in item:
            assert f"{method.upper()} {path}" in PAGE


def test_the_page_has_the_right_figures() -> None:
    assert f"{BODY_LIMIT // 1024} KiB" in PAGE
    assert f"until {AFTERCARE.days} days after release" in PAGE
