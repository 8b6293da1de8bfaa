"""Turn the reference files into `ReferenceData`, checking that they agree with one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from domain.calendars import WorkingCalendar
from infra.reference_data import parsing
from infra.reference_data.reading import ReferenceDataError, read_records
from infra.reference_data.records import (
    LocalAuthority,
    Prison,
    ProbationUnit,
    Service,
)
from infra.reference_data.reference import ReferenceData
from infra.reference_data.register import Register


def load_reference_data(instead: Path | None = None) -> ReferenceData:
    """Read every list.

    Args:
        instead: A folder of newer lists. A file there replaces the shipped file of that name, so
            an operator can install next year's bank holidays without a release of the product.

    Raises:
        ReferenceDataError: A file cannot be used; it names the file and the line.
    """
    prisons = {p.code: p for p in read_records("prisons.csv", parsing.prison, instead=instead)}
    regions = read_records("probation_regions.csv", parsing.probation_region, instead=instead)
    units = read_records("pdus.csv", parsing.probation_unit, instead=instead)
    providers = read_records("providers.csv", parsing.provider, instead=instead)
    services = read_records("services.csv", parsing.service, instead=instead)
    authorities = _authorities(instead)
    loaded = ReferenceData(
        prisons=Register("prison", "a three-letter prison code, like LEI", prisons),
        releasing_prisons=_releasing(prisons),
        local_authorities=authorities,
        probation_units=Register(
            "probation_unit",
            "a probation delivery unit code, like N54STHA",
            {unit.code: unit for unit in units},
        ),
        probation_regions=Register(
            "probation_region",
            "a probation region code, like N54",
            {region.code: region for region in regions},
        ),
        providers=Register(
            "provider",
            "a provider key, like turning-point",
            {provider.key: provider for provider in providers},
        ),
        services=Register(
            "service",
            "a service id, like cds-hartlepool",
            {service.service_id: service for service in services},
        ),
        service_by_authority={service.local_authority: service for service in services},
        substances=read_records("substances.csv", parsing.substance, instead=instead),
        bank_holidays=_bank_holidays(instead),
    )
    _check_links(loaded, services)
    return loaded


def _releasing(prisons: Mapping[str, Prison]) -> Register[Prison]:
    return Register(
        "prison",
        "the three-letter code of an open prison, like LEI",
        {code: prison for code, prison in prisons.items() if prison.is_active},
        withdrawn={
            code: f"{prison.name} is closed. Give the prison that holds the person"
            for code, prison in prisons.items()
            if not prison.is_active
        },
    )


def _authorities(instead: Path | None) -> Register[LocalAuthority]:
    rows = read_records("local_authorities.csv", parsing.authority, instead=instead)
    upper = {row.authority.code: row.authority for row in rows if not row.parent}
    aliases = {row.authority.code: row.parent for row in rows if row.parent}
    successors: dict[str, list[str]] = {}
    file = "local_authority_code_changes.csv"
    for old, new in read_records(file, parsing.code_change, instead=instead):
        successors.setdefault(old, []).append(aliases.get(new, new))
    replaced = {old: codes[0] for old, codes in successors.items() if len(codes) == 1}
    missing = sorted({*aliases.values(), *replaced.values()} - upper.keys())
    if missing:
        raise ReferenceDataError(file, None, f"no upper-tier authority has the code {missing[0]}")
    return Register(
        "local_authority",
        "an ONS code of a local authority in England or Wales, like E06000001",
        upper,
        aliases=aliases | replaced,
        withdrawn={
            old: f"This authority was divided. Give {_either(upper[code] for code in codes)}"
            for old, codes in successors.items()
            if len(codes) > 1
        },
    )


def _either(authorities: Iterable[LocalAuthority]) -> str:
    return " or ".join(f"{authority.code} ({authority.name})" for authority in authorities)


def _bank_holidays(instead: Path | None) -> WorkingCalendar:
    dates = read_records("bank_holidays.csv", parsing.bank_holiday, instead=instead)
    # The published list grows by whole years, so it answers for all of its first and last year.
    return WorkingCalendar(
        holidays=frozenset(dates),
        covers_from=date(min(dates).year, 1, 1),
        covers_until=date(max(dates).year, 12, 31),
    )


def _check_links(loaded: ReferenceData, services: tuple[Service, ...]) -> None:
    without = sorted(loaded.local_authorities.entries.keys() - loaded.service_by_authority.keys())
    if without:
        raise ReferenceDataError("services.csv", None, f"{without[0]} has no service")
    for service in services:
        if loaded.providers.get(service.provider) is None:
            reason = f"{service.service_id} names a provider that providers.csv does not have"
            raise ReferenceDataError("services.csv", None, reason)
    places: tuple[LocalAuthority | ProbationUnit, ...] = (
        *loaded.local_authorities.entries.values(),
        *loaded.probation_units.entries.values(),
    )
    for place in places:
        if loaded.probation_regions.get(place.probation_region) is None:
            reason = f"{place.code} is in a region that the file does not have"
            raise ReferenceDataError("probation_regions.csv", None, reason)
