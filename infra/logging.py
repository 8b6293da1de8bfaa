"""Logs of every process: one line each on standard error, codes and ids only.

Which facts may appear in a log is the reason to change this file. The rule is an allow-list: what
is not named here is withheld, so that a careless log call cannot leak a person's data.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from temporalio import activity, workflow

from domain.errors import ThroughcareError
from infra.settings import LogSettings

WITHHELD = "[withheld]"

# Codes, counts, instants and opaque ids. Never add a name, a number, free text or a payload.
ALLOWED = frozenset({
    "activity_type", "attempt", "attempts", "child", "code", "command", "count", "due_at",
    "duration_ms", "error", "escalation_id", "event", "exit_code", "kind", "level", "logger",
    "method", "namespace", "notification_id", "path", "policy_version", "port", "process",
    "release_id", "role", "route", "seq", "severity", "signal", "stage", "status", "step",
    "task_queue", "timestamp", "traceback", "version", "workflow_id", "workflow_type",
})  # fmt: skip

# What Temporal's loggers attach to a record, and which of it is opaque.
_TEMPORAL_EXTRAS = ("temporal_workflow", "temporal_activity")

# Access lines hold query strings, statement logs hold parameters: both are about people.
_QUIET = (
    "uvicorn", "alembic", "sqlalchemy.engine", "httpx2", "httpcore2",
    "twilio.http_client", "urllib3.connectionpool",
)  # fmt: skip


def configure_logging(log: LogSettings, *, process: str) -> None:
    """Send all logs of this process to standard error, as JSON lines or for reading.

    Args:
        log: Format and level.
        process: Which process this is, repeated on every line.
    """
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(log, shared, process))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(log.level.upper())
    _quieten()


def withhold(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep what the allow-list names and withhold every other value."""
    return {
        key: value if key in ALLOWED or key.startswith("_") else WITHHELD
        for key, value in event.items()
    }


def _formatter(
    log: LogSettings, shared: Sequence[Processor], process: str
) -> structlog.stdlib.ProcessorFormatter:
    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        event["process"] = process
        return event

    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if log.format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            *shared,
            structlog.stdlib.ExtraAdder(allow=ALLOWED),
            _take_temporal_ids,
            _first_line_only,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            name_process,
            _exception_without_text,
            withhold,
            renderer,
        ],
    )


def _take_temporal_ids(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    record = event.get("_record")
    for name in _TEMPORAL_EXTRAS:
        for key, value in (getattr(record, name, None) or {}).items():
            if key in ALLOWED:
                event.setdefault(key, value)
    return event


def _first_line_only(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut messages of other libraries: their further lines repeat values and exception texts."""
    lines = str(event.get("event", "")).splitlines()
    event["event"] = lines[0] if lines else ""
    return event


def _exception_without_text(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and places; only our own errors may speak.

    Texts of other exceptions quote what they stumbled over: pydantic the input, a driver the row.
    """
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if info is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        own_words = f": {error.message}" if isinstance(error, ThroughcareError) else ""
        event["error"] = f"{type(error).__qualname__}{own_words}"
        event["traceback"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


def _quieten() -> None:
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # The ids come as fields of their own; repeated inside the text they only make it long.
    workflow.logger.workflow_info_on_message = False
    activity.logger.activity_info_on_message = False
