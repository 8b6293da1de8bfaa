"""Twilio's own client, made safe for us: timeouts, no retries, no proxy, no logged numbers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

_LOGGER: Final = logging.getLogger("twilio.http_client")
# Both write addresses, and the address of a look-up holds the number.
_TALKATIVE: Final = (_LOGGER, logging.getLogger("urllib3.connectionpool"))
_TOO_MANY_REQUESTS: Final = 429


class BusyError(Exception):
    """Twilio answered 429, which says that nothing was processed.

    Attributes:
        retry_after: What the answer asks for, when it does.
    """

    def __init__(self, retry_after: timedelta | None) -> None:
        super().__init__("429")
        self.retry_after = retry_after


class Credentials(NamedTuple):
    """Which account sends, and as whom.

    Attributes:
        key: An API key made for sending only, and its secret; the account's token stays unused.
        region: Where Twilio processes, such as "ie1"; it needs a key of that region.
        edge: Where the request enters, such as "dublin"; alone it moves no processing.
    """

    account: str
    key: str
    secret: str
    region: str | None = None
    edge: str | None = None

    def __repr__(self) -> str:
        """Show nothing that opens anything."""
        return f"Credentials(account=…{self.account[-4:]})"


class RefusedHostError(Exception):
    """A request would leave for a host that a stand-in was not given for."""


class ThreadHttpClient(HttpClient):  # type: ignore[misc]  # ships no types
    """Twilio's HTTP client, one for each thread.

    Twilio's keeps its last answer on itself and returns it from there, so two threads that shared
    one could be handed each other's answers.
    """

    def __init__(self, timeout: timedelta, bases: Mapping[str, str] | None = None) -> None:
        """Keep how long to wait and where to go.

        Args:
            timeout: For connecting, and again for each wait for an answer.
            bases: A stand-in's address by Twilio's host name. With it, any other host is refused;
                without it, requests go to Twilio.
        """
        super().__init__(_LOGGER, False, timeout.total_seconds())  # noqa: FBT003 - not asynchronous
        self._bases = bases
        self._of_thread = threading.local()

    def request(self, method: str, url: str, **arguments: Any) -> Any:  # noqa: ANN401 - as given
        """Send one request, once.

        Raises:
            BusyError: The answer is 429.
            RefusedHostError: The host is none of those allowed.
        """
        answer = self._own().request(method, self._placed(url), **arguments)
        if answer.status_code == _TOO_MANY_REQUESTS:
            raise BusyError(_seconds(answer.headers.get("Retry-After")))
        return answer

    def _own(self) -> Any:  # noqa: ANN401 - the library ships no types
        if not hasattr(self._of_thread, "client"):
            client = TwilioHttpClient(timeout=self.timeout, max_retries=None)
            # Neither a proxy nor a password file of the environment has a say.
            client.session.trust_env = False
            self._of_thread.client = client
        return self._of_thread.client

    def _placed(self, url: str) -> str:
        if self._bases is None:
            return url
        parts = urlsplit(url)
        if (host := parts.hostname or "") not in self._bases:
            raise RefusedHostError(f"{host} has no stand-in, so nothing was sent to it.")
        base = urlsplit(self._bases[host])
        return urlunsplit((base.scheme, base.netloc, base.path + parts.path, parts.query, ""))


def open_client(
    credentials: Credentials, timeout: timedelta, *, stand_in: str | None = None
) -> Any:  # noqa: ANN401 - the library ships no types
    """Return a `twilio.rest.Client`, which many threads may use at once.

    Args:
        credentials: Who sends.
        timeout: Without one the library would wait for ever.
        stand_in: Base address of what takes Twilio's place in a test; none means Twilio.
    """
    for logger in _TALKATIVE:
        logger.setLevel(logging.WARNING)
    bases = None if stand_in is None else {"api.twilio.com": stand_in.rstrip("/")}
    return Client(
        credentials.key,
        credentials.secret,
        credentials.account,
        region=None if bases else credentials.region,
        edge=None if bases else credentials.edge,
        http_client=ThreadHttpClient(timeout, bases),
        # An empty one would be taken for none, and TWILIO_REGION and the like would be read.
        environment={"TWILIO": ""},
    )


def _seconds(header: str | None) -> timedelta | None:
    """Return a Retry-After of whole seconds; None for none, or for one that is a date."""
    return timedelta(seconds=int(header)) if header and header.isdigit() else None
