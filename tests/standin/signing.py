"""Webhooks that the emulator cannot send, in the documented form, signed by Twilio's own code.

The forms are those of Twilio's pages "Track the Message Status of Outbound Messages",
"Twilio's request to your incoming message webhook URL" and "TwiML Voice: <Gather>".
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from tests.standin.account import ACCOUNT, SENDER, TOKEN


def receipt_form(sid: str, status: str, *, to: str, code: str | None = None) -> dict[str, str]:
    """The form of a status callback; `code` is the ErrorCode of a failure."""
    form = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "From": SENDER,
        "MessageSid": sid,
        "MessageStatus": status,
        "SmsSid": sid,
        "SmsStatus": status,
        "To": to,
    }
    return form if code is None else {**form, "ErrorCode": code}


def reply_form(sid: str, body: str, *, sender: str) -> dict[str, str]:
    """The form of an inbound text."""
    return {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "Body": body,
        "From": sender,
        "FromCountry": "GB",
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsMessageSid": sid,
        "SmsSid": sid,
        "SmsStatus": "received",
        "To": SENDER,
        "ToCountry": "GB",
    }


def call_form(
    sid: str, status: str, *, to: str, digits: str | None = None, answered_by: str | None = None
) -> dict[str, str]:
    """The form of a call's status callback or, with digits, of its Gather."""
    form = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "CallSid": sid,
        "CallStatus": status,
        "Called": to,
        "Caller": SENDER,
        "Direction": "outbound-api",
        "From": SENDER,
        "To": to,
    }
    extra = {"Digits": digits, "AnsweredBy": answered_by}
    return form | {name: value for name, value in extra.items() if value is not None}


def signature(url: str, form: Mapping[str, str], *, token: str = TOKEN) -> str:
    """The X-Twilio-Signature of `form` posted to `url`."""
    signed: str = RequestValidator(token).compute_signature(url, dict(form))
    return signed


def encoded(form: Mapping[str, str]) -> bytes:
    """The form as it travels."""
    return urlencode(form).encode()
