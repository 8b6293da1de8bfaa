"""Roles in words."""

from __future__ import annotations

from typing import Final

from domain.codes import Role

ROLES: Final = {
    Role.RESETTLEMENT: "Prison resettlement",
    Role.HEALTHCARE: "Prison healthcare",
    Role.PROBATION: "Probation",
    Role.PROVIDER: "Community drug service",
    Role.COMMISSIONER: "Commissioner",
    Role.ADMIN: "Service owner",
    Role.AUDITOR: "Auditor",
}
"""What somebody of a role is called, on every page."""


def with_role(name: str, role: Role) -> str:
    """Return somebody with what they are: `Priya Nair (prison resettlement)`."""
    return f"{name} ({ROLES[role].lower()})"
