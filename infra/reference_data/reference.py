"""The public lists together, and the questions the product asks of them.

Built once by `loading.load_reference_data` and passed to whoever needs it; nothing here changes
after that, so it may be shared between threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.calendars import WorkingCalendar
from domain.codes import Nation
from infra.reference_data.records import (
    LocalAuthority,
    Prison,
    ProbationRegion,
    ProbationUnit,
    Provider,
    Service,
    SubstanceEntry,
)
from infra.reference_data.register import Register


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """Every public list; each lookup raises `UnknownCodeError`, which names close matches.

    Attributes:
        prisons: All prisons, closed ones too: old records point at them.
        releasing_prisons: The prisons from which a new release can be started.
        local_authorities: Upper tier; districts and replaced codes resolve to one of them.
        bank_holidays: Of England and Wales, for the whole years that the list covers.
    """

    prisons: Register[Prison]
    releasing_prisons: Register[Prison]
    local_authorities: Register[LocalAuthority]
    probation_units: Register[ProbationUnit]
    probation_regions: Register[ProbationRegion]
    providers: Register[Provider]
    services: Register[Service]
    service_by_authority: Mapping[str, Service]
    substances: tuple[SubstanceEntry, ...]
    bank_holidays: WorkingCalendar

    def prison(self, code: str) -> Prison:
        """Return a prison, open or closed."""
        return self.prisons.find(code)

    def releasing_prison(self, code: str) -> Prison:
        """Return a prison that is open, for a release that starts now."""
        return self.releasing_prisons.find(code)

    def local_authority(self, code: str) -> LocalAuthority:
        """Return the upper-tier authority that a code, a replaced code or a district means."""
        return self.local_authorities.find(code)

    def probation_unit(self, code: str) -> ProbationUnit:
        """Return a probation delivery unit."""
        return self.probation_units.find(code)

    def region_of(self, place: LocalAuthority | ProbationUnit) -> ProbationRegion:
        """Return the probation region that a place belongs to."""
        return self.probation_regions.find(place.probation_region)

    def provider(self, key: str) -> Provider:
        """Return a treatment organisation."""
        return self.providers.find(key)

    def service(self, service_id: str) -> Service:
        """Return a community drug service."""
        return self.services.find(service_id)

    def service_for(self, authority: str) -> Service:
        """Return the community drug service of an authority, by any code that means it."""
        return self.service_by_authority[self.local_authority(authority).code]

    def nation_of_destination(self, authority: str) -> Nation:
        """Return England or Wales: the place somebody goes to decides, not the prison (R12)."""
        return self.local_authority(authority).nation
