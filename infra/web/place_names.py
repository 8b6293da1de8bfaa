"""What places are called, from the public lists."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.places import Place
from infra.reference_data.reference import ReferenceData
from infra.reference_data.register import Named, Register


@dataclass(frozen=True, slots=True)
class PublicPlaceNames:
    """Implements `api.pages.places.PlaceNames`."""

    reference: ReferenceData

    def prison(self, code: str) -> str:
        """Return the name of a prison, open or closed."""
        return _name(self.reference.prisons, code)

    def local_authority(self, code: str) -> str:
        """Return the name of an authority."""
        return _name(self.reference.local_authorities, code)

    def probation_unit(self, code: str) -> str:
        """Return the name of a probation delivery unit."""
        return _name(self.reference.probation_units, code)

    def probation_region(self, code: str) -> str:
        """Return the name of a probation region."""
        return _name(self.reference.probation_regions, code)

    def service(self, code: str) -> str:
        """Return the name of a community drug service."""
        return _name(self.reference.services, code)

    def prisons(self) -> tuple[Place, ...]:
        """Return the prisons from which a release can start, by name."""
        return _places(self.reference.releasing_prisons)

    def local_authorities(self) -> tuple[Place, ...]:
        """Return every upper-tier authority, by name."""
        return _places(self.reference.local_authorities)

    def probation_units(self) -> tuple[Place, ...]:
        """Return every probation delivery unit, by name."""
        return _places(self.reference.probation_units)

    def probation_regions(self) -> tuple[Place, ...]:
        """Return every probation region, by name."""
        return _places(self.reference.probation_regions)

    def services(self) -> tuple[Place, ...]:
        """Return every community drug service, by name."""
        return _places(self.reference.services)


def _name(register: Register[Named], code: str) -> str:
    entry = register.get(code)
    return entry.name if entry else code


def _places(register: Register[Named]) -> tuple[Place, ...]:
    found = (Place(code, entry.name) for code, entry in register.entries.items())
    return tuple(sorted(found, key=lambda each: each.name))
