"""Style, scripts and pictures, which browsers may keep: another content has another address."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from api.pages.templating import STATIC
from api.security import Anybody

router = APIRouter(include_in_schema=False)

_FILES: Final = StaticFiles(directory=STATIC)
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@router.get("/static/{name:path}")
async def static_file(_policy: Anybody, request: Request, name: str) -> Response:
    """Return one of our own files; nothing here tells of anybody."""
    response = await _FILES.get_response(name, request.scope)
    # Without a version in the address, as scripts import one another, the tag has to be asked.
    response.headers["Cache-Control"] = _FOR_EVER if "v" in request.query_params else "no-cache"
    return response
