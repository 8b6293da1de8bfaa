"""The console, where the embedded default sends everything: nothing leaves the machine."""

from __future__ import annotations

import sys
from typing import Final, TextIO

from domain.policy import Channel
from notifications.wires import Outgoing

_WAYS: Final = {Channel.SMS: "Text", Channel.VOICE: "Call", Channel.EMAIL: "E-mail"}


NOWHERE: Final = "console/"
"""What the id of a message begins with that was written here and went to nobody."""


class ConsoleWire:
    """Writes one line for each message; implements `notifications.wires.Wire`."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream`, or to standard output."""
        self._stream = stream or sys.stdout

    def send(self, message: Outgoing) -> str:
        """Write which wording about which release, to nobody's number, and return an id of ours."""
        way = _WAYS.get(message.channel, message.channel)
        words = message.wording.replace("_", " ")
        about = (
            f" about release {reference}" if (reference := message.fields.get("reference")) else ""
        )
        print(f"{way}{about}: {words}", file=self._stream, flush=True)
        return f"{NOWHERE}{message.id}"

    def find(self, message: Outgoing) -> str | None:
        """Return None: a line is written again rather than never."""
        del message
        return None
