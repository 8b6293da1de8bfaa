"""The public lists of places as people read and choose them."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Place(NamedTuple):
    """One entry of a list to choose from."""

    code: str
    name: str


class PlaceNames(Protocol):
    """What places are called; a code that no list has is returned as it is."""

    def prison(self, code: str) -> str:
        """Return the name of a prison, open or closed."""

    def local_authority(self, code: str) -> str:
        """Return the name of an authority."""

    def probation_unit(self, code: str) -> str:
        """Return the name of a probation delivery unit."""

    def probation_region(self, code: str) -> str:
        """Return the name of a probation region."""

    def service(self, code: str) -> str:
        """Return the name of a community drug service."""

    def prisons(self) -> tuple[Place, ...]:
        """Return the prisons from which a release can start, by name."""

    def local_authorities(self) -> tuple[Place, ...]:
        """Return every upper-tier authority, by name."""

    def probation_units(self) -> tuple[Place, ...]:
        """Return every probation delivery unit, by name."""

    def probation_regions(self) -> tuple[Place, ...]:
        """Return every probation region, by name."""

    def services(self) -> tuple[Place, ...]:
        """Return every community drug service, by name."""
