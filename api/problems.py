"""The body of every error: RFC 9457 problem details with a stable code.

Clients match on `code`; the sentences are for people and may change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Annotated, Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.headers import PROTECTIVE_HEADERS
from api.refusals import FieldFault

MEDIA_TYPE: Final = "application/problem+json"
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
TYPE_PREFIX: Final = "urn:throughcare:problem:"


class FieldProblem(BaseModel):
    """One field to correct; what was sent is never repeated."""

    model_config = ConfigDict(extra="forbid")

    field: Annotated[str, Field(description="The path of the field; empty for the whole body.")]
    message: str


class Problem(BaseModel):
    """Why a request was not carried out (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(description="A URN that ends in the code.")]
    title: str
    status: int
    code: Annotated[str, Field(description="Stable; match on this.")]
    detail: Annotated[str, Field(description="What is wrong and what to do, for people.")]
    errors: Annotated[list[FieldProblem], Field(description="The fields to correct.")] = []


def problem_response(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    faults: Sequence[FieldFault] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return a problem; `faults` become its `errors`."""
    problem = Problem(
        type=TYPE_PREFIX + code,
        title=title,
        status=status,
        code=code,
        detail=detail,
        errors=[FieldProblem(field=_plain(each.field), message=each.message) for each in faults],
    )
    return JSONResponse(
        problem.model_dump(exclude_defaults=not faults),
        status_code=status,
        headers={**PROTECTIVE_HEADERS, **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def _plain(field: str) -> str:
    """Return the path as far as it is plain: an unknown name in it is the sender's own text."""
    return ".".join(takewhile(_PLAIN_NAME.fullmatch, field.split(".")))
