"""What Twilio's webhooks say, read from a verified form: known fields only, each by its pattern.

The field names are those of Twilio's pages "Track the Message Status of Outbound Messages",
"Twilio's request to your incoming message webhook URL" and "Twilio's request to your application".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from notifications.twilio import sids

_STATUSES: Final = (
    "accepted", "scheduled", "queued", "sending", "sent",
    "delivered", "undelivered", "failed", "canceled", "read",
)  # fmt: skip
_CALL_STATUSES: Final = (
    "queued", "initiated", "ringing", "in-progress",
    "completed", "busy", "failed", "no-answer", "canceled",
)  # fmt: skip
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
# Networks write from names and short codes as well.
_ADDRESS: Final = re.compile(r"\+?[0-9A-Za-z ._&-]{1,32}", re.ASCII)
_LONGEST_TEXT: Final = 1_600


class Refusal(Exception):  # noqa: N818 - the field's word, and never shown to the caller
    """A webhook that is not acted on.

    Attributes:
        code: Why, for our own log; the caller is told nothing.
    """

    def __init__(self, code: str) -> None:
        """Keep the reason, which repeats nothing of the request."""
        super().__init__(code)
        self.code = code


class Receipt(NamedTuple):
    """How a text stands.

    Attributes:
        status: Twilio's word; see `ranking`.
        code: Why it failed, a key of `codes.FAILURES`.
        message_id: Our id from the signed address; None in an answer to our own look-up.
    """

    sid: str
    status: str
    code: str | None
    message_id: str | None


class Reply(NamedTuple):
    """A text that came in. All of it is untrusted, its sender too: numbers can be forged.

    Attributes:
        sender: As the network wrote it; E.164 when it can be answered.
        opted: "STOP", "START" or "HELP" when Twilio took it for one and has already acted.
    """

    sid: str
    sender: str
    body: str
    opted: str | None


class CallUpdate(NamedTuple):
    """How a call stands, or which key was pressed.

    Attributes:
        status: Twilio's word; `completed` says only that someone or something answered.
        digits: The one key, when one was pressed.
        answered_by: "human", "unknown", "fax" or a word that begins with "machine".
        message_id: Our id from the signed address; None in an answer to our own look-up.
    """

    sid: str
    status: str
    digits: str | None
    answered_by: str | None
    message_id: str | None


_Patterns = Mapping[str, re.Pattern[str]]


def _one_of(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


_RECEIPT: Final[_Patterns] = {
    "AccountSid": sids.ACCOUNT,
    "MessageSid": sids.MESSAGE,
    "MessageStatus": _one_of(*_STATUSES),
}
_RECEIPT_MAY: Final[_Patterns] = {"ErrorCode": re.compile(r"[0-9]{0,5}", re.ASCII)}
_REPLY: Final[_Patterns] = {
    "AccountSid": sids.ACCOUNT,
    "MessageSid": sids.MESSAGE,
    "From": _ADDRESS,
    "To": _NUMBER,
    "Body": re.compile(rf"[^\x00]{{0,{_LONGEST_TEXT}}}"),
}
_REPLY_MAY: Final[_Patterns] = {"OptOutType": _one_of("STOP", "START", "HELP")}
_CALL: Final[_Patterns] = {
    "AccountSid": sids.ACCOUNT,
    "CallSid": sids.CALL,
    "CallStatus": _one_of(*_CALL_STATUSES),
}
_CALL_MAY: Final[_Patterns] = {
    "Digits": re.compile(r"[0-9*#]", re.ASCII),
    "AnsweredBy": _one_of(
        "human", "unknown", "fax", "machine_start",
        "machine_end_beep", "machine_end_silence", "machine_end_other",
    ),
}  # fmt: skip


def read_receipt(form: Mapping[str, str], account: str, message_id: str | None) -> Receipt:
    """Return the receipt in a verified form.

    Raises:
        Refusal: A field is missing, hidden or not what it must be, or the account is not ours.
    """
    found = _taken(form, account, _RECEIPT, _RECEIPT_MAY)
    code = found.get("ErrorCode") or None
    return Receipt(found["MessageSid"], found["MessageStatus"], code, message_id)


def read_reply(form: Mapping[str, str], account: str) -> Reply:
    """Return the text that came in with a verified form.

    Raises:
        Refusal: As `read_receipt`.
    """
    found = _taken(form, account, _REPLY, _REPLY_MAY)
    return Reply(found["MessageSid"], found["From"], found["Body"], found.get("OptOutType"))


def read_call(form: Mapping[str, str], account: str, message_id: str | None) -> CallUpdate:
    """Return the call's status or the pressed key in a verified form.

    Raises:
        Refusal: As `read_receipt`.
    """
    found = _taken(form, account, _CALL, _CALL_MAY)
    return CallUpdate(
        sid=found["CallSid"],
        status=found["CallStatus"],
        digits=found.get("Digits"),
        answered_by=found.get("AnsweredBy"),
        message_id=message_id,
    )


def _taken(
    form: Mapping[str, str], account: str, must: _Patterns, may: _Patterns
) -> dict[str, str]:
    """Return the fields we know.

    The signature covers names and values run together, so `ab=c` passes for `a=bc`. A field that
    we rely on can therefore hide in its neighbours. One that must be there is then missing; one
    that may be there is looked for in the run.
    """
    run = "".join(name + value for name, value in sorted(form.items()))
    if missing := [name for name in must if name not in form]:
        raise Refusal(f"missing_{missing[0]}")
    if hidden := [name for name in may if name not in form and name in run]:
        raise Refusal(f"hidden_{hidden[0]}")
    known = {name: form[name] for name in (*must, *may) if name in form}
    for name, pattern in {**must, **may}.items():
        if name in known and not pattern.fullmatch(known[name]):
            raise Refusal(f"unusable_{name}")
    if known["AccountSid"] != account:
        raise Refusal("unknown_account")
    return known
