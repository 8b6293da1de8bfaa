"""What a request that got no answer says about a message: not sent, or unknown."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError


def unanswered(error: requests.RequestException) -> NotSentError | OutcomeUnknownError:
    """Return what it means; only what failed before a connection stood was certainly not sent."""
    causes = list(_causes(error))
    if isinstance(error, requests.ConnectTimeout):
        return NotSentError("connect_timeout", FaultClass.TRY)
    if isinstance(error, requests.Timeout):
        return OutcomeUnknownError("read_timeout")
    if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes):
        return NotSentError("certificate", FaultClass.CFG)
    if any(isinstance(each, NewConnectionError) for each in causes):
        return NotSentError("unreachable", FaultClass.TRY)
    return OutcomeUnknownError("connection_broken")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk down through what requests and urllib3 wrap, as an argument or as a reason."""
    yield error
    inner = [each for each in error.args if isinstance(each, BaseException)]
    if isinstance(error, MaxRetryError) and error.reason is not None:
        inner.append(error.reason)
    for each in inner:
        yield from _causes(each)
