"""What can go wrong with a notice, as senders report it."""

from __future__ import annotations

from domain.errors import ThroughcareError


class NotSentError(ThroughcareError):
    """A notice was certainly not sent.

    Attributes:
        code: The coded reason; it names no person, number or address.
        may_retry: Whether trying again can help.
    """

    def __init__(self, code: str, *, may_retry: bool) -> None:
        """Keep the reason, and whether to try again."""
        super().__init__(f"The notice was not sent: {code}.")
        self.code = code
        self.may_retry = may_retry
