"""Measures: rates, retention and the funnel, in JSON and as tidy CSV."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.documented import problems
from api.headers import PROTECTIVE_HEADERS
from api.measures.calling import answered
from api.measures.files import dictionary, tidy
from api.measures.query import MeasureQuery
from api.measures.questions import Topic
from api.measures.wire import MeasureAnswer, as_sent
from api.security import Commissioner, Given

router = APIRouter(prefix="/api/v1/measures", tags=["measures"])

Asked = Annotated[MeasureQuery, Query()]
_REFUSALS = problems(401, 403, 422, 503)
_FILE = {
    200: {
        "description": "A tidy CSV file; its columns are in data-dictionary.csv.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    },
    **_REFUSALS,
}


@router.get("/continuity", summary="Who started treatment in time", responses=_REFUSALS)
async def continuity(caller: Commissioner, services: Given, query: Asked) -> MeasureAnswer:
    """Return the rates of starting treatment in time, and the days it took.

    England: within three weeks, of all with a need and of those referred, each with and without
    deaths and returns to custody. Wales: within 20 working days of referral. Small numbers are
    withheld. Who: commissioner, for nations and their own areas; auditor.
    """
    return as_sent(await answered(Topic.CONTINUITY, query, caller, services))


@router.get("/retention", summary="Who was in treatment at twelve weeks", responses=_REFUSALS)
async def retention(caller: Commissioner, services: Given, query: Asked) -> MeasureAnswer:
    """Return the rates of being in treatment at twelve weeks; England only.

    Who: commissioner, for nations and their own areas; auditor.
    """
    return as_sent(await answered(Topic.RETENTION, query, caller, services))


@router.get("/funnel", summary="Where people are lost", responses=_REFUSALS)
async def funnel(caller: Commissioner, services: Given, query: Asked) -> MeasureAnswer:
    """Return how many reached each stage from screening to twelve weeks, and what had lapsed.

    With it: who left with continuous cover, and who was given naloxone. Who: commissioner, for
    nations and their own areas; auditor.
    """
    return as_sent(await answered(Topic.FUNNEL, query, caller, services))


@router.get(
    "/continuity.csv",
    summary="The same as a file",
    response_class=Response,
    responses=_FILE,
)
async def continuity_file(caller: Commissioner, services: Given, query: Asked) -> Response:
    """Return the answer as tidy CSV. Who: commissioner, auditor, as for the JSON."""
    return _file(tidy(await answered(Topic.CONTINUITY, query, caller, services)), "continuity")


@router.get(
    "/retention.csv",
    summary="The same as a file",
    response_class=Response,
    responses=_FILE,
)
async def retention_file(caller: Commissioner, services: Given, query: Asked) -> Response:
    """Return the answer as tidy CSV. Who: commissioner, auditor, as for the JSON."""
    return _file(tidy(await answered(Topic.RETENTION, query, caller, services)), "retention")


@router.get(
    "/funnel.csv",
    summary="The same as a file",
    response_class=Response,
    responses=_FILE,
)
async def funnel_file(caller: Commissioner, services: Given, query: Asked) -> Response:
    """Return the answer as tidy CSV. Who: commissioner, auditor, as for the JSON."""
    return _file(tidy(await answered(Topic.FUNNEL, query, caller, services)), "funnel")


@router.get(
    "/data-dictionary.csv",
    summary="What the columns of the files mean",
    response_class=Response,
    responses=_FILE,
)
async def data_dictionary(_caller: Commissioner) -> Response:
    """Return every column of the files with its meaning. Who: commissioner, auditor."""
    return _file(dictionary(), "data-dictionary")


def _file(text: str, name: str) -> Response:
    headers = {**PROTECTIVE_HEADERS, "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
