"""What providers tell us, as the web needs it: handed over whole, believed only when verified."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from domain.errors import ThroughcareError


class CallbackRefusedError(ThroughcareError):
    """A callback that nobody signed, or that says what it may not; whoever sent it learns nothing.

    Attributes:
        code: Why, for our own log.
    """

    def __init__(self, code: str) -> None:
        """Keep the reason, which repeats nothing of the request."""
        super().__init__("Refused.")
        self.code = code


class Callback(NamedTuple):
    """A request of a provider, exactly as it came; its signature covers target and body.

    Attributes:
        target: Path and query as they were sent, undecoded.
    """

    target: str
    body: bytes
    signature: str | None


class Callbacks(Protocol):
    """Takes what the provider of texts and calls tells."""

    async def receipt(self, callback: Callback) -> None:
        """Keep how a text stands.

        Raises:
            CallbackRefusedError: From any method, when the callback cannot be believed.
            RecordUnavailableError: From any method, when it cannot be kept; the provider is to
                send it again.
        """

    async def call(self, callback: Callback) -> None:
        """Keep how a call stands."""

    async def reply(self, callback: Callback) -> None:
        """Keep a text that came in; it is answered later, by a message of its own."""

    async def digits(self, callback: Callback) -> str:
        """Keep the key that was pressed in a call; returns what is said next, as TwiML."""
