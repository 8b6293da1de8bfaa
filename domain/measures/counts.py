"""Counts that add up, one kind for each nation, so that the two can never be added together.

A release gives one `EnglandCounts` or one `WalesCounts` (`domain.measures.counting`); everything
that is published is a sum of those. Nothing in a count depends on today: whether a period is
mature is decided from its dates (`domain.measures.maturity`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import ClassVar, Final, Self

from domain.codes import Nation
from domain.errors import ThroughcareError


class NationsMixedError(ThroughcareError):
    """Figures of England and of Wales were about to be put together (R12, R21)."""

    def __init__(self) -> None:
        super().__init__(
            "England and Wales are measured differently and are never added or compared. "
            "Ask for one nation at a time.",
        )


class Count(StrEnum):
    """The counts of fixed name: the columns of a rollup. Each is a number of releases.

    The families of numbered counts (`excluded.`, `days.`, `furthest.`, `lapse.`, `ack.`, `wait.`)
    are named by the functions beside this class.
    """

    RELEASES = "releases"
    COUNTED = "counted"
    NOT_SCREENED = "not_screened"
    NO_NEED = "no_need"
    NEED = "need"

    NEED_STARTED = "need_started"
    NEED_STAYED = "need_stayed"
    NEED_STAYED_STARTED = "need_stayed_started"
    REFERRED = "referred"
    REFERRED_STARTED = "referred_started"
    REFERRED_STAYED = "referred_stayed"
    REFERRED_STAYED_STARTED = "referred_stayed_started"
    RETAINED = "retained"
    RETENTION_UNRECORDED = "retention_unrecorded"

    COVER_DUE = "cover_due"
    COVER_CONTINUOUS = "cover_continuous"
    COVER_GAP = "cover_gap"
    COVER_UNRECORDED = "cover_unrecorded"
    COVER_DECLINED = "cover_declined"
    COVER_NOT_NEEDED = "cover_not_needed"
    UNCOVERED_DAYS = "uncovered_days"

    NALOXONE_DUE = "naloxone_due"
    NALOXONE_SUPPLIED = "naloxone_supplied"
    NALOXONE_DECLINED = "naloxone_declined"
    NALOXONE_UNRECORDED = "naloxone_unrecorded"
    NALOXONE_IN_HAND = "naloxone_in_hand"

    WAIT_REFERRED = "wait_referred"
    WAIT_VALID = "wait_valid"
    WAIT_WITHIN = "wait_within"
    WAIT_INVALID = "wait_invalid"
    WAIT_NOT_STARTED = "wait_not_started"
    WAIT_DID_NOT_ATTEND = "wait_did_not_attend"
    WAIT_VALID_OR_DID_NOT_ATTEND = "wait_valid_or_did_not_attend"


class Counts(Mapping[str, int]):
    """Numbers of releases by name, of one nation. A name that was never counted is zero.

    Raises:
        NationsMixedError: On adding counts of the other nation.
    """

    nation: ClassVar[Nation]

    def __init__(self, numbers: Mapping[str, int] | None = None) -> None:
        self._numbers: Final = {str(k): n for k, n in (numbers or {}).items() if n}

    def __getitem__(self, name: str) -> int:
        """Return a count; zero when nothing was counted under that name."""
        return self._numbers.get(name, 0)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names that have a count above zero."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Return how many names have a count above zero."""
        return len(self._numbers)

    def __eq__(self, other: object) -> bool:
        """Equal counts are of one nation and have equal numbers."""
        if not isinstance(other, Counts) or type(other) is not type(self):
            return False
        return self._numbers == other._numbers

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.nation, frozenset(self._numbers.items())))

    def __repr__(self) -> str:
        """Show the numbers."""
        return f"{type(self).__name__}({self._numbers!r})"

    def __add__(self, other: Self) -> Self:
        """Return the sum, name by name."""
        if type(other) is not type(self):
            raise NationsMixedError
        total = dict(self._numbers)
        for name, number in other.items():
            total[name] = total.get(name, 0) + number
        return type(self)(total)

    def family(self, prefix: str) -> dict[str, int]:
        """Return the counts whose name starts with `prefix` and a dot, by the rest of the name."""
        start = f"{prefix}."
        return {k[len(start) :]: n for k, n in self._numbers.items() if k.startswith(start)}


class EnglandCounts(Counts):
    """Counts of releases to a destination in England."""

    nation = Nation.ENGLAND


class WalesCounts(Counts):
    """Counts of releases to a destination in Wales."""

    nation = Nation.WALES


def excluded_for(reason: str) -> str:
    """Return the name under which releases excluded for a reason are counted."""
    return f"excluded.{reason}"


def started_after(days: int, at_most: int) -> str:
    """Return the name of the starts on the nth day after release, or later than `at_most`."""
    return f"days.{days}" if days <= at_most else f"days.{at_most + 1}+"


def furthest(stage: str) -> str:
    """Return the name of the releases that got as far as a stage of the funnel and no further."""
    return f"furthest.{stage}"


def lapse_before_loss(stage: str, step: str) -> str:
    """Return the name of the people lost before `stage` for whom `step` had lapsed."""
    return f"lapse.{stage}.{step}"


def acknowledged_within(severity: str, bucket: str) -> str:
    """Return the name of the escalations of a severity answered within a bucket of minutes."""
    return f"ack.{severity}.{bucket}"


def waited(band: str) -> str:
    """Return the name of the Welsh treatment starts in a band of the waiting-time table."""
    return f"wait.{band}"
