"""Twilio's stand-in as one test sees it."""

from __future__ import annotations

from typing import Any

from tests.standin.account import SENDER
from tests.standin.emulator import Emulator
from tests.standin.faulting import Line


class StandIn:
    """Twilio for one test, empty at its start.

    Attributes:
        line: Where faults are ordered and our requests are counted.
    """

    def __init__(self, emulator: Emulator, line: Line) -> None:
        self.line = line
        self._emulator = emulator

    @property
    def url(self) -> str:
        """What takes the place of https://api.twilio.com."""
        return self.line.url

    def messages(self, *, to: str | None = None) -> list[dict[str, Any]]:
        """The provider's own record of texts, newest first, at most 1,000."""
        return self._emulator.listed("Messages", **({"To": to} if to else {}))

    def calls(self, *, to: str | None = None) -> list[dict[str, Any]]:
        """The provider's own record of calls, newest first, at most 1,000."""
        return self._emulator.listed("Calls", **({"To": to} if to else {}))

    def deliver(self, sid: str, status: str) -> None:
        """Move a text on and send its signed receipt, which never has an ErrorCode."""
        self._emulator.simulate("message-status", MessageSid=sid, Status=status)

    def call_is(self, sid: str, status: str) -> None:
        """Move a call on and send its signed status."""
        self._emulator.simulate("call-status", CallSid=sid, Status=status)

    def text_from(self, number: str, body: str) -> str:
        """Let a text come in, send its signed webhook, and return its sid."""
        sid: str = self._emulator.simulate("inbound-message", To=SENDER, From=number, Body=body)[
            "sid"
        ]
        return sid

    def replies_to(self, url: str) -> None:
        """Where inbound texts are sent from now on."""
        self._emulator.point_replies_to(url)

    def forget(self) -> None:
        """Lose every text and call."""
        self._emulator.clear()
