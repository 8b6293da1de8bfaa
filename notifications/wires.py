"""What every way of sending is given, and promises.

A wire is handed a wording and its fields, never finished text, so that a provider that keeps the
texts itself (GOV.UK Notify does) can stand behind the same interface.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from domain.errors import ThroughcareError
from domain.policy import Channel


class FaultClass(StrEnum):
    """What a provider's refusal means for what happens next; the codes are data tables.

    Attributes:
        NUM: This number or address will not work; a person must check it.
        OPT: The recipient has opted out.
        CFG: Our own fault: the service owner is paged, and nothing else is sent meanwhile.
        BODY: The wording is at fault.
        TRY: It passes; the same may be sent again.
        UNK: Nobody knows whether it was accepted; look before sending again.
    """

    NUM = "num"
    OPT = "opt"
    CFG = "cfg"
    BODY = "body"
    TRY = "try"
    UNK = "unk"


class Outgoing(NamedTuple):
    """One message as its wire sees it.

    Attributes:
        id: Our own id; it travels in the address that receipts come back to.
        to: An E.164 number or an e-mail address: never logged, never in an error.
        wording: A `notifications.catalogue.Wording` value.
        fields: What the wording is filled with.
        language: "en" or "cy".
        valid_for: After this it must not arrive any more.
        since: When it was first handed to a wire, aware UTC; `find` passes over what is older, such
            as an earlier attempt in the same words.
    """

    id: str
    channel: Channel
    to: str
    wording: str
    fields: Mapping[str, str]
    language: str
    valid_for: timedelta
    since: datetime | None = None


class NotSentError(ThroughcareError):
    """A message was certainly not accepted.

    Attributes:
        code: The provider's code or a coded reason of ours; it names no person, number or address.
        fault: What it means.
        retry_after: The provider's own wish, when it stated one.
    """

    def __init__(
        self, code: str, fault: FaultClass, *, retry_after: timedelta | None = None
    ) -> None:
        """Keep the reason; the message repeats only the code."""
        super().__init__(f"The message was not sent: {code}.")
        self.code = code
        self.fault = fault
        self.retry_after = retry_after


class OutcomeUnknownError(ThroughcareError):
    """A message may have been accepted: no answer, or none that can be read.

    Attributes:
        code: How it was seen, such as "read_timeout" or "http_503".
    """

    def __init__(self, code: str) -> None:
        """Keep how it was seen."""
        super().__init__(f"It is not known whether the message was accepted: {code}.")
        self.code = code


class Wire(Protocol):
    """One way of sending."""

    def send(self, message: Outgoing) -> str:
        """Send and return the provider's id.

        Raises:
            NotSentError: It was certainly not accepted.
            OutcomeUnknownError: It may have been accepted; ask `find` before sending again.
        """

    def find(self, message: Outgoing) -> str | None:
        """Return the provider's id of a message that was accepted earlier; None when it was not.

        Raises:
            NotSentError: The provider cannot be asked now; its fault is TRY or CFG.
            OutcomeUnknownError: This wire cannot look things up.
        """
