"""The links at the top of every page, by role. A new section of the pages adds its line here."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.access_measures import MEASURE_ROLES
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role


class Section(NamedTuple):
    """One link, shown to the roles that may open it.

    Attributes:
        about: What is done there, for the home page of those who see no person.
    """

    text: str
    href: str
    roles: frozenset[Role]
    about: str = ""


SECTIONS: Final = (
    Section("Home", "/", frozenset(Role) - {Role.COMMISSIONER}),
    Section("Cases", "/cases", CASEWORK_ROLES),
    Section("Escalations", "/escalations", CASEWORK_ROLES),
    Section(
        "Rotas",
        "/rotas",
        CASEWORK_ROLES | {Role.ADMIN},
        "Who is on duty for each team now and in the weeks ahead, and where nobody is",
    ),
    Section(
        "Tasks",
        "/quality-tasks",
        CASEWORK_ROLES | {Role.ADMIN},
        "What keeps messages from reaching a team, and what was done about it",
    ),
    Section(
        "Messages",
        "/messages",
        CASEWORK_ROLES | {Role.ADMIN, Role.AUDITOR},
        "What was sent or waits to be sent, to whom, and why something was not",
    ),
    Section(
        "Dashboard",
        "/dashboard",
        MEASURE_ROLES,
        "How many people reach treatment, and where others are lost",
    ),
    Section(
        "Policy",
        "/policy",
        frozenset({Role.ADMIN, Role.AUDITOR, Role.COMMISSIONER}),
        "Every due time and limit with its source, and what each version changed",
    ),
    Section(
        "Users",
        "/users",
        frozenset({Role.ADMIN}),
        "Add somebody, link them to the list of staff, sign them out, switch an account off",
    ),
    Section(
        "Restricted records",
        "/restrictions",
        frozenset({Role.ADMIN}),
        "Close a record to everybody but the people you name, or lift that",
    ),
    Section(
        "Audit",
        "/audit",
        frozenset({Role.AUDITOR}),
        "Find who saw or changed which record, and take what you find as a file",
    ),
)


def links_for(role: Role, path: str) -> list[dict[str, object]]:
    """Return the links for `role` as the service navigation wants them, the open one marked."""
    return [
        {
            "text": each.text,
            "href": each.href,
            "active": _is_in(each.href, path),
            "about": each.about,
        }
        for each in SECTIONS
        if role in each.roles
    ]


def _is_in(href: str, path: str) -> bool:
    return path == href or (href != "/" and path.startswith(f"{href}/"))
