"""What Twilio's error codes mean, as data.

Each row names its source: a page of https://www.twilio.com/docs/api/errors/<code>, or the stand-in
`emulate` where its source shows the answer. A code that is not listed is answered by the default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from notifications.wires import FaultClass

_CFG, _NUM, _TRY, _BODY = FaultClass.CFG, FaultClass.NUM, FaultClass.TRY, FaultClass.BODY
_QUARTER: Final = timedelta(minutes=15)


class Refusal(NamedTuple):
    """A code in the answer to a request: nothing was accepted.

    Attributes:
        retry_after: The least wait before the same may be sent again.
    """

    fault: FaultClass
    meaning: str
    retry_after: timedelta | None = None


class Failure(NamedTuple):
    """A code in a receipt: accepted, and then not delivered.

    Attributes:
        again_after: Waits before each further attempt; empty when none is due by itself.
    """

    fault: FaultClass
    meaning: str
    again_after: tuple[timedelta, ...] = ()


REFUSALS: Final[Mapping[str, Refusal]] = MappingProxyType({
    "20003": Refusal(_CFG, "credentials are wrong or lack a permission"),
    "20404": Refusal(_CFG, "the account or messaging service does not exist"),
    "20429": Refusal(_TRY, "too many requests at once; never processed"),
    "21211": Refusal(_NUM, "the number is invalid"),
    "21212": Refusal(_CFG, "the sender is invalid"),
    "21408": Refusal(_CFG, "the account may not send to this country"),
    "21602": Refusal(_BODY, "the text is missing"),
    "21603": Refusal(_CFG, "the sender is missing"),
    "21606": Refusal(_CFG, "the sender is not a number of the account that can text"),
    "21608": Refusal(_CFG, "a trial account sends to verified numbers only"),
    "21609": Refusal(_CFG, "the address for receipts is invalid"),
    "21610": Refusal(FaultClass.OPT, "the recipient has texted STOP"),
    "21611": Refusal(_TRY, "the sender's queue is full", _QUARTER),
    "21612": Refusal(_NUM, "no route from this sender to this number"),
    "21614": Refusal(_NUM, "the number is not a mobile"),
    "21617": Refusal(_BODY, "the text is longer than 1,600 characters"),
    "21619": Refusal(_BODY, "there is nothing to send"),
    "21635": Refusal(_NUM, "the number is a landline"),
    "21712": Refusal(_CFG, "the messaging service has no sender"),
    "35114": Refusal(_CFG, "scheduling: the time is too near or too far"),
    "35115": Refusal(_CFG, "scheduling: the time is invalid"),
    "35116": Refusal(_CFG, "scheduling: too many scheduled messages"),
    "35117": Refusal(_CFG, "scheduling: the time is missing or too far"),
    "35118": Refusal(_CFG, "scheduling: a messaging service is needed"),
    "90007": Refusal(_BODY, "the validity period is out of range"),
})  # fmt: skip

UNLISTED_REFUSAL: Final = Refusal(_CFG, "not in our table; add it")

FAILURES: Final[Mapping[str, Failure]] = MappingProxyType({
    "30001": Failure(_TRY, "the queue overflowed", (_QUARTER,)),
    "30002": Failure(_CFG, "the account is suspended"),
    # Off, without signal or abroad: in an hour, in four, and the next morning.
    "30003": Failure(
        _TRY, "the phone cannot be reached",
        (timedelta(hours=1), timedelta(hours=4), timedelta(hours=16)),
    ),
    "30004": Failure(_NUM, "blocked by the carrier or the recipient"),
    "30005": Failure(_NUM, "the number is unknown or no longer in use"),
    "30006": Failure(_NUM, "a landline, or a carrier that cannot be reached"),
    "30007": Failure(_BODY, "filtered by the carrier: the wording, or the sender's registration"),
    "30008": Failure(_TRY, "the carrier gave no reason", (_QUARTER,)),
    "30034": Failure(_CFG, "the sender is not registered"),
    "30036": Failure(_TRY, "it was not delivered while it was valid; plan it anew"),
    "30039": Failure(_BODY, "a loop with a machine that answers: never send it again"),
    "30410": Failure(_TRY, "the carrier did not answer in time", (_QUARTER,)),
    "30450": Failure(_CFG, "blocked as a suspected pumping of traffic"),
})  # fmt: skip

# Certainly not delivered, so another channel follows; sending the same again is nobody's promise.
UNLISTED_FAILURE: Final = Failure(_TRY, "not in our table; add it")


def refusal(code: str) -> Refusal:
    """Return what a code in the answer to a request means."""
    return REFUSALS.get(code, UNLISTED_REFUSAL)


def failure(code: str | None) -> Failure:
    """Return what a code in a receipt means; a failure may come without one."""
    return FAILURES.get(code or "", UNLISTED_FAILURE)
