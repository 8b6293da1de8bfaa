"""Whoever asks, as rows keep them: a role, and the places they work for as JSON."""

from __future__ import annotations

from typing import Any, Final, Protocol

from domain.access import Codes, Subject
from infra.database.tables import TokenRow, UserRow

PLACES: Final = ("prisons", "units", "services", "areas")


class HasPlaces(Protocol):
    """Somebody with places, of each kind some or all."""

    @property
    def prisons(self) -> Codes:
        """Return the prisons."""

    @property
    def units(self) -> Codes:
        """Return the probation delivery units."""

    @property
    def services(self) -> Codes:
        """Return the community drug services."""

    @property
    def areas(self) -> Codes:
        """Return the local authorities."""


def subject_of(row: TokenRow | UserRow) -> Subject:
    """Return who the row stands for."""
    places: dict[str, Codes] = {
        name: None if row.scopes[name] is None else frozenset(row.scopes[name]) for name in PLACES
    }
    return Subject(id=row.id, role=row.role, manager=row.manager, **places)


def scopes_json(holder: HasPlaces) -> dict[str, Any]:
    """Return places as JSON keeps them: sorted lists, null for all of a kind."""
    places: dict[str, Codes] = {each: getattr(holder, each) for each in PLACES}
    return {name: None if codes is None else sorted(codes) for name, codes in places.items()}
