"""Sending one message, effectively once: claim, look when it may have gone, send, record.

Providers have no key by which a repeat could be recognised (notifications study, 1.5). So the row
says "sending" before the wire is touched, and whoever finds it there afterwards looks first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.delivery_ports import DeliveryDispatcher, Due, Messages
from domain.policy import Channel, Severity
from notifications.sending import Left, Postponed, Sendable
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Wire


@dataclass(frozen=True)
class Postman:
    """Sends messages by their ids.

    Attributes:
        messages: The rows that promise a message.
        wires: One way of sending for each channel.
        dispatcher: Has the evidence weighed when a message fails.
    """

    messages: Messages
    wires: Mapping[Channel, Wire]
    dispatcher: DeliveryDispatcher

    @activity.defn(name="send_message")
    def send_message(self, message_id: str) -> str:
        """Send one message and return the provider's id; "" when there was nothing to send.

        Raises:
            ApplicationError: It is to be tried again. It carries a coded reason only, never a
                number, an address or the provider's words.
        """
        match self.messages.claim(message_id):
            case None:
                return ""
            case Left(notice_id, severity):
                self._weigh(notice_id, severity)
                return ""
            case Postponed(channel, severity, at):
                self.dispatcher.send([Due(message_id, channel, severity, at)])
                return ""
            case Sendable() as sendable:
                return self._deliver(sendable)

    def _deliver(self, sendable: Sendable) -> str:
        wire = self.wires[sendable.outgoing.channel]
        if sendable.may_have_gone:
            found = self._look(wire, sendable)
            if found is not None:
                return self._record(sendable, found, found_again=True)
            if not sendable.may_go_again:
                self._fail(sendable, "outcome_unknown", FaultClass.UNK)
                return ""
        return self._send(wire, sendable)

    def _look(self, wire: Wire, sendable: Sendable) -> str | None:
        try:
            return wire.find(sendable.outgoing)
        except NotSentError as error:
            self.messages.unknown(sendable.outgoing.id, error.code)
            raise _again(error.code, error.retry_after or sendable.looks_again_after) from None
        except OutcomeUnknownError:
            return None

    def _send(self, wire: Wire, sendable: Sendable) -> str:
        try:
            provider_id = wire.send(sendable.outgoing)
        except NotSentError as error:
            self._fail(sendable, error.code, error.fault)
            if error.fault is FaultClass.TRY:
                raise _again(error.code, error.retry_after) from None
            return ""
        except OutcomeUnknownError as error:
            self.messages.unknown(sendable.outgoing.id, error.code)
            raise _again(error.code, sendable.looks_again_after) from None
        return self._record(sendable, provider_id, found_again=False)

    def _record(self, sendable: Sendable, provider_id: str, *, found_again: bool) -> str:
        self.messages.sent(sendable.outgoing.id, provider_id, found=found_again)
        return provider_id

    def _fail(self, sendable: Sendable, code: str, fault: FaultClass) -> None:
        self._weigh(self.messages.refused(sendable.outgoing.id, code, fault), sendable.severity)

    def _weigh(self, notice_id: str | None, severity: Severity) -> None:
        if notice_id is not None:
            self.dispatcher.weigh(notice_id, severity, None)


def _again(code: str, after: timedelta | None) -> ApplicationError:
    return ApplicationError(code, type="NotSent", next_retry_delay=after)
