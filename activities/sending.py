"""Sending one notice, effectively once: claim, send, record."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.ports import Outbox
from notifications.errors import NotSentError
from notifications.sending import Sender


@dataclass(frozen=True)
class Postman:
    """Sends notices by their ids.

    Attributes:
        outbox: The rows that promise a notice.
        sender: The way they travel.
    """

    outbox: Outbox
    sender: Sender

    @activity.defn(name="send_notice")
    def send_notice(self, notice_id: str) -> str:
        """Send one notice and return the provider's id; "" when there was nothing to send.

        Raises:
            ApplicationError: It was not sent. Retried unless the reason is permanent; the error
                carries the coded reason only, never a number or an address.
        """
        notice = self.outbox.claim(notice_id)
        if notice is None:
            return ""
        try:
            provider_id = self.sender.send(notice)
        except NotSentError as error:
            self.outbox.failed(notice_id, error.code, retry=error.may_retry)
            raise ApplicationError(
                error.code, type="NotSent", non_retryable=not error.may_retry
            ) from None
        self.outbox.sent(notice_id, provider_id)
        return provider_id
