"""What a page's route answers with: a rendered page, or the address to go to."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final, NamedTuple

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment

from api.headers import PROTECTIVE_HEADERS
from api.pages.accounts import IDLE
from api.pages.faults import Fault
from api.pages.navigation import links_for
from api.pages.visit import SEEN_EVERY, visit_of

SEE_OTHER: Final = 303


class Rendering(NamedTuple):
    """What every page needs, put together when the application is.

    Attributes:
        templates: The environment that renders them.
        is_demonstration: Whether pages say that everybody is invented.
        form_targets: Other origins that a form may lead on to: the sign-in provider's.
    """

    templates: Environment
    is_demonstration: bool
    form_targets: tuple[str, ...] = ()


class Link(NamedTuple):
    """A way back, or a breadcrumb."""

    text: str
    href: str


def page(
    request: Request,
    template: str,
    *,
    title: str,
    status: int = 200,
    errors: Sequence[Fault] = (),
    crumbs: Sequence[Link] = (),
    back: Link | None = None,
    **view: object,
) -> HTMLResponse:
    """Return a page of the layout, rendered for whoever is signed in.

    Args:
        request: The request that it answers.
        template: Its name under `templates`.
        title: The title, without the service's name; usually the same as the heading.
        status: 400 for a form with something to correct.
        errors: Shown at the top, and where the template asks `error_for`.
        crumbs: Breadcrumbs above the page; a page has these or `back`, not both.
        back: The page before this one.
        view: What the template shows.
    """
    rendering: Rendering = request.app.state.rendering
    visit = visit_of(request)
    account = visit.account
    nonce = secrets.token_urlsafe(16)
    html = rendering.templates.get_template(template).render(
        view,
        title=title,
        errors=errors,
        breadcrumbs=[each._asdict() for each in crumbs],
        back=back,
        account=account,
        navigation=links_for(account.role, request.url.path) if account else [],
        form_token=visit.form_token,
        banners=visit.take_banners(),
        session_idle=int((IDLE - SEEN_EVERY).total_seconds()),
        session_lasts=int(visit.lasts.total_seconds()),
        cspNonce=nonce,
        is_demonstration=rendering.is_demonstration,
        is_read_only=request.scope.get("read_only", False),
    )
    headers = {"Content-Security-Policy": _policy(nonce, rendering.form_targets)}
    return HTMLResponse(html, status, headers | PAGE_HEADERS)


PAGE_HEADERS: Final = {"Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex"}


def _policy(nonce: str, form_targets: Sequence[str]) -> str:
    # Browsers apply form-action to the redirect after a form too, so signing out of the provider
    # has to be allowed here.
    targets = " ".join(["'self'", *form_targets])
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; "
        f"form-action {targets}; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def see(href: str) -> RedirectResponse:
    """Return the answer to a form that was accepted: go and look there (post, redirect, get)."""
    return RedirectResponse(href, SEE_OTHER)


def csv_file(text: str, name: str) -> Response:
    """Return a CSV file to keep, named after `name`."""
    headers = {**PROTECTIVE_HEADERS, "Content-Disposition": f'attachment; filename="{name}.csv"'}
    # Spreadsheets take a file without a byte order mark for another encoding.
    return Response(f"\ufeff{text}", media_type="text/csv; charset=utf-8", headers=headers)


def local(href: str | None) -> str:
    """Return an address of this service, and the home page for any other."""
    if href is None or not href.startswith("/") or href.startswith(("//", "/\\")):
        return "/"
    return href if href.isprintable() else "/"
