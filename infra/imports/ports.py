"""What loading needs from the outside; infra provides it, tests provide fakes that behave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from domain.commands import Actor, Submission
from domain.deciding import NewRelease
from infra.database.people import Registration
from workflows.messages import Outcome


class Starts(Protocol):
    """The engine, as far as loading uses it."""

    async def launch(
        self, new: NewRelease, actor: Actor, submission: Submission | None = None
    ) -> bool:
        """Start a release without waiting for the record; False when it had been started."""

    async def submit(self, release_id: str, submission: Submission) -> Outcome:
        """Submit commands to a release."""


class People(Protocol):
    """Where people are stored."""

    def register_all(self, registrations: Sequence[Registration]) -> None:
        """Store people and whose release is whose, all or none."""


class Record(Protocol):
    """What is on record already."""

    def known(self, release_ids: Collection[str]) -> frozenset[str]:
        """Return those of the ids that are on record."""

    def accepted(self, release_id: str) -> frozenset[str]:
        """Return the keys of the submissions that a release has accepted."""
