"""The public lists as the API asks for them: any accepted code in, the current code out."""

from __future__ import annotations

from dataclasses import dataclass

from infra.reference_data.reference import ReferenceData


@dataclass(frozen=True, slots=True)
class PublicPlaces:
    """Implements `api.ports.Places`; every method raises `UnknownCodeError` for an unknown code."""

    reference: ReferenceData

    def prison(self, code: str) -> str:
        """Return the code of a prison that is open."""
        return self.reference.releasing_prison(code).code

    def local_authority(self, code: str) -> str:
        """Return the code of an upper-tier authority; a district's means its county."""
        return self.reference.local_authority(code).code

    def probation_unit(self, code: str) -> str:
        """Return the code of a probation delivery unit."""
        return self.reference.probation_unit(code).code

    def probation_region(self, code: str) -> str:
        """Return the code of a probation region."""
        return self.reference.probation_regions.find(code).code

    def service(self, code: str) -> str:
        """Return the id of a community drug service."""
        return self.reference.service(code).service_id
