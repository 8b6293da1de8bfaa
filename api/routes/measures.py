"""Measures: each topic in JSON, and the same as tidy CSV."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Final, NamedTuple

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

_WHO: Final = "Who: commissioner, for nations and their own areas; auditor."


class _Told(NamedTuple):
    """How a topic is documented."""

    summary: str
    words: str


TOPICS: Final = {
    Topic.CONTINUITY: _Told(
        "Who started treatment in time",
        "Return the rates of starting treatment in time, and the days it took. England: within "
        "three weeks, of all with a need and of those referred, each with and without deaths and "
        "returns to custody. Wales: within 20 working days of referral.",
    ),
    Topic.RETENTION: _Told(
        "Who was in treatment at twelve weeks",
        "Return the rates of being in treatment at twelve weeks; England only.",
    ),
    Topic.FUNNEL: _Told(
        "Where people are lost",
        "Return how many reached each stage from screening to twelve weeks, and what had lapsed. "
        "With it: who left with continuous cover, and who was given naloxone.",
    ),
    Topic.WAITS: _Told(
        "How long people waited for treatment in Wales",
        "Return the Welsh waits from referral to treatment by band, with those that have no wait; "
        "Wales only. Of Wales by quarter and year, of one authority for the year to March.",
    ),
    Topic.ACKNOWLEDGEMENT: _Told(
        "How soon escalations were acknowledged",
        "Return by severity how many escalations were acknowledged within a limit, and within what "
        "time half were. Of a nation by quarter and year, of groups for the year to March.",
    ),
}

Asked = Annotated[MeasureQuery, Query()]
_REFUSALS = problems(401, 403, 422, 503)
_FILE = {
    200: {
        "description": "A tidy CSV file; its columns are in data-dictionary.csv.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    },
    **_REFUSALS,
}


def _file(text: str, name: str) -> Response:
    headers = {**PROTECTIVE_HEADERS, "Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _in_json(topic: Topic) -> Callable[..., Awaitable[MeasureAnswer]]:
    async def told(caller: Commissioner, services: Given, query: Asked) -> MeasureAnswer:
        return as_sent(await answered(topic, query, caller, services))

    return told


def _as_file(topic: Topic) -> Callable[..., Awaitable[Response]]:
    async def told(caller: Commissioner, services: Given, query: Asked) -> Response:
        return _file(tidy(await answered(topic, query, caller, services)), topic.value)

    return told


for _topic, _said in TOPICS.items():
    router.add_api_route(
        f"/{_topic.value}",
        _in_json(_topic),
        name=_topic.value,
        summary=_said.summary,
        description=f"{_said.words} {_WHO}",
        responses=_REFUSALS,
    )
    router.add_api_route(
        f"/{_topic.value}.csv",
        _as_file(_topic),
        name=f"{_topic.value}_file",
        summary="The same as a file",
        description=f"Return the answer as tidy CSV. {_WHO}",
        response_class=Response,
        responses=_FILE,
    )


@router.get(
    "/data-dictionary.csv",
    summary="What the columns of the files mean",
    response_class=Response,
    responses=_FILE,
)
async def data_dictionary(_caller: Commissioner) -> Response:
    """Return every column of the files with its meaning. Who: commissioner, auditor."""
    return _file(dictionary(), "data-dictionary")
