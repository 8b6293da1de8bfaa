"""Errors as pages: the same kinds and statuses as of the JSON API, in words for staff."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from api import errors
from api.pages.answers import page, see
from api.pages.templating import STATIC
from api.pages.unsaved import UNSAVED
from api.ports import RecordUnavailableError
from api.refusals import SignInNeededError
from api.security import route_of, services_of
from domain.access_restriction import RecordRestricted
from domain.errors import ThroughcareError

log = logging.getLogger("api.pages.errors")

FOR_PROGRAMS: Final = ("/api/", "/health/", "/openapi.json")
NOT_FOUND: Final = 404
_SORRY: Final = "Sorry, there is a problem with the service"
_TITLES: Final = {
    403: "You cannot do this",
    NOT_FOUND: "Page not found",
    405: "Page not found",
    413: "This is too much at once",
}
_STATIC_POLICY: Final = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"


def is_for_people(request: Request) -> bool:
    """Return whether somebody reads the answer, and not a program."""
    return not request.url.path.startswith(FOR_PROGRAMS)


def handle_page_errors(app: FastAPI) -> None:
    """Answer every error of a page with a page; programs go on getting problems."""
    for kind, handler in (
        (ThroughcareError, _throughcare),
        (RequestValidationError, _validation),
        (HTTPException, _http),
        (Exception, _unexpected),
    ):
        app.add_exception_handler(kind, handler)


async def _throughcare(request: Request, error: Any) -> Response:  # noqa: ANN401
    if not is_for_people(request):
        return errors.respond(error)
    if isinstance(error, SignInNeededError):
        return _to_sign_in(request, error)
    if isinstance(error, RecordRestricted):
        return await _restricted(request, error)
    return _of_kind(request, error)


def _of_kind(request: Request, error: ThroughcareError) -> Response:
    if isinstance(error, RecordUnavailableError):
        return static_problem(503)
    kind = errors.kind_of(error)
    if kind is errors.INTERNAL:
        log.error("unmapped error", extra={"error": type(error).__name__})
        return static_problem()
    if kind.status == NOT_FOUND:
        return _page(request, NOT_FOUND, "")
    return _page(request, kind.status, error.message)


def _to_sign_in(request: Request, error: SignInNeededError) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method != "GET":
        wanted = UNSAVED if error.is_kept else request.url.path
    return see("/sign-in" if wanted == "/" else f"/sign-in?{urlencode({'next': wanted})}")


async def _restricted(request: Request, error: RecordRestricted) -> Response:
    """Say who may open it, so that what is urgent is not lost; nothing of whom it is about."""
    log.warning("restricted record refused", extra={"route": route_of(request)})
    services = services_of(request)
    try:
        names = await services.accounts.names(error.readers)
    except RecordUnavailableError:
        return static_problem(503)
    ask = sorted(names.values())
    title = "Access to this record is restricted"
    return page(request, "restricted.html", title=title, status=403, ask=ask)


async def _validation(request: Request, error: Any) -> Response:  # noqa: ANN401
    if not is_for_people(request):
        return await errors.answer_validation(request, error)
    return _page(request, NOT_FOUND, "")


async def _http(request: Request, error: Any) -> Response:  # noqa: ANN401
    if not is_for_people(request):
        return await errors.answer_http(request, error)
    return _page(request, error.status_code, "")


async def _unexpected(request: Request, error: Exception) -> Response:
    if not is_for_people(request):
        return await errors.answer_unexpected(request, error)
    log.error("unexpected error", extra={"error": type(error).__name__})
    return static_problem()


def _page(request: Request, status: int, detail: str) -> Response:
    title = _TITLES.get(status, _SORRY)
    return page(request, "error.html", title=title, status=status, code=status, detail=detail)


def static_problem(status: int = 500) -> Response:
    """Return the page that needs nothing to work: no session, no template, no database."""
    html = _read(STATIC / "500.html")
    return HTMLResponse(html, status, {"Content-Security-Policy": _STATIC_POLICY})


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
