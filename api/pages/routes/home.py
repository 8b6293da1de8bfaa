"""The home page: what to do next, for each role."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages.answers import page
from api.pages.security import SignedIn
from api.security import Given

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(account: SignedIn, request: Request, services: Given) -> Response:
    """Show what waits for whoever is signed in."""
    return page(request, "home.html", title="Home", now=services.now(), name=account.name)
