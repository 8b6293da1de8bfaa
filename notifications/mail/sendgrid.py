"""E-mail by SendGrid's v3 API.

Its JSON is small and the official client offers neither a time limit for each request nor a way to
tell "not sent" from "unknown"; see docs/adr/0012.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import requests

from notifications.mail.codes import sendgrid_fault
from notifications.mail.composing import Composed, compose
from notifications.network import unanswered
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Outgoing

GLOBAL: Final = "https://api.sendgrid.com"
EUROPE: Final = "https://api.eu.sendgrid.com"

_ACCEPTED: Final = range(200, 300)
_BAD_REQUEST: Final = 400
_SERVER_ERROR: Final = 500
_REQUEST_TIMEOUT: Final = 408


@dataclass(frozen=True)
class SendGridAccount:
    """Who sends, and from where.

    Attributes:
        key: An API key that may only send.
        base: `GLOBAL`, or `EUROPE` for a regional account.
        sandbox: Let SendGrid check each request and deliver nothing.
    """

    key: str = field(repr=False)
    base: str = GLOBAL
    sandbox: bool = False


class SendGridWire:
    """Sends e-mail; implements `notifications.wires.Wire`."""

    def __init__(self, account: SendGridAccount, sender: str, timeout: timedelta) -> None:
        """Keep where to send and who sends.

        Args:
            account: Who sends.
            sender: Our address, verified at SendGrid.
            timeout: For connecting and for the answer.
        """
        self._account = account
        self._sender = sender
        self._timeout = timeout.total_seconds()

    def send(self, message: Outgoing) -> str:
        """Send one e-mail and return SendGrid's id of it.

        Raises:
            NotSentError: It was certainly not accepted.
            OutcomeUnknownError: It may have been accepted.
        """
        composed = compose(message, self._sender)
        answer = self._posted(body_of(composed, self._sender, sandbox=self._account.sandbox))
        if answer.status_code in _ACCEPTED:
            return answer.headers.get("X-Message-Id") or composed.message_id
        raise _refusal(answer)

    def find(self, message: Outgoing) -> str | None:
        """Raise: what was sent can be looked up only in a paid add-on.

        Raises:
            OutcomeUnknownError: Always.
        """
        del message
        raise OutcomeUnknownError("no_look_up")

    def _posted(self, body: dict[str, Any]) -> requests.Response:
        try:
            with requests.Session() as session:
                # Neither a proxy nor a password file of the environment has a say.
                session.trust_env = False
                return session.post(
                    f"{self._account.base}/v3/mail/send",
                    json=body,
                    headers={"Authorization": f"Bearer {self._account.key}"},
                    timeout=self._timeout,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            fault = unanswered(error)
        raise fault


def body_of(composed: Composed, sender: str, *, sandbox: bool) -> dict[str, Any]:
    """Return the request: plain text, nothing tracked, no link rewritten."""
    return {
        "personalizations": [{"to": [{"email": composed.to}]}],
        "from": {"email": sender},
        "subject": composed.mail.subject,
        "content": [{"type": "text/plain", "value": composed.mail.body}],
        "headers": {"Message-ID": composed.message_id, "Auto-Submitted": "auto-generated"},
        "mail_settings": {"sandbox_mode": {"enable": sandbox}},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
        },
    }


def _refusal(answer: requests.Response) -> NotSentError | OutcomeUnknownError:
    status = answer.status_code
    code = f"sendgrid_{status}"
    if status >= _SERVER_ERROR or status == _REQUEST_TIMEOUT:
        return OutcomeUnknownError(code)
    if status == _BAD_REQUEST and _names_recipient(answer):
        return NotSentError("sendgrid_400_to", FaultClass.NUM)
    wait = answer.headers.get("Retry-After", "")
    retry_after = timedelta(seconds=int(wait)) if wait.isdigit() else None
    return NotSentError(code, sendgrid_fault(status), retry_after=retry_after)


def _names_recipient(answer: requests.Response) -> bool:
    try:
        errors = answer.json()["errors"]
        return any("personalizations" in str(each["field"]) for each in errors)
    except (ValueError, KeyError, TypeError):
        return False
