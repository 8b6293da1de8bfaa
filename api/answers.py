"""What requests are answered with that are no resource: receipts, and how the service is."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from api.schemas import Resource


class ReleaseStarted(Resource):
    """The release that a start led to."""

    id: str
    reference: str
    created: Annotated[bool, Field(description="False when it existed; nothing was changed.")]


class Receipt(Resource):
    """What was accepted; reading the release shows it at once."""

    release_id: str
    version: Annotated[int, Field(description="The number of the last event.")]
    duplicate: Annotated[bool, Field(description="This very request had been accepted before.")]


class Pending(Resource):
    """No answer came in time. Repeat the request with the same key until there is one."""

    code: Literal["outcome_unknown"]
    detail: str


class ReadinessPart(Resource):
    """One part that the service relies on."""

    name: str
    ready: bool


class Readiness(Resource):
    """Whether the service can do its work, and which part cannot."""

    status: Literal["ready", "not_ready"]
    parts: list[ReadinessPart]


class Liveness(Resource):
    """The process answers."""

    status: Literal["live"]
