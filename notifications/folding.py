"""Many notices, few messages: digests, bundles, caps and storms (rule 4). S1 is never folded."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from domain.policy import Delivery, Severity
from notifications.hours import Hours
from notifications.notices import Template
from notifications.standing import Noted

_IN_DIGESTS: Final = frozenset({Severity.S3, Severity.S4})


class Bundle(NamedTuple):
    """Where held messages wait, and when they are told as one."""

    id: str
    due_at: datetime


class Fold(StrEnum):
    """Why a message is held, and with what it is told.

    Attributes:
        DIGEST: Of a working day, for what is not of today.
        RECENT: They had a text a moment ago.
        HOURLY_CAP: They have had as many texts this hour as anybody acts on.
        DAILY_CAP: The same for the day; the rest is told in the next digest.
        STORM: Many of one cause; their manager is told the count.
    """

    DIGEST = "digest"
    RECENT = "recent"
    HOURLY_CAP = "hourly_cap"
    DAILY_CAP = "daily_cap"
    STORM = "storm"

    def bundle(
        self, recipient: str, noted: Noted, load: Load, now: datetime, hours: Hours
    ) -> Bundle:
        """Return the bundle of `recipient` into which a notice is folded now."""
        if self is Fold.STORM:
            return _storm(recipient, noted, now, hours)
        if self in {Fold.DIGEST, Fold.DAILY_CAP}:
            due_at = hours.next_digest(now)
            return Bundle(f"digest.{recipient}.{_stamp(due_at)}", due_at)
        due_at = hours.next_open(_free_again(self, load, now, hours.delivery))
        return Bundle(f"bundle.{recipient}.{_stamp(due_at)}", due_at)


class Load(NamedTuple):
    """The texts a member of staff has had; S1 is not counted.

    Attributes:
        this_hour: In the last sixty minutes.
        today: Since midnight in London.
        last_text_at: The newest.
        first_of_hour_at: The oldest of the last sixty minutes.
    """

    this_hour: int = 0
    today: int = 0
    last_text_at: datetime | None = None
    first_of_hour_at: datetime | None = None

    def folds(self, delivery: Delivery, at: datetime) -> Fold | None:
        """Return why a text at `at` must be folded, None when it may go by itself."""
        if self.today >= delivery.texts_a_day:
            return Fold.DAILY_CAP
        if self.this_hour >= delivery.texts_an_hour:
            return Fold.HOURLY_CAP
        window = timedelta(minutes=delivery.bundle_minutes)
        if self.last_text_at is not None and at < self.last_text_at + window:
            return Fold.RECENT
        return None


def fold_of(template: Template, severity: Severity) -> Fold | None:
    """Return how a notice is always told, whatever its recipient has had."""
    if severity in _IN_DIGESTS or template is Template.STEP_DUE_SOON:
        return Fold.DIGEST
    return None


def _free_again(fold: Fold, load: Load, now: datetime, delivery: Delivery) -> datetime:
    """Return when the next text to somebody may go by itself again."""
    if fold is Fold.HOURLY_CAP:
        return (load.first_of_hour_at or now) + timedelta(hours=1)
    return (load.last_text_at or now) + timedelta(minutes=delivery.bundle_minutes)


def may_storm(template: Template, severity: Severity) -> bool:
    """Return whether many alike are told as one; a life never is, and a digest is one already."""
    return severity is not Severity.S1 and fold_of(template, severity) is None


def _storm(recipient: str, noted: Noted, now: datetime, hours: Hours) -> Bundle:
    window = timedelta(minutes=hours.delivery.storm_minutes)
    elapsed = timedelta(seconds=now.timestamp() % window.total_seconds())
    due_at = hours.next_open(now - elapsed + window)
    return Bundle(f"storm.{recipient}.{noted.template}.{_stamp(due_at)}", due_at)


def _stamp(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%SZ")
