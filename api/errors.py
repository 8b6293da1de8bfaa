"""Which status, code and title each error has on the web: one table, for every route.

A new kind of error in the domain or in a port needs a line here; a test fails until it has one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from fastapi import Request
from fastapi.responses import JSONResponse

from api.callback_ports import CallbackRefusedError
from api.duty_ports import (
    AbsenceChangedError,
    RotaChangedError,
    StaffUnknownError,
    TaskUnknownError,
    TeamUnknownError,
)
from api.faults import faults_of
from api.headers import PROTECTIVE_HEADERS
from api.measures.questions import NoSuchMeasureError, NothingAskedError, TooFineError
from api.message_ports import MessageUnknownError, ReplyUnknownError, TextingChangedError
from api.pages.papers import PdfUnavailableError
from api.policy_ports import FiguresRefusedError, PolicyMovedError
from api.ports import (
    EngineUnavailableError,
    EscalationUnknownError,
    NotAcceptableError,
    OutcomeUnknownError,
    RecordUnavailableError,
    ReleaseUnknownError,
)
from api.problems import problem_response
from api.refusals import (
    FieldFault,
    ForeignFormError,
    InvalidInputError,
    MissingKeyError,
    NotJsonError,
    ProviderUnavailableError,
    ReleaseElsewhereError,
    SignInNeededError,
    SignInRefusedError,
    TooLargeError,
    TooManyAttemptsError,
    UnauthenticatedError,
)
from domain.access_denials import Denial, NotPermitted
from domain.calendars import CalendarGapError, WorkingTimeError
from domain.errors import Refused, ThroughcareError
from domain.identifiers import FieldError
from domain.london_time import LondonTimeError
from domain.measures.counts import NationsMixedError
from domain.measures.disclosure.publishing import NotPublishedError
from domain.measures.periods import PeriodError
from domain.measures.statistics.wilson import ProportionError

log = logging.getLogger("api.errors")

RETRY_SOON: Final = {"Retry-After": "5"}


class Kind(NamedTuple):
    """How one kind of error appears; an error with a code of its own keeps that instead."""

    status: int
    code: str
    title: str
    headers: dict[str, str] | None = None


NOT_FOUND: Final = Kind(404, "release_unknown", "Not found")
INTERNAL: Final = Kind(500, "internal_error", "Something went wrong")

KINDS: Final[dict[type[ThroughcareError], Kind]] = {
    UnauthenticatedError: Kind(
        401, "unauthenticated", "Sign in", {"WWW-Authenticate": 'Bearer realm="throughcare"'}
    ),
    SignInNeededError: Kind(401, "sign_in_needed", "Sign in"),
    ForeignFormError: Kind(403, "foreign_form", "Reload the page"),
    TooManyAttemptsError: Kind(429, "too_many_attempts", "Too many attempts"),
    SignInRefusedError: Kind(403, "sign_in_refused", "You cannot sign in"),
    ProviderUnavailableError: Kind(503, "provider_unavailable", "Try again soon"),
    NotPermitted: Kind(403, "not_permitted", "Not permitted"),
    ReleaseUnknownError: NOT_FOUND,
    EscalationUnknownError: Kind(404, "escalation_unknown", "Not found"),
    # Its own routes answer it, with a status and nothing else.
    CallbackRefusedError: Kind(403, "callback_refused", "Refused"),
    TeamUnknownError: Kind(404, "team_unknown", "Not found"),
    StaffUnknownError: Kind(404, "staff_unknown", "Not found"),
    TaskUnknownError: Kind(404, "task_unknown", "Not found"),
    MessageUnknownError: Kind(404, "message_unknown", "Not found"),
    ReplyUnknownError: Kind(404, "reply_unknown", "Not found"),
    Refused: Kind(409, "refused", "Refused by the rules"),
    AbsenceChangedError: Kind(409, "absence_changed", "Changed by somebody else"),
    TextingChangedError: Kind(409, "texting_changed", "Changed by somebody else"),
    PolicyMovedError: Kind(409, "policy_changed", "Changed by somebody else"),
    RotaChangedError: Kind(409, "rota_changed", "Changed by somebody else"),
    ReleaseElsewhereError: Kind(409, "release_elsewhere", "Recorded elsewhere"),
    TooLargeError: Kind(413, "too_large", "Too large"),
    NotJsonError: Kind(415, "not_json", "Send JSON"),
    InvalidInputError: Kind(422, "invalid_input", "Correct the input"),
    NotAcceptableError: Kind(422, "invalid_input", "Correct the input"),
    FieldError: Kind(422, "invalid_input", "Correct the input"),
    FiguresRefusedError: Kind(422, "invalid_input", "Correct the input"),
    LondonTimeError: Kind(422, "invalid_time", "Correct the time"),
    NotPublishedError: Kind(422, "not_published", "Not published"),
    TooFineError: Kind(422, "not_published", "Not published"),
    NothingAskedError: Kind(422, "no_period", "Ask for other months"),
    NoSuchMeasureError: Kind(422, "no_such_measure", "There is no such measure"),
    NationsMixedError: Kind(422, "nations_mixed", "Ask for one nation"),
    PeriodError: Kind(422, "invalid_period", "Correct the period"),
    ProportionError: INTERNAL,  # counts that contradict each other are ours to look into
    MissingKeyError: Kind(428, "idempotency_key_missing", "Send an Idempotency-Key"),
    EngineUnavailableError: Kind(503, "engine_unavailable", "Try again soon", RETRY_SOON),
    RecordUnavailableError: Kind(503, "record_unavailable", "Try again soon", RETRY_SOON),
    PdfUnavailableError: Kind(503, "pdf_unavailable", "The PDF cannot be made"),
    # Both wait for an operator: a newer list of bank holidays, or a policy that can be met.
    CalendarGapError: Kind(503, "calendar_gap", "The calendar ends too early"),
    WorkingTimeError: Kind(503, "working_time", "The policy cannot be counted"),
    OutcomeUnknownError: Kind(202, "outcome_unknown", "Not known yet", RETRY_SOON),
}

_HTTP_CODES: Final = {
    404: ("not_found", "Not found", "There is nothing at this address."),
    405: ("method_not_allowed", "Not allowed", "This address does not take this method."),
}


def kind_of(error: ThroughcareError) -> Kind:
    """Return how `error` appears; an unknown kind appears as an internal error."""
    if isinstance(error, NotPermitted) and error.code is Denial.OUT_OF_SCOPE:
        return NOT_FOUND
    return next((KINDS[each] for each in type(error).__mro__ if each in KINDS), INTERNAL)


def respond(error: ThroughcareError) -> JSONResponse:
    """Return the response that `error` leads to."""
    kind = kind_of(error)
    if kind is INTERNAL:
        log.error("unmapped error", extra={"error": type(error).__name__})
        return _internal()
    if kind.status == KINDS[OutcomeUnknownError].status:
        body = {"code": kind.code, "detail": error.message}
        headers = {**PROTECTIVE_HEADERS, **RETRY_SOON}
        return JSONResponse(body, status_code=kind.status, headers=headers)
    if kind is NOT_FOUND:
        error = ReleaseUnknownError()
    code = str(getattr(error, "code", kind.code))
    return problem_response(
        kind.status,
        code,
        kind.title,
        error.message,
        faults=_faults(error),
        headers=kind.headers,
    )


def _faults(error: ThroughcareError) -> Sequence[FieldFault]:
    if isinstance(error, InvalidInputError):
        return error.faults
    if isinstance(error, NotAcceptableError):
        return [FieldFault(each.field, each.message) for each in error.faults]
    field = getattr(error, "field", None)
    return [FieldFault(field, error.message)] if field else []


async def answer_validation(_request: Request, error: Any) -> JSONResponse:  # noqa: ANN401
    """Answer a request that FastAPI itself could not read."""
    found = error.errors()
    if any(each["loc"][0] == "path" for each in found):
        return respond(ReleaseUnknownError())
    return respond(InvalidInputError(faults_of(found, skip=1)))


async def answer_http(_request: Request, error: Any) -> JSONResponse:  # noqa: ANN401
    """Answer what routing refuses: an address or a method that does not exist."""
    fallback = ("http_error", "Not possible", "This request cannot be carried out.")
    code, title, detail = _HTTP_CODES.get(error.status_code, fallback)
    return problem_response(error.status_code, code, title, detail, headers=error.headers)


async def answer_unexpected(_request: Request, error: Exception) -> JSONResponse:
    """Answer a mistake of ours, without saying anything about it."""
    log.error("unexpected error", extra={"error": type(error).__name__})
    return _internal()


def _internal() -> JSONResponse:
    detail = "Something went wrong on our side. Nothing may have been saved; look before repeating."
    return problem_response(INTERNAL.status, INTERNAL.code, INTERNAL.title, detail)
