"""The one table of timeouts and retries, by kind of work."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from temporalio.common import RetryPolicy

PROJECT_WITHIN: Final = timedelta(seconds=30)
PROJECT_RETRY: Final = RetryPolicy(
    initial_interval=timedelta(milliseconds=200),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(seconds=30),
)
"""For ever: a database that is away must never fail a release, only hold its answer up."""

PROJECT_PAUSE: Final = timedelta(minutes=1)
"""Before a projection is tried again that an operator cancelled or failed by hand."""

WAKE_PROJECT_WITHIN: Final = timedelta(seconds=5)
"""A projection within a workflow task must not outlast it; the durable one takes over."""

SEND_WITHIN: Final = timedelta(seconds=30)
SEND_GIVE_UP_AFTER: Final = timedelta(hours=24)
SEND_RETRY: Final = RetryPolicy(
    initial_interval=timedelta(seconds=5),
    backoff_coefficient=2.0,
    maximum_interval=timedelta(minutes=5),
    maximum_attempts=12,
)
