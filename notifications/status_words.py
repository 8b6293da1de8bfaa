"""How a message stands, in words for people; none claims more than is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notifications.messages import MessageStatus

STATUS_WORDS: Final[Mapping[MessageStatus, str]] = {
    MessageStatus.HELD: "waits to be told together with others",
    MessageStatus.QUEUED: "waits for its time",
    MessageStatus.SENDING: "is being handed over; whether it went is not known yet",
    MessageStatus.ACCEPTED: "was handed over; whether it arrived is not known",
    MessageStatus.DELIVERED: "arrived, says the network; whether it was read is not known",
    MessageStatus.ANSWERED: "was answered by a person",
    MessageStatus.FAILED: "did not arrive",
    MessageStatus.SKIPPED: "was not sent, on purpose",
    MessageStatus.FOLDED: "was told together with others",
}
