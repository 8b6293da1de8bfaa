"""Temporal's failures turned back into ours, in one table."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

from temporalio.client import (
    RPCTimeoutOrCancelledError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from api.ports import EngineUnavailableError, OutcomeUnknownError, ReleaseUnknownError
from domain.errors import Refusal, Refused, ThroughcareError
from infra.engine.errors import EngineFaultError, ReleaseClosedError
from workflows.refusals import REFUSED

ANSWERS_WITHIN: Final = timedelta(seconds=10)
"""How long a person waits before they are told that the outcome is not known yet."""


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Translate every failure of a call to the engine made inside.

    Raises:
        Refused: The domain refused.
        ReleaseClosedError: The workflow has ended.
        ReleaseUnknownError: There is no such workflow.
        OutcomeUnknownError: The call timed out after it may have been accepted.
        EngineUnavailableError: Nobody could take the call.
        EngineFaultError: The update failed in a way that is no refusal.
    """
    try:
        async with asyncio.timeout(ANSWERS_WITHIN.total_seconds()):
            yield
    except WorkflowUpdateFailedError as error:
        raise _refusal(error.cause) from None
    except WorkflowAlreadyStartedError:
        raise ReleaseClosedError from None
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError, RPCTimeoutOrCancelledError):
        raise OutcomeUnknownError from None
    except RPCError as error:
        raise _by_status(error) from None
    except RuntimeError as error:
        # A lazy client that cannot connect raises this and nothing more specific.
        if "client connect" not in str(error):
            raise
        raise EngineUnavailableError from None


def _refusal(cause: BaseException | None) -> ThroughcareError:
    if isinstance(cause, ApplicationError) and cause.type == REFUSED and cause.details:
        problem: Any = cause.details[0]
        return Refused(Refusal(problem["code"]), problem["message"], problem["field"])
    return EngineFaultError()


def _by_status(error: RPCError) -> ThroughcareError:
    if error.status is RPCStatusCode.NOT_FOUND:
        ended = "completed" in error.message
        return ReleaseClosedError() if ended else ReleaseUnknownError()
    if error.status in (RPCStatusCode.CANCELLED, RPCStatusCode.DEADLINE_EXCEEDED):
        return OutcomeUnknownError()
    if error.status is RPCStatusCode.INVALID_ARGUMENT:
        return EngineFaultError()
    return EngineUnavailableError()
