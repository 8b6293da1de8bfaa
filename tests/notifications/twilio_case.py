"""An outgoing text or call, and wires on a stand-in, for the tests of Twilio."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.policy import Channel
from notifications.catalogue import Wording
from notifications.twilio.addresses import Addresses
from notifications.twilio.calls import TwilioCalls
from notifications.twilio.client import Credentials, open_client
from notifications.twilio.texts import Sender, TwilioTexts
from notifications.wires import Outgoing
from tests.standin.account import ACCOUNT, KEY, SECRET, SENDER, SERVICE

TO = "+447700900123"
FORENAME = "Christopher"
TIMEOUT = timedelta(seconds=8)
"""Long enough for a busy machine, so that only an ordered fault is one."""

IMPATIENT = timedelta(seconds=2)
"""For tests in which the answer comes too late."""


def text(
    *,
    id: str = "n1.s1.sms.1",  # noqa: A002 - the field's name
    to: str = TO,
    reference: str = "7K2M9Q",
    valid_for: timedelta = timedelta(hours=4),
    since: datetime | None = None,
) -> Outgoing:
    """A page by text."""
    return Outgoing(
        id=id,
        channel=Channel.SMS,
        to=to,
        wording=Wording.ESCALATED,
        fields={"reference": reference, "link": f"https://handover.example.org/r/{reference}"},
        language="en",
        valid_for=valid_for,
        since=since,
    )


def call(*, to: str = TO, since: datetime | None = None) -> Outgoing:
    """A page by phone."""
    return text(id="n1.s1.voice.1", to=to, since=since)._replace(
        channel=Channel.VOICE, wording=Wording.NEEDED_NOW, fields={}
    )


def credentials(secret: str = SECRET) -> Credentials:
    return Credentials(ACCOUNT, KEY, secret)


def texts(
    url: str,
    *,
    base: str = "http://127.0.0.1:9",
    secret: str = SECRET,
    timeout: timedelta = TIMEOUT,
) -> TwilioTexts:
    client = open_client(credentials(secret), timeout, stand_in=url)
    return TwilioTexts(client, Sender(SENDER, SERVICE), Addresses(base))


def calls(
    url: str, *, base: str = "http://127.0.0.1:9", timeout: timedelta = TIMEOUT
) -> TwilioCalls:
    client = open_client(credentials(), timeout, stand_in=url)
    return TwilioCalls(client, SENDER, Addresses(base))
