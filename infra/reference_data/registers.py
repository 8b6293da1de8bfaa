"""Build the register of each list out of its file; `loading` puts them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from pathlib import Path

from domain.calendars import WorkingCalendar
from infra.reference_data import parsing
from infra.reference_data.reading import ReferenceDataError, read_records
from infra.reference_data.records import (
    LocalAuthority,
    Prison,
    ProbationRegion,
    ProbationUnit,
    Provider,
    Service,
)
from infra.reference_data.register import Register


def prisons(instead: Path | None) -> Register[Prison]:
    """Read every prison, closed ones too."""
    rows = read_records("prisons.csv", parsing.prison, instead=instead)
    entries = {row.code: row for row in rows}
    return Register("prison", "a three-letter prison code, like LEI", entries)


def probation_regions(instead: Path | None) -> Register[ProbationRegion]:
    """Read the probation regions."""
    rows = read_records("probation_regions.csv", parsing.probation_region, instead=instead)
    entries = {row.code: row for row in rows}
    return Register("probation_region", "a probation region code, like N54", entries)


def probation_units(instead: Path | None) -> Register[ProbationUnit]:
    """Read the probation delivery units."""
    rows = read_records("pdus.csv", parsing.probation_unit, instead=instead)
    entries = {row.code: row for row in rows}
    return Register("probation_unit", "a probation delivery unit code, like N54STHA", entries)


def providers(instead: Path | None) -> Register[Provider]:
    """Read the treatment organisations."""
    rows = read_records("providers.csv", parsing.provider, instead=instead)
    entries = {row.key: row for row in rows}
    return Register("provider", "a provider key, like turning-point", entries)


def services(instead: Path | None) -> Register[Service]:
    """Read the community drug services."""
    rows = read_records("services.csv", parsing.service, instead=instead)
    entries = {row.service_id: row for row in rows}
    return Register("service", "a service id, like cds-hartlepool", entries)


def releasing_prisons(every: Register[Prison]) -> Register[Prison]:
    """Return the open ones of all prisons; a closed one is refused by its name."""
    return Register(
        "prison",
        "the three-letter code of an open prison, like LEI",
        {code: prison for code, prison in every.entries.items() if prison.is_active},
        withdrawn={
            code: f"{prison.name} is closed. Give the prison that holds the person"
            for code, prison in every.entries.items()
            if not prison.is_active
        },
    )


def local_authorities(instead: Path | None) -> Register[LocalAuthority]:
    """Read both tiers and the replaced codes into one register of upper-tier authorities."""
    rows = read_records("local_authorities.csv", parsing.authority, instead=instead)
    upper = {row.authority.code: row.authority for row in rows if not row.parent}
    aliases = {row.authority.code: row.parent for row in rows if row.parent}
    _check_upper("local_authorities.csv", aliases.values(), upper)
    successors: dict[str, list[str]] = {}
    file = "local_authority_code_changes.csv"
    for old, new in read_records(file, parsing.code_change, instead=instead):
        successors.setdefault(old, []).append(new)
    _check_upper(file, chain.from_iterable(successors.values()), upper)
    replaced = {old: codes[0] for old, codes in successors.items() if len(codes) == 1}
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


def _check_upper(file: str, codes: Iterable[str], upper: Mapping[str, LocalAuthority]) -> None:
    missing = sorted(set(codes) - upper.keys())
    if missing:
        raise ReferenceDataError(file, None, f"no upper-tier authority has the code {missing[0]}")


def _either(authorities: Iterable[LocalAuthority]) -> str:
    return " or ".join(f"{authority.code} ({authority.name})" for authority in authorities)


def bank_holidays(instead: Path | None) -> WorkingCalendar:
    """Read the bank holidays into the calendar that the domain counts with."""
    dates = read_records("bank_holidays.csv", parsing.bank_holiday, instead=instead)
    # The published list grows by whole years, so it answers for all of its first and last year.
    return WorkingCalendar(
        holidays=frozenset(dates),
        covers_from=date(min(dates).year, 1, 1),
        covers_until=date(max(dates).year, 12, 31),
    )
