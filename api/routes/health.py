"""Whether the process lives and whether it can do its work; for supervisors, without a token."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from api.answers import Liveness, Readiness, ReadinessPart
from api.security import Anybody, Given

router = APIRouter(tags=["health"])


@router.get("/health/live", summary="Whether the process answers")
async def live(_policy: Anybody) -> Liveness:
    """Answer at once, whatever else is broken. Anybody may ask."""
    return Liveness(status="live")


@router.get(
    "/health/ready",
    summary="Whether the service can do its work",
    responses={503: {"model": Readiness, "description": "A part that is needed is not ready."}},
)
async def ready(_policy: Anybody, services: Given, response: Response) -> Readiness:
    """Ask every part. Anybody may ask; nothing but names of parts is told."""
    parts = await services.health.parts()
    is_ready = all(part.is_ready for part in parts if part.is_needed)
    response.status_code = 200 if is_ready else 503
    return Readiness(
        status="ready" if is_ready else "not_ready",
        parts=[ReadinessPart(name=part.name, ready=part.is_ready) for part in parts],
    )


@router.get("/openapi.json", include_in_schema=False)
async def description(_policy: Anybody, request: Request) -> dict[str, Any]:
    """Return the description of the API; it tells nothing about anybody."""
    described: dict[str, Any] = request.app.openapi()
    return described
