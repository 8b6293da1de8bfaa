"""The console, where the embedded default sends every notice: nothing leaves the machine."""

from __future__ import annotations

import sys
from typing import TextIO

from notifications.sending import QueuedNotice


class ConsoleSender:
    """Writes one line for each notice; implements `notifications.sending.Sender`."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream`, or to standard output."""
        self._stream = stream or sys.stdout

    def send(self, notice: QueuedNotice) -> str:
        """Write the notice and return an id made of its own."""
        step = f" ({notice.step})" if notice.step else ""
        audience = notice.audience.replace("_", " ")
        words = notice.template.replace("_", " ")
        line = (
            f"{notice.severity} notice to {audience} at {notice.organisation}: "
            f"release {notice.reference}, {words}{step}"
        )
        print(line, file=self._stream, flush=True)
        return f"console/{notice.id}"
