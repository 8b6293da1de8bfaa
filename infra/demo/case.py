"""One invented release as its journey is told: who, when, and days counted from either end."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeVar

from domain.codes import Role
from domain.commands import Actor
from domain.deciding import NewRelease
from domain.facts import TreatmentPicture
from domain.london_time import london_date, london_instant
from domain.rules import Rules
from domain.state import Release
from infra.reference_data.reference import ReferenceData

T = TypeVar("T")

OPENS: Final = time(9, 30)
IMPORTER: Final = Actor(id="demonstration", role=Role.RESETTLEMENT)
"""Who brings the invented journeys in."""


@dataclass(frozen=True, slots=True)
class Case:
    """One invented release on the day of the demonstration.

    Attributes:
        seed: Makes this person's choices differ from the next one's; never leaves this process.
        new: What it is started with.
        release: How it stands right after that, before anything else is known.
        neighbour: Another invented release, for a record that turns out to be the same person's.
        found: What the screening finds, or found.
        now: The aware UTC instant of the demonstration; nothing is recorded as later than it.
    """

    seed: str
    new: NewRelease
    release: Release
    neighbour: str
    found: TreatmentPicture
    now: datetime
    rules: Rules
    reference: ReferenceData

    @property
    def today(self) -> date:
        """The London day of the demonstration."""
        return london_date(self.now)

    @property
    def expected_on(self) -> date:
        """The day of release after the day-of-release rule."""
        return self.release.expected_on

    @property
    def began_on(self) -> date:
        """The day the work on the release began."""
        return london_date(self.release.started_at)

    @property
    def service(self) -> str:
        """The community drug service of the destination."""
        return self.reference.service_for(self.new.destination).service_id

    def before(self, days: int) -> date:
        """Return a working day about `days` before the release, never before work began."""
        on = self.rules.counting.previous_working_day(self.expected_on - timedelta(days=days))
        return min(max(on, self.began_on), self.expected_on)

    def after_start(self, days: int) -> date:
        """Return a working day about `days` after work began, never after the release."""
        on = self.rules.counting.next_working_day(self.began_on + timedelta(days=days))
        return min(on, self.expected_on)

    def ago(self, days: int) -> date:
        """Return the day `days` before today, never before work began."""
        return max(self.today - timedelta(days=days), self.began_on)

    def working_day(self, on: date) -> date:
        """Return `on`, or the first working day after it."""
        return self.rules.counting.next_working_day(on)

    def choose(self, options: Sequence[T], about: str) -> T:
        """Return one of `options`, always the same one for this person and question."""
        return chosen(self.seed, options, about)


def chosen(seed: str, options: Sequence[T], about: str) -> T:
    """Return one of `options`, the same one whenever `seed` and `about` are the same."""
    return options[zlib.crc32(f"{seed} {about}".encode()) % len(options)]


def moment(on: date, now: datetime, at: time = OPENS) -> datetime:
    """Return `at` on `on` as a UTC instant, or `now` when that has not come yet."""
    return min(london_instant(on, at), now)
