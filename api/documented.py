"""What the description of the API says about errors: an example of each, by status."""

from __future__ import annotations

from typing import Any, Final

from api.errors import KINDS, Kind
from api.ports import (
    EngineUnavailableError,
    OutcomeUnknownError,
    ReleaseUnknownError,
)
from api.problems import MEDIA_TYPE, TYPE_PREFIX
from api.refusals import (
    InvalidInputError,
    MissingKeyError,
    NotJsonError,
    TooLargeError,
    UnauthenticatedError,
)
from domain.access_denials import Denial, NotPermitted
from domain.errors import Refusal, Refused

Responses = dict[int | str, dict[str, Any]]

_EXAMPLES: Final[dict[int, tuple[Kind, str, str, list[dict[str, str]]]]] = {
    401: (KINDS[UnauthenticatedError], "unauthenticated", UnauthenticatedError().message, []),
    403: (KINDS[NotPermitted], Denial.ROLE, NotPermitted(Denial.ROLE).message, []),
    404: (KINDS[ReleaseUnknownError], "release_unknown", ReleaseUnknownError().message, []),
    409: (
        KINDS[Refused],
        Refusal.OUT_OF_ORDER,
        "No referral has been sent. Send one first.",
        [],
    ),
    413: (KINDS[TooLargeError], "too_large", TooLargeError().message, []),
    415: (KINDS[NotJsonError], "not_json", NotJsonError().message, []),
    422: (
        KINDS[InvalidInputError],
        "invalid_input",
        InvalidInputError([]).message,
        [{"field": "on", "message": "Input should be a valid date."}],
    ),
    428: (KINDS[MissingKeyError], "idempotency_key_missing", MissingKeyError().message, []),
    503: (
        KINDS[EngineUnavailableError],
        "engine_unavailable",
        EngineUnavailableError().message,
        [],
    ),
}

_RETRY_AFTER: Final = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
}
_RETRIED: Final = frozenset({503})


def problems(*statuses: int) -> Responses:
    """Return the description of these errors, each with an example."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> dict[str, Any]:
    kind, code, detail, errors = _EXAMPLES[status]
    example: dict[str, Any] = {
        "type": TYPE_PREFIX + code,
        "title": kind.title,
        "status": status,
        "code": str(code),
        "detail": detail,
    }
    if errors:
        example["errors"] = errors
    content = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}
    described: dict[str, Any] = {"description": kind.title, "content": {MEDIA_TYPE: content}}
    if status in _RETRIED:
        described["headers"] = _RETRY_AFTER
    return described


READING: Final = problems(401, 403, 404, 422, 503)
CHANGING: Final = problems(401, 403, 404, 413, 415, 422, 503)
"""Of what is written at once and may simply be repeated: it needs no key."""
WRITING: Final = problems(401, 403, 404, 409, 413, 415, 422, 428, 503)


def pending() -> Responses:
    """Return the description of an answer that did not come in time."""
    example = {"code": "outcome_unknown", "detail": OutcomeUnknownError().message}
    content = {"schema": {"$ref": "#/components/schemas/Pending"}, "example": example}
    return {
        202: {
            "description": KINDS[OutcomeUnknownError].title,
            "content": {"application/json": content},
            "headers": _RETRY_AFTER,
        }
    }


def required_key() -> dict[str, Any]:
    """Return the description of the header that makes a request safe to repeat."""
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": (
            "New for each thing to record, the same for a repeat. Used again for something else "
            "it is refused with 409."
        ),
        "schema": {"type": "string", "pattern": r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$"},
        "example": "3f0c6a52-7b1e-4b57-9a55-7f1d1c1f8a10",
    }
