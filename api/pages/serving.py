"""Adds the pages to the application: their routes, their errors and the visits of browsers."""

from __future__ import annotations

from fastapi import FastAPI

from api.pages.answers import Rendering
from api.pages.errors import handle_page_errors
from api.pages.routes import ROUTERS
from api.pages.settings import PageSettings
from api.pages.templating import create_environment
from api.pages.visit import KeepVisit
from api.ports import Services


def serve_pages(app: FastAPI, services: Services, settings: PageSettings) -> None:
    """Serve every page; call it before the outermost middleware is added."""
    app.state.rendering = Rendering(
        create_environment(), settings.is_demonstration, settings.form_targets
    )
    app.add_middleware(
        KeepVisit, sessions=services.sessions, now=services.now, secure=settings.is_secure
    )
    handle_page_errors(app)
    for router in ROUTERS:
        app.include_router(router)
