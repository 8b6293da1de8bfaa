"""The policy in force, for anybody who asks where a due time comes from."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import page
from api.pages.happenings import actors_of
from api.pages.security import SignedIn
from api.policy_ports import Stands
from api.security import Given
from domain.codes import Role

router = APIRouter(include_in_schema=False, prefix="/policy")

STATES: Final = {
    Stands.PLANNED: "Planned",
    Stands.IN_FORCE: "In force",
    Stands.REPLACED: "In force, changed further since",
    Stands.WITHDRAWN: "Taken back",
    Stands.ELSEWHERE: "Of another document than the one in use",
}
_HOLDS: Final = (Stands.IN_FORCE, Stands.REPLACED)


@router.get("")
async def policy(account: SignedIn, request: Request, services: Given) -> Response:
    """Show every figure with its source, what was decided here, and the versions before."""
    decided = await services.policy_changes.every()
    doers = {each.by for each in decided} | {each.withdrawn_by or "" for each in decided}
    in_force = [each for each in decided if each.stands in _HOLDS]
    return page(
        request,
        "policy.html",
        title="Policy and its sources",
        policy=services.policy_in_force(),
        versions=await services.policy_versions(),
        decided=decided,
        names=await actors_of(services, doers - {""}),
        states=STATES,
        # Of several changes of one row the newest counts; what was decided comes newest first.
        changed={each.slug: each for each in reversed(in_force)},
        may_change=account.role is Role.ADMIN,
    )
