"""The session of whoever is signed in: keep it going, and get back what it ended before."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.pages.answers import PAGE_HEADERS, page, see
from api.pages.security import SignedIn
from api.pages.unsaved import UNSAVED, KeptForm
from api.security import Given

router = APIRouter(include_in_schema=False)

SEND_AGAIN: Final = 307
"""The browser sends the same form on, with everything in it."""


@router.post("/session")
async def keep_session(_account: SignedIn) -> Response:
    """Put off the end of the session: that somebody asks is what it needs."""
    return Response(status_code=204, headers=PAGE_HEADERS)


@router.get(UNSAVED)
async def show(account: SignedIn, request: Request, services: Given) -> Response:
    """Show what was typed when the session had ended already, to be saved or dropped."""
    kept = await services.kept_forms.find(account.subject.id)
    if kept is None:
        return see("/")
    title = "You were signed out before this was saved"
    return page(request, "unsaved.html", title=title, kept=kept, shown=_shown(kept))


@router.post(UNSAVED)
async def save(account: SignedIn, services: Given) -> Response:
    """Send the form on to where it was meant for, which checks it as ever."""
    kept = await services.kept_forms.find(account.subject.id)
    if kept is None:
        return see("/")
    await services.kept_forms.drop(account.subject.id)
    return RedirectResponse(kept.path, SEND_AGAIN)


@router.post(f"{UNSAVED}/drop")
async def drop(account: SignedIn, services: Given) -> Response:
    """Forget it."""
    await services.kept_forms.drop(account.subject.id)
    return see("/")


def _shown(kept: KeptForm) -> list[tuple[str, str]]:
    """Return what was typed; names of fields and codes that were chosen read like words."""
    return [
        (_in_words(name).capitalize(), _in_words(value) if value.isidentifier() else value)
        for name, value in kept.typed
        if value.strip()
    ]


def _in_words(code: str) -> str:
    return code.replace("_", " ").replace("-", ", ").replace(".", ", ")
