"""Where Twilio's client goes, and what it shows of itself."""

from __future__ import annotations

import pytest

from notifications.twilio.client import Credentials, open_client
from tests.notifications.twilio_case import TIMEOUT
from tests.standin.account import ACCOUNT, KEY, SECRET

ADDRESS = "https://api.twilio.com/2010-04-01/Accounts"


def test_processing_in_ireland_needs_region_and_edge() -> None:
    client = open_client(Credentials(ACCOUNT, KEY, SECRET, "ie1", "dublin"), TIMEOUT)

    assert client.get_hostname(ADDRESS).startswith("https://api.dublin.ie1.twilio.com/")


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REGION", "EDGE", "ACCOUNT_SID", "AUTH_TOKEN"):
        monkeypatch.setenv(f"TWILIO_{name}", "elsewhere")

    client = open_client(Credentials(ACCOUNT, KEY, SECRET), TIMEOUT)

    assert client.get_hostname(ADDRESS) == ADDRESS
    assert (client.username, client.password, client.account_sid) == (KEY, SECRET, ACCOUNT)


def test_credentials_show_nothing_that_opens_anything() -> None:
    shown = repr(Credentials(ACCOUNT, KEY, SECRET))

    assert not any(each in shown for each in (ACCOUNT, KEY, SECRET))
