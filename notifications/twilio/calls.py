"""Calls by Twilio: a sentence or two, and one key to press.

The script is sent with the request, so that a call says its words also while we are away. A machine
that answers hears them too; they name no release and no person.
"""

from __future__ import annotations

from typing import Any, Final

from notifications.catalogue import CallScript, Wording, WordingError, render_call
from notifications.twilio.addresses import Addresses, Webhook
from notifications.twilio.faults import asking, sending
from notifications.twilio.sids import CALL
from notifications.twilio.texts import accepted_sid, is_older
from notifications.twilio.twiml import twiml_asking
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Outgoing

# About five rings; a voicemail takes over after more.
_RING_SECONDS: Final = 25
_EVENTS: Final = ["initiated", "ringing", "answered", "completed"]
_LOOK_BACK: Final = 20


class TwilioCalls:
    """Makes calls; implements `notifications.wires.Wire`."""

    def __init__(self, client: Any, number: str, addresses: Addresses) -> None:  # noqa: ANN401
        """Keep how to call.

        Args:
            client: A `twilio.rest.Client` from `open_client`.
            number: The caller, E.164.
            addresses: Where pressed keys and the call's fate come back to.
        """
        self._calls = client.calls
        self._number = number
        self._addresses = addresses

    def send(self, message: Outgoing) -> str:
        """Start one call and return its sid; whether anybody answers comes later.

        Raises:
            NotSentError: It was certainly not accepted.
            OutcomeUnknownError: It may have been accepted.
        """
        spoken = twiml_asking(_script(message), self._addresses.of(Webhook.DIGITS, message.id))
        accepted = sending(
            lambda: self._calls.create(
                to=message.to,
                from_=self._number,
                twiml=spoken,
                timeout=_RING_SECONDS,
                machine_detection="Enable",
                record=False,
                status_callback=self._addresses.of(Webhook.CALL, message.id),
                status_callback_event=_EVENTS,
                status_callback_method="POST",
            )
        )
        return accepted_sid(accepted.sid, CALL)

    def find(self, message: Outgoing) -> str | None:
        """Return the sid of the newest call to this number since it was first tried.

        A call carries no words to know it by, so the time must be given.

        Raises:
            NotSentError: Twilio cannot be asked now.
            OutcomeUnknownError: `message.since` is None.
        """
        if message.since is None:
            raise OutcomeUnknownError("no_time_to_look_from")
        made = asking(lambda: self._calls.list(to=message.to, from_=self._number, limit=_LOOK_BACK))
        for each in made or ():
            if each.direction == "outbound-api" and not is_older(each.date_created, message):
                return str(each.sid)
        return None


def _script(message: Outgoing) -> CallScript:
    try:
        return render_call(Wording(message.wording))
    except (WordingError, ValueError):
        pass
    raise NotSentError("wording", FaultClass.BODY)
