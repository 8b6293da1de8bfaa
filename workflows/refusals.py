"""A refusal as it travels through Temporal, and back."""

from __future__ import annotations

from typing import Final

from temporalio.exceptions import ApplicationError

from domain.errors import Refused
from workflows.messages import Problem

REFUSED: Final = "Refused"
"""The error type; it is stored in the clear, so it says nothing of the release."""


def as_failure(refused: Refused) -> ApplicationError:
    """Return a refusal as the failure of an update."""
    problem = Problem(code=refused.code, message=refused.message, field=refused.field)
    return ApplicationError(refused.message, problem, type=REFUSED, non_retryable=True)
