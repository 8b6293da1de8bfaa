"""Rotas: who is on duty when."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from api.documented import CHANGING, READING
from api.duty_bodies import SHIFTS, described_body
from api.duty_schemas import Rota
from api.duty_views import rota_view
from api.parsing import json_body, strictly
from api.queries import RotaQuery
from api.security import Colleague, Given
from api.teams import post_named, refuse_unknown_staff, team_named
from domain.duty.access import may_look_after
from domain.duty.rota import Shift

router = APIRouter(prefix="/api/v1/rotas", tags=["rotas"])


@router.get("/{role}/{organisation}", summary="Read who is on duty", responses=READING)
async def read_rota(
    role: str,
    organisation: str,
    caller: Colleague,  # noqa: ARG001 - the policy of the route
    services: Given,
    query: Annotated[RotaQuery, Query()],
) -> Rota:
    """Return who holds each post of a team at an instant, and the shifts of the days after it.

    Who: resettlement, healthcare, probation, provider and admin, of every team: whoever hands
    over must know who is there. Nobody's number is shown.
    """
    team = team_named(services, role, organisation)
    at = query.at or services.now()
    rotas = services.duty.rotas
    shifts = await rotas.shifts(team, at, at + timedelta(days=query.days))
    return rota_view(team, at, await rotas.holders(team, at), shifts)


@router.put(
    "/{role}/{organisation}/{post}",
    summary="Replace a period of a rota",
    responses=CHANGING,
    openapi_extra=described_body("ShiftEntries"),
)
async def replace_rota(
    role: str,
    organisation: str,
    post: str,
    *,
    caller: Colleague,
    services: Given,
    request: Request,
) -> Rota:
    """Put these shifts in the place of whatever stood in the period they span.

    Who: managers for their own team, admin for any. A gap or an overlap, also with what stands
    before and after, is refused with the entry; then nothing is changed.
    """
    team = team_named(services, role, organisation)
    wanted = post_named(team, post)
    may_look_after(caller, team)
    body = strictly(SHIFTS, await json_body(request))
    named = {f"shifts.{place}.staff": each.staff for place, each in enumerate(body.shifts)}
    await refuse_unknown_staff(services.duty.staff, named)
    shifts = [Shift(wanted, team, each.staff, each.starts_at, each.ends_at) for each in body.shifts]
    await services.duty.rotas.replace(shifts, caller.id)
    starts_at = min(each.starts_at for each in shifts)
    ends_at = max(each.ends_at or each.starts_at for each in shifts) + timedelta(seconds=1)
    stored = await services.duty.rotas.shifts(team, starts_at, ends_at)
    now = services.now()
    return rota_view(team, now, await services.duty.rotas.holders(team, now), stored)
