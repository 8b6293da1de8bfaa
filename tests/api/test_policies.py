"""Every route says in its signature who may call it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.pages.security import PagePolicy
from api.security import Policy, PublicPolicy
from tests.api.conftest import NOW
from tests.api.fakes import World

PUBLIC = {
    *("/health/live", "/health/ready", "/openapi.json"),
    *("/static/{name:path}", "/sign-in", "/sign-in/provider", "/sign-in/provider/return"),
    *("/referral-answers/{token}", "/accessibility", "/privacy", "/help"),
    *("/twilio/status", "/twilio/call", "/twilio/reply", "/twilio/voice"),
}


def policies(dependant: Dependant) -> Iterator[Policy | PublicPolicy | PagePolicy]:
    if isinstance(dependant.call, Policy | PublicPolicy | PagePolicy):
        yield dependant.call
    for each in dependant.dependencies:
        yield from policies(each)


def undeclared(app: FastAPI) -> list[str]:
    found = []
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context.original_route, "dependant", None)
        if dependant is None or len(list(policies(dependant))) != 1:
            found.append(str(context.path))
    return found


def test_every_route_declares_exactly_one_policy() -> None:
    app = create_app(World(NOW).services())

    assert len(list(iter_route_contexts(app.routes))) > 10
    assert undeclared(app) == []


def test_a_route_without_a_policy_would_be_found() -> None:
    app = create_app(World(NOW).services())

    @app.get("/open")
    async def open_to_all() -> None:
        """Forget to say who may call."""

    assert undeclared(app) == ["/open"]


def test_only_what_is_listed_here_is_public() -> None:
    app = create_app(World(NOW).services())
    public = {
        context.path
        for context in iter_route_contexts(app.routes)
        if any(
            isinstance(each, PublicPolicy)
            for each in policies(context.original_route.dependant)  # type: ignore[attr-defined]  # only our kind of route is walked
        )
    }

    assert public == PUBLIC
