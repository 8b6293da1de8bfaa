"""Text messages by Twilio."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from notifications.catalogue import Language, Wording, WordingError, render_text
from notifications.twilio.addresses import Addresses, Webhook
from notifications.twilio.faults import asking, sending
from notifications.twilio.sids import MESSAGE
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Outgoing

# What Twilio allows for a text to wait in its queue; without a value it would be ten hours.
_LONGEST_SECONDS: Final = 36_000
# Nobody is sent so many between two looks.
_LOOK_BACK: Final = 1_000
# Twilio's clock and ours may differ, and its times are whole seconds.
CLOCKS_DIFFER: Final = timedelta(seconds=60)


class Sender(NamedTuple):
    """Who texts: the messaging service where there is one, else the number."""

    number: str
    service: str | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The field of the request that names the sender."""
        if self.service:
            return {"messaging_service_sid": self.service}
        return {"from_": self.number}


class TwilioTexts:
    """Sends texts; implements `notifications.wires.Wire`."""

    def __init__(self, client: Any, sender: Sender, addresses: Addresses) -> None:  # noqa: ANN401
        """Keep how to send.

        Args:
            client: A `twilio.rest.Client` from `open_client`.
            sender: Who texts.
            addresses: Where receipts come back to.
        """
        self._messages = client.messages
        self._sender = sender
        self._addresses = addresses

    def send(self, message: Outgoing) -> str:
        """Send one text and return its sid.

        Raises:
            NotSentError: It was certainly not accepted.
            OutcomeUnknownError: It may have been accepted.
        """
        body, wait = _body(message), int(message.valid_for.total_seconds())
        if wait < 1:
            raise NotSentError("validity_passed", FaultClass.TRY)
        accepted = sending(
            lambda: self._messages.create(
                to=message.to,
                body=body,
                validity_period=min(wait, _LONGEST_SECONDS),
                status_callback=self._addresses.of(Webhook.RECEIPT, message.id),
                **self._sender.fields,
            )
        )
        return accepted_sid(accepted.sid, MESSAGE)

    def find(self, message: Outgoing) -> str | None:
        """Return the sid of a text to this number in exactly these words, the newest.

        Raises:
            NotSentError: Twilio cannot be asked now.
        """
        body = _body(message)
        return asking(lambda: self._newest(message, body))

    def _newest(self, message: Outgoing, body: str) -> str | None:
        # Read page by page, newest first, and only as far back as it can be.
        for each in self._messages.stream(to=message.to, limit=_LOOK_BACK):
            if is_older(each.date_created, message):
                return None
            if each.direction == "outbound-api" and each.body == body:
                return str(each.sid)
        return None


def is_older(created: datetime | None, message: Outgoing) -> bool:
    """Return whether the provider accepted something before `message` was first handed over."""
    if created is None or message.since is None:
        return False
    return created < message.since - CLOCKS_DIFFER


def accepted_sid(sid: object, pattern: Any) -> str:  # noqa: ANN401 - a compiled pattern
    """Return the sid of an answer.

    Raises:
        OutcomeUnknownError: The answer said yes and named nothing.
    """
    if not isinstance(sid, str) or not pattern.fullmatch(sid):
        raise OutcomeUnknownError("unreadable_answer")
    return sid


def _body(message: Outgoing) -> str:
    try:
        wording, language = Wording(message.wording), Language(message.language)
        return render_text(wording, message.fields, language).body
    except (WordingError, ValueError):
        pass
    raise NotSentError("wording", FaultClass.BODY)
