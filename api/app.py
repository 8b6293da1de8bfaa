"""The web application: routes, errors, limits and the description, over what infra provides."""

from __future__ import annotations

from fastapi import FastAPI

from api.access_log import AccessLog
from api.body_limit import BodyLimit
from api.description import TITLE, describe
from api.pages.serving import serve_pages
from api.pages.settings import DEFAULT, PageSettings
from api.ports import Services
from api.routes import (
    commands,
    delivery,
    escalations,
    events,
    health,
    measures,
    memberships,
    messages,
    quality,
    releases,
    replies,
    rotas,
    staff,
    texting,
    twilio,
    workers,
)


def create_app(services: Services, *, pages: PageSettings = DEFAULT, version: str = "1") -> FastAPI:
    """Return the application.

    Args:
        services: The stores, the engine and the clock to use.
        pages: How the pages are served.
        version: Of the product, shown in the description.
    """
    app = FastAPI(
        title=TITLE,
        version=version,
        # Served by a route of our own, so that it declares its policy like every other.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        # The same address with and without a slash would be two names for one thing.
        redirect_slashes=False,
    )
    app.state.services = services
    app.add_middleware(BodyLimit)
    serve_pages(app, services, pages)
    app.add_middleware(AccessLog)  # added last, so it is the outermost
    for resource in (
        *(health, releases, commands, events, escalations, measures, memberships),
        *(workers, staff, rotas, quality, twilio),
        *(messages, replies, texting, delivery),
    ):
        app.include_router(resource.router)
    describe(app, version)
    return app
