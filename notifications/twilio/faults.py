"""What an exception of Twilio's client says about a message: not sent, or unknown.

The client's exceptions quote numbers, texts and whole answers. Ours carry a code, and are raised
outside the handler that caught theirs, so that no traceback, log or workflow history links to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, TypeVar

import requests
from twilio.base.exceptions import TwilioException

from notifications.network import unanswered
from notifications.twilio import codes
from notifications.twilio.client import BusyError
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError

Answer = TypeVar("Answer")

# The client lets the last three out when an answer is no JSON, or JSON of another shape.
_RAISED: Final = (
    BusyError, TwilioException, requests.RequestException, ValueError, AttributeError, TypeError,
)  # fmt: skip
_REDIRECTED: Final = 300
_NOT_FOUND: Final = 404
# A gateway may say it after the provider has accepted.
_REQUEST_TIMEOUT: Final = 408
_SERVER_ERROR: Final = 500


def sending(request: Callable[[], Answer]) -> Answer:
    """Return what `request` answers.

    Raises:
        NotSentError: It was certainly not accepted.
        OutcomeUnknownError: It may have been accepted.
    """
    try:
        return request()
    except _RAISED as error:
        found = of_sending(error)
    raise found


def asking(request: Callable[[], Answer]) -> Answer | None:
    """Return what a look-up answers, None for what the provider does not know.

    Raises:
        NotSentError: The provider cannot be asked now; its fault is TRY or CFG.
    """
    try:
        return request()
    except _RAISED as error:
        if _status(error) == _NOT_FOUND:
            return None
        found = of_sending(error)
    if isinstance(found, OutcomeUnknownError):
        raise NotSentError(found.code, FaultClass.TRY)
    if found.fault is not FaultClass.TRY:
        raise NotSentError(found.code, FaultClass.CFG)
    raise found


def of_sending(error: Exception) -> NotSentError | OutcomeUnknownError:
    """Return what an exception raised while sending means for the message."""
    if isinstance(error, BusyError):
        return NotSentError("20429", FaultClass.TRY, retry_after=error.retry_after)
    if isinstance(error, TwilioException):
        return _answered(_status(error), _code(error))
    if isinstance(error, requests.RequestException):
        return unanswered(error)
    return OutcomeUnknownError("unreadable_answer")


def _answered(status: int, code: str) -> NotSentError | OutcomeUnknownError:
    if status < _REDIRECTED:
        return OutcomeUnknownError("unreadable_answer")
    if status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT:
        return OutcomeUnknownError(code)
    known = codes.refusal(code)
    return NotSentError(code, known.fault, retry_after=known.retry_after)


def _status(error: Exception) -> int:
    """Return the HTTP status; 0 when there was none."""
    status = getattr(error, "status", None) or getattr(_response(error), "status_code", None)
    return int(status or 0)


def _code(error: Exception) -> str:
    """Return Twilio's code, or the HTTP status where the answer had none."""
    code = getattr(error, "code", None)
    if code is None and (answer := _response(error)) is not None:
        code = _code_in(str(getattr(answer, "text", "")))
    status = _status(error)
    return f"http_{status}" if code in {None, status} else str(code)


def _response(error: Exception) -> object | None:
    """Return the answer that a failed list carries as its second argument."""
    return error.args[1] if len(error.args) > 1 else None


def _code_in(body: str) -> int | None:
    try:
        code = json.loads(body)["code"]
    except (ValueError, KeyError, TypeError):
        return None
    return code if isinstance(code, int) else None
