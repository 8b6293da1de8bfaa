"""The people of a team, for those who see who works in it."""

from __future__ import annotations

from typing import Final

from api.duty_records import StaffRecord
from api.filters import PageOf
from api.ports import Services
from domain.duty.access import TeamScope
from domain.duty.posts import Team

MOST: Final = 200
"""More people than any team has."""


async def staff_of(services: Services, team: Team) -> tuple[StaffRecord, ...]:
    """Return everybody of a team, by name, also who has left."""
    scope = TeamScope(team.role, frozenset({team.organisation}))
    found = await services.duty.staff.page(scope, team.organisation, PageOf(size=MOST))
    return found.rows


async def colleagues_of(services: Services, team: Team) -> tuple[StaffRecord, ...]:
    """Return those of a team who still work here."""
    return tuple(each for each in await staff_of(services, team) if each.left_at is None)
