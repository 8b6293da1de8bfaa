"""Put the lists together into `ReferenceData`, checking that they agree with one another."""

from __future__ import annotations

from pathlib import Path

from infra.reference_data import parsing, registers
from infra.reference_data.reading import ReferenceDataError, read_records
from infra.reference_data.records import LocalAuthority, ProbationUnit
from infra.reference_data.reference import ReferenceData


def load_reference_data(instead: Path | None = None) -> ReferenceData:
    """Read every list.

    Args:
        instead: A folder of newer lists. A file there replaces the shipped file of that name, so
            an operator can install next year's bank holidays without a release of the product.

    Raises:
        ReferenceDataError: A file cannot be used; it names the file and, if it can, the line.
    """
    prisons = registers.prisons(instead)
    services = registers.services(instead)
    loaded = ReferenceData(
        prisons=prisons,
        releasing_prisons=registers.releasing_prisons(prisons),
        local_authorities=registers.local_authorities(instead),
        probation_units=registers.probation_units(instead),
        probation_regions=registers.probation_regions(instead),
        providers=registers.providers(instead),
        services=services,
        service_by_authority={row.local_authority: row for row in services.entries.values()},
        substances=read_records("substances.csv", parsing.substance, instead=instead),
        bank_holidays=registers.bank_holidays(instead),
    )
    _check_services(loaded)
    _check_regions(loaded)
    return loaded


def _check_services(loaded: ReferenceData) -> None:
    without = sorted(loaded.local_authorities.entries.keys() - loaded.service_by_authority.keys())
    if without:
        raise ReferenceDataError("services.csv", None, f"{without[0]} has no service")
    for service in loaded.services.entries.values():
        if loaded.providers.get(service.provider) is None:
            reason = f"{service.service_id} names a provider that providers.csv does not have"
            raise ReferenceDataError("services.csv", None, reason)


def _check_regions(loaded: ReferenceData) -> None:
    places: tuple[LocalAuthority | ProbationUnit, ...] = (
        *loaded.local_authorities.entries.values(),
        *loaded.probation_units.entries.values(),
    )
    for place in places:
        if loaded.probation_regions.get(place.probation_region) is None:
            reason = f"{place.code} is in a region that the file does not have"
            raise ReferenceDataError("probation_regions.csv", None, reason)
