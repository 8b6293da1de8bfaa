"""The policy in force, for anybody who asks where a due time comes from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import page
from api.pages.security import SignedIn
from api.security import Given

router = APIRouter(include_in_schema=False, prefix="/policy")


@router.get("")
async def policy(_account: SignedIn, request: Request, services: Given) -> Response:
    """Show every figure with its source, and the versions before with what each changed."""
    return page(
        request,
        "policy.html",
        title="Policy and its sources",
        policy=services.policy_in_force(),
        versions=await services.policy_versions(),
    )
