"""The public addresses that Twilio calls back to."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,200}", re.ASCII)


class Webhook(StrEnum):
    """What comes back, by its path below the public address."""

    RECEIPT = "/twilio/status"
    REPLY = "/twilio/reply"
    DIGITS = "/twilio/voice"
    CALL = "/twilio/call"


class Addresses(NamedTuple):
    """How Twilio reaches us.

    Attributes:
        base: Public address without a slash at its end; from the settings, never from a request.
        fragment: Asks Twilio to repeat a callback that failed, as in "rc=3&rp=ct,rt,5xx". It is not
            signed by Twilio and does not reach us.
    """

    base: str
    fragment: str = ""

    def of(self, webhook: Webhook, message_id: str) -> str:
        """Return where a message's evidence comes back to; the signature covers the id in it."""
        end = f"#{self.fragment}" if self.fragment else ""
        return f"{self.base}{webhook}?{urlencode({'n': message_id})}{end}"


def message_id_in(target: str) -> str | None:
    """Return our message's id from a path and query; None when there is none, or it is not one."""
    found = parse_qs(urlsplit(target).query).get("n", [])
    if len(found) == 1 and _MESSAGE_ID.fullmatch(found[0]):
        return found[0]
    return None
