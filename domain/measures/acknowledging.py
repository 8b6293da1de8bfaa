"""How soon escalations were acknowledged, in buckets of minutes so that counts add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from domain.events import Event, EventKind
from domain.measures.release import Acknowledgement
from domain.policy import Severity

BUCKETS: Final = (5, 15, 30, 60, 120, 240, 480, 1_440, 4_320)
"""Upper limits in minutes, included; the last two are one and three days."""

TOLD_WITHIN: Final[Mapping[Severity, int]] = {
    Severity.S1: 15,
    Severity.S2: 480,
    Severity.S3: 4_320,
    Severity.S4: 4_320,
}
"""Within how many minutes answers are counted as prompt; each is one of `BUCKETS`.

A quarter of an hour for a life, the same working day, and three days, which a weekend is in. No
source gives a standard: these are ours, so that places and years can be compared.
"""

OVER: Final = "over"
NEVER: Final = "never"


def bucket_of(minutes: int | None) -> str:
    """Return the bucket of an answer; `NEVER` when nobody has acknowledged."""
    if minutes is None:
        return NEVER
    return next((str(most) for most in BUCKETS if minutes <= most), OVER)


def answered_within(buckets: Mapping[str, int], minutes: int) -> tuple[int, int]:
    """Return how many were answered within a limit, and of how many.

    Args:
        buckets: Counts by bucket, those never answered included.
        minutes: One of `BUCKETS`.
    """
    within = sum(n for name, n in buckets.items() if name.isdigit() and int(name) <= minutes)
    return within, sum(buckets.values())


def half_within(buckets: Mapping[str, int]) -> int | None:
    """Return the first limit within which at least half were answered, None when none is.

    Those who never were count as the slowest, so that they cannot make it look faster.
    """
    return next(
        (most for most in BUCKETS if 2 * answered_within(buckets, most)[0] >= _whole(buckets)),
        None,
    )


def _whole(buckets: Mapping[str, int]) -> int:
    return max(1, sum(buckets.values()))


def acknowledgements(events: Iterable[Event]) -> tuple[Acknowledgement, ...]:
    """Return how each escalation of a release was first answered, in the order they opened.

    The severity is the one it was opened with; a ladder that was raised keeps the clock it began.
    """
    opened: dict[int, tuple[Severity, datetime]] = {}
    answered: dict[int, datetime] = {}
    for event in events:
        if event.kind is EventKind.ESCALATION_OPENED:
            opened[event.data["number"]] = (Severity(event.data["severity"]), event.at)
        elif event.kind is EventKind.ESCALATION_ACKNOWLEDGED:
            answered.setdefault(event.data["number"], event.at)
    return tuple(
        Acknowledgement(severity=severity, minutes=_minutes(at, answered.get(number)))
        for number, (severity, at) in opened.items()
    )


def _minutes(opened_at: datetime, answered_at: datetime | None) -> int | None:
    if answered_at is None:
        return None
    return max(0, int((answered_at - opened_at).total_seconds() // 60))
