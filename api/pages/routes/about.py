"""Pages about the service itself, the same for everybody: accessibility, privacy, help."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import page
from api.pages.security import Anybody

router = APIRouter(include_in_schema=False)


@router.get("/accessibility")
async def accessibility(_policy: Anybody, request: Request) -> Response:
    """Say what was tested, and what was not."""
    return page(request, "accessibility.html", title="Accessibility statement")


@router.get("/privacy")
async def privacy(_policy: Anybody, request: Request) -> Response:
    """Say what is kept about whom, and who may see it."""
    return page(request, "privacy.html", title="Privacy")


@router.get("/help")
async def help_page(_policy: Anybody, request: Request) -> Response:
    """Say how to go on, and what to do when the service does not."""
    return page(request, "help.html", title="Help")
