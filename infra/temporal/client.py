"""The one place that connects to Temporal; how a connection is made is the reason to change it.

Every process goes through `connect`: a client without our converter would write payloads that the
others cannot read, and in the clear.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.service import KeepAliveConfig, RetryConfig, RPCError, TLSConfig

from domain.errors import ThroughcareError
from infra.keys import load_keys
from infra.settings import Settings
from infra.temporal.encryption import data_converter

_CONNECTS_WITHIN = timedelta(seconds=3)
# A dead peer is noticed within 15 s; the SDK's own values take 45.
_KEEP_ALIVE = KeepAliveConfig(interval_millis=10_000, timeout_millis=5_000)
# The SDK would try for 10 s and more; a person at a page should learn sooner that it is down.
_RETRY = RetryConfig(
    initial_interval_millis=100, max_interval_millis=1_000, max_elapsed_time_millis=3_000
)


class TemporalUnavailableError(ThroughcareError):
    """No Temporal server answers at the configured address."""


async def connect(settings: Settings, *, lazy: bool = False) -> Client:
    """Return a client with our encryption, connection limits and namespace.

    Args:
        settings: Which server, and where the keys are.
        lazy: Connect at the first call instead, so that a process can start before its server.

    Raises:
        TemporalUnavailableError: Nobody answers; never raised when lazy.
        UnusableKeysError: The payload keys cannot be used.
    """
    keys = load_keys(settings)
    try:
        return await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal.namespace,
            data_converter=data_converter(keys.payload),
            tls=_tls(settings),
            keep_alive_config=_KEEP_ALIVE,
            retry_config=_RETRY,
            connect_timeout=_CONNECTS_WITHIN,
            lazy=lazy,
        )
    except (RuntimeError, RPCError):
        raise TemporalUnavailableError(
            f"No Temporal server answers at {settings.temporal_address}. Start `throughcare up`, "
            "or correct THROUGHCARE_TEMPORAL_ADDRESS."
        ) from None


def _tls(settings: Settings) -> TLSConfig | bool:
    temporal = settings.temporal
    if not temporal.tls:
        return False
    return TLSConfig(
        server_root_ca_cert=_contents(temporal.tls_ca_file),
        client_cert=_contents(temporal.tls_cert_file),
        client_private_key=_contents(temporal.tls_key_file),
    )


def _contents(path: Path | None) -> bytes | None:
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemporalUnavailableError(
            f"The TLS file {path} cannot be read ({error.strerror}): correct the "
            "THROUGHCARE_TEMPORAL_TLS settings."
        ) from None
