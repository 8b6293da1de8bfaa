"""The professionals a release names: what pages keep of them; infra provides it over SQL."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Protocol

from domain.codes import Role
from domain.professionals import Professional


class ProfessionalEntry(NamedTuple):
    """What somebody recorded of one kind of professional.

    Attributes:
        version: From 1, one more with each entry of the same release and kind.
        name: Of a person or a place; None for an entry that takes the former one away.
        phone: As +44 and the figures after it.
        by: The account that recorded it.
        role: Of that account at that time.
    """

    professional: Professional
    version: int
    name: str | None
    phone: str | None
    email: str | None
    at: datetime
    by: str
    role: Role


class ProfessionalWanted(NamedTuple):
    """An entry to add.

    Attributes:
        name: None takes away who is named.
        phone: As typed.
        seen: The version that whoever records had before them; 0 for nobody.
    """

    release_id: str
    professional: Professional
    name: str | None
    phone: str | None
    email: str | None
    by: str
    role: Role
    seen: int


class Professionals(Protocol):
    """Keeps whom releases name; an entry is never changed, the newest of its kind counts.

    Whoever asks has to be allowed to see the release.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def of(self, release_id: str) -> tuple[ProfessionalEntry, ...]:
        """Return every entry of a release, the oldest first."""

    async def record(self, wanted: ProfessionalWanted) -> bool:
        """Add an entry; False, and nothing added, when another one was added since `seen`.

        What stands there already is not added again, whoever saw it.

        Raises:
            FieldError: The phone number or the e-mail address cannot be one.
        """


def standing(entries: tuple[ProfessionalEntry, ...]) -> dict[Professional, ProfessionalEntry]:
    """Return the newest of each kind, those that took somebody away included.

    Args:
        entries: Of one release, the oldest first.
    """
    return {each.professional: each for each in entries}
