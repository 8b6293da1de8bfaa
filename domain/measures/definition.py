"""What a definition of a measure consists of; the list itself is `domain.measures.definitions`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from domain.codes import Nation
from domain.measures.counts import Count
from domain.measures.policy import MeasuresPolicy


class MeasureId(StrEnum):
    """Wire values: they stand in URLs and in CSV files and never change."""

    CONTINUITY_NEED = "continuity_need"
    CONTINUITY_REFERRED = "continuity_referred"
    CONTINUITY_NEED_STAYED = "continuity_need_stayed"
    CONTINUITY_REFERRED_STAYED = "continuity_referred_stayed"
    RETENTION_ALL = "retention_all"
    RETENTION_STARTED = "retention_started"
    WALES_WAIT = "wales_wait"
    WALES_WAIT_WITH_DNA = "wales_wait_with_dna"
    COVER_CONTINUOUS = "cover_continuous"
    NALOXONE_SUPPLIED = "naloxone_supplied"
    DAYS_TO_START = "days_to_start"
    FUNNEL = "funnel"
    ACKNOWLEDGEMENT = "acknowledgement"


class Ripens(StrEnum):
    """What must have passed since a release before it can be judged, besides the reporting lag."""

    AT_RELEASE = "at_release"
    AFTER_WINDOW = "after_window"
    AFTER_RETENTION = "after_retention"
    AFTER_WAIT = "after_wait"

    def days(self, policy: MeasuresPolicy) -> int:
        """Return how many calendar days that is."""
        return {
            Ripens.AT_RELEASE: 0,
            Ripens.AFTER_WINDOW: policy.window_to_day,
            Ripens.AFTER_RETENTION: policy.window_to_day + policy.retention_days,
            Ripens.AFTER_WAIT: policy.wales_settle_days,
        }[self]


class Definition(NamedTuple):
    """What a measure means.

    Attributes:
        nations: Where it applies; each nation has a figure and a series of its own.
        counts: What the numerator, or the distribution, counts.
        of: What the denominator counts.
        leaves_out: What is not in the denominator and why.
        numerator: Its count, None for a measure that is no proportion.
        denominator: Its count, likewise.
    """

    id: MeasureId
    version: int
    title: str
    nations: frozenset[Nation]
    counts: str
    of: str
    leaves_out: str
    source: str
    ripens: Ripens
    numerator: Count | None = None
    denominator: Count | None = None

    @property
    def is_proportion(self) -> bool:
        """Whether it is so many of so many, with an interval."""
        return self.numerator is not None
