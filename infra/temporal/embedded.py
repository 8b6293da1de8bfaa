"""The embedded Temporal server's command line; a server option is the reason to change this file.

It has no authentication, so it listens on the loopback address only. See docs/adr/0003.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from infra.settings import Settings
from infra.temporal.binary import TemporalBinary

HOST = "127.0.0.1"
DATABASE_NAME = "temporal.db"

# Each differs from the server's default for a reason that was measured.
DYNAMIC_CONFIG: Mapping[str, str] = {
    # A fix for a bug reaches open journeys in about 20 s, not up to 10 minutes (reliability R8).
    "history.workflowTaskRetryMaxInterval": '"20s"',
    # Ten at once is too few when several people and the import meet on one journey.
    "history.maxInFlightUpdates": "100",
    # A twelve-week journey stays far below; this only keeps a busy one from being turned away.
    "history.maxTotalUpdates": "10000",
    # Repeated failures of a journey become searchable after three, so that a watcher sees them.
    "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": "3",
    # A queue in one piece: in four, the provider's limit and the order by severity hold for each
    # piece alone, so that a draining queue goes slower than it may and the last S1 goes late.
    "matching.numTaskqueueReadPartitions": "1",
    "matching.numTaskqueueWritePartitions": "1",
    # The virtual clock belongs to the test suite alone.
    "frontend.WorkflowTimeSkippingEnabled": "false",
}

# Acknowledged work must survive a power cut: write-ahead log, and every commit on the disk.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL")


def server_command(binary: TemporalBinary, settings: Settings) -> list[str]:
    """Return the command that runs the embedded server on the state directory's database."""
    command = [
        str(binary.path),
        *("server", "start-dev", "--headless", "--log-level", "warn", "--log-format", "json"),
        *("--disable-config-env", "--disable-config-file"),
        *("--ip", HOST, "--port", str(settings.temporal.port)),
        *("--db-filename", str(database_path(settings))),
    ]
    if settings.temporal.namespace != "default":
        command += ["--namespace", settings.temporal.namespace]
    for pragma in _PRAGMAS:
        command += ["--sqlite-pragma", pragma]
    for key, value in DYNAMIC_CONFIG.items():
        command += ["--dynamic-config-value", f"{key}={value}"]
    return command


def server_environment() -> dict[str, str]:
    """Return our environment without secrets and without variables that steer `temporal`."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TEMPORAL_", "THROUGHCARE_"))
    }


def database_path(settings: Settings) -> Path:
    """Return the file that holds the embedded server's journeys; back it up with our own."""
    return settings.state_dir / DATABASE_NAME
