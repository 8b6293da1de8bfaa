"""The links at the top of every page, by role. A new section of the pages adds its line here."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.access_measures import MEASURE_ROLES
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role


class Section(NamedTuple):
    """One link, shown to the roles that may open it."""

    text: str
    href: str
    roles: frozenset[Role]


SECTIONS: Final = (
    Section("Home", "/", frozenset(Role)),
    Section("Cases", "/cases", CASEWORK_ROLES),
    Section("Escalations", "/escalations", CASEWORK_ROLES),
    Section("Rotas", "/rotas", CASEWORK_ROLES | {Role.ADMIN}),
    Section("Messages", "/messages", CASEWORK_ROLES | {Role.ADMIN, Role.AUDITOR}),
    Section("Dashboard", "/dashboard", MEASURE_ROLES),
    Section("Policy", "/policy", frozenset({Role.ADMIN, Role.AUDITOR, Role.COMMISSIONER})),
    Section("Users", "/users", frozenset({Role.ADMIN})),
    Section("Restricted records", "/restrictions", frozenset({Role.ADMIN})),
    Section("Audit", "/audit", frozenset({Role.AUDITOR})),
)


def links_for(role: Role, path: str) -> list[dict[str, object]]:
    """Return the links for `role` as the service navigation wants them, the open one marked."""
    return [
        {"text": each.text, "href": each.href, "active": _is_in(each.href, path)}
        for each in SECTIONS
        if role in each.roles
    ]


def _is_in(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
