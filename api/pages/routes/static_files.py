"""Style, scripts and pictures, which browsers may keep: another content has another address."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles

from api.pages.templating import STATIC
from api.security import Anybody

router = APIRouter(include_in_schema=False)

_FILES: Final = StaticFiles(directory=STATIC)
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_WORTH_PRESSING: Final = frozenset({".css", ".js"})


@router.get("/static/{name:path}")
async def static_file(_policy: Anybody, request: Request, name: str) -> Response:
    """Return one of our own files; nothing here tells of anybody.

    Only these are sent compressed: on a page, the length of what is compressed could tell somebody
    who listens what stands in it (BREACH).
    """
    response = await _FILES.get_response(name, request.scope)
    if "v" not in request.query_params:
        # As scripts import one another: the tag has to be asked.
        response.headers["Cache-Control"] = "no-cache"
        return response
    if isinstance(response, FileResponse) and "gzip" in request.headers.get("accept-encoding", ""):
        response = _pressed(response)
    response.headers["Cache-Control"] = _FOR_EVER
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _pressed(response: FileResponse) -> Response:
    path = Path(response.path)
    if path.suffix not in _WORTH_PRESSING:
        return response
    headers = {"Content-Encoding": "gzip"}
    return Response(_compressed(path), media_type=response.media_type, headers=headers)


@cache
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
