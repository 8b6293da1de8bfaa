"""What a row of each reference file means; one function per file."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from domain.codes import Nation, Sex, Substance
from infra.reference_data.reading import Row
from infra.reference_data.records import (
    Estate,
    LocalAuthority,
    Prison,
    ProbationRegion,
    ProbationUnit,
    Provider,
    Service,
    SubstanceEntry,
)


class AuthorityRow(NamedTuple):
    """An authority of either tier; `parent` is the county of a district, else empty."""

    authority: LocalAuthority
    parent: str


def prison(row: Row) -> Prison:
    """Read a row of `prisons.csv`; sex and estate are blank for most closed prisons."""
    return Prison(
        code=row["agency_id"],
        name=row["name"],
        name_cy=row["name_cy"],
        nation=_nation(row["country"]),
        region=row["region"],
        postcode=row["postcode"],
        holds=frozenset(sex for sex in Sex if row[sex.value] and _flag(row[sex.value])),
        is_active=_flag(row["active"]),
        estate=Estate(row["estate"]) if row["estate"] else None,
    )


def authority(row: Row) -> AuthorityRow:
    """Read a row of `local_authorities.csv`."""
    read = LocalAuthority(
        code=row["ons_code"],
        name=row["name"],
        name_cy=row["name_cy"],
        nation=_nation(row["country"]),
        region=row["region"],
        probation_region=row["probation_region_code"],
    )
    return AuthorityRow(read, row["parent_code"])


def code_change(row: Row) -> tuple[str, str]:
    """Read a row of `local_authority_code_changes.csv` as (old code, new code)."""
    return row["old_code"], row["new_code"]


def probation_region(row: Row) -> ProbationRegion:
    """Read a row of `probation_regions.csv`."""
    return ProbationRegion(row["region_code"], row["name"], _nation(row["country"]))


def probation_unit(row: Row) -> ProbationUnit:
    """Read a row of `pdus.csv`."""
    return ProbationUnit(row["pdu_code"], row["name"], row["region_code"], row["coverage"])


def provider(row: Row) -> Provider:
    """Read a row of `providers.csv`; a nation may be followed by places in brackets."""
    return Provider(
        key=row["provider_key"],
        name=row["name"],
        other_names=tuple(name.strip() for name in row["other_names"].split(";") if name.strip()),
        nations=frozenset(_nation(part.split("(")[0].strip()) for part in row["nation"].split(";")),
    )


def service(row: Row) -> Service:
    """Read a row of `services.csv`."""
    return Service(row["service_id"], row["name"], row["provider_key"], row["local_authority"])


def substance(row: Row) -> SubstanceEntry:
    """Read a row of `substances.csv`."""
    return SubstanceEntry(Substance(row["key"]), row["label"], row["contributes_to"])


def bank_holiday(row: Row) -> date:
    """Read a row of `bank_holidays.csv`."""
    return date.fromisoformat(row["date"])


def _nation(country: str) -> Nation:
    return Nation(country.casefold())


def _flag(text: str) -> bool:
    if text not in {"true", "false"}:
        message = "a flag must be true or false"
        raise ValueError(message)
    return text == "true"
