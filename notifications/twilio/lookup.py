"""Asking Twilio about what it already has, and making it forget the words."""

from __future__ import annotations

from typing import Any

from notifications.twilio.faults import asking
from notifications.twilio.forms import CallUpdate, Receipt


class TwilioRecord:
    """Twilio's own record of our messages and calls."""

    def __init__(self, client: Any) -> None:  # noqa: ANN401 - the library ships no types
        """Ask by a `twilio.rest.Client` from `open_client`."""
        self._client = client

    def text(self, sid: str) -> Receipt | None:
        """Return how a text stands; None when Twilio does not know it.

        Raises:
            notifications.wires.NotSentError: Twilio cannot be asked now.
        """
        found = asking(lambda: self._client.messages(sid).fetch())
        if found is None:
            return None
        code = None if found.error_code is None else str(found.error_code)
        return Receipt(sid=sid, status=str(found.status), code=code, message_id=None)

    def call(self, sid: str) -> CallUpdate | None:
        """Return how a call stands; None when Twilio does not know it. Keys are not in the record.

        Raises:
            notifications.wires.NotSentError: Twilio cannot be asked now.
        """
        found = asking(lambda: self._client.calls(sid).fetch())
        if found is None:
            return None
        return CallUpdate(
            sid=sid,
            status=str(found.status),
            digits=None,
            answered_by=found.answered_by or None,
            message_id=None,
        )

    def redact(self, sid: str) -> None:
        """Empty a text's body at Twilio; the rest of its record stays. Repeating is harmless.

        Raises:
            notifications.wires.NotSentError: Twilio cannot be asked now.
        """
        asking(lambda: self._client.messages(sid).update(body=""))

    def delete(self, sid: str) -> None:
        """Remove a text from Twilio's record. Repeating is harmless.

        Raises:
            notifications.wires.NotSentError: Twilio cannot be asked now.
        """
        asking(lambda: self._client.messages(sid).delete())
