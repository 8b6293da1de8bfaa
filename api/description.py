"""The OpenAPI description: complete, with an example of every request and every error."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.answers import Pending, Readiness, ReleaseStarted
from api.duty_bodies import duty_schemas
from api.message_bodies import message_schemas
from api.openapi_bodies import body_schemas
from api.problems import Problem

TITLE: Final = "Throughcare"
ABOUT: Final = """
Follows a person who needs drug treatment from prison to twelve weeks of treatment: every step has
an owner, a due time with its source, and an escalation that somebody must acknowledge.

A token has one role and the places it works for. What lies outside is answered like what does not
exist (404); what the role may not do is 403. Justice roles see no clinical detail. Days are London
days; instants are UTC. Errors are problem details (RFC 9457): match on `code`, show `detail`.
"""

TAGS: Final = [
    {"name": "releases", "description": "Start, list and read releases."},
    {"name": "commands", "description": "Record what happened or was arranged."},
    {"name": "events", "description": "The trail of a release."},
    {"name": "escalations", "description": "Steps that lapsed, and who has them."},
    {"name": "staff", "description": "Who works where, and when they are away."},
    {"name": "rotas", "description": "Who is on duty when, and who works with whom."},
    {"name": "messages", "description": "What was sent and would be sent, and why."},
    {"name": "replies", "description": "What people wrote back, and whether they want texts."},
    {"name": "measures", "description": "Counts: whether whoever should know was reached."},
    {"name": "quality", "description": "What keeps a page from landing."},
    {"name": "measures", "description": "Rates for commissioners; small numbers are withheld."},
    {"name": "health", "description": "For supervisors of the process."},
]


def describe(app: FastAPI, version: str) -> None:
    """Make `app.openapi()` return the complete description, built once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app, version)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI itself documents


def _described(app: FastAPI, version: str) -> dict[str, Any]:
    described = get_openapi(
        title=TITLE,
        version=version,
        description=ABOUT.strip(),
        routes=app.routes,
        tags=TAGS,
        servers=[{"url": "/", "description": "This service"}],
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    schemas = described["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    template = "#/components/schemas/{model}"
    named = [(model, "serialization") for model in (Problem, Pending, Readiness, ReleaseStarted)]
    # The stub wants one model type throughout; pydantic itself takes a list of several.
    _, extra = models_json_schema(named, ref_template=template)  # type: ignore[arg-type]
    schemas |= extra["$defs"] | body_schemas() | duty_schemas() | message_schemas()
    described["components"]["schemas"] = dict(sorted(schemas.items()))
    return described
