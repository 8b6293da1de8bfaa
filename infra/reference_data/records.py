"""One row of each public list, as the rest of the product sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.codes import Nation, Sex, Substance


class Estate(StrEnum):
    """What kind of establishment a prison is."""

    MENS_CLOSED = "mens_closed"
    MENS_OPEN = "mens_open"
    WOMENS_CLOSED = "womens_closed"
    WOMENS_OPEN = "womens_open"
    YOUTH = "youth"


@dataclass(frozen=True, slots=True)
class Prison:
    """A prison by its three-letter agency code; `estate` and `region` are blank once closed.

    Attributes:
        name_cy: The Welsh name, or empty.
        holds: The sexes held there; empty where the register does not say.
        is_active: Whether people can be released from it. Two codes may share one site.
    """

    code: str
    name: str
    name_cy: str
    nation: Nation
    region: str
    postcode: str
    holds: frozenset[Sex]
    is_active: bool
    estate: Estate | None


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """An upper-tier authority: it commissions treatment, so continuity counts to it (R13).

    Attributes:
        probation_region: Code of the probation region that serves it.
    """

    code: str
    name: str
    name_cy: str
    nation: Nation
    region: str
    probation_region: str


@dataclass(frozen=True, slots=True)
class ProbationRegion:
    """A probation region by its Delius code; Wales is one region."""

    code: str
    name: str
    nation: Nation


@dataclass(frozen=True, slots=True)
class ProbationUnit:
    """A probation delivery unit; `coverage` is prose and may be empty."""

    code: str
    name: str
    probation_region: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Provider:
    """An organisation that runs treatment services."""

    key: str
    name: str
    other_names: tuple[str, ...]
    nations: frozenset[Nation]


@dataclass(frozen=True, slots=True)
class Service:
    """The community drug service of one authority; which provider runs it is invented here."""

    service_id: str
    name: str
    provider: str
    local_authority: str


@dataclass(frozen=True, slots=True)
class SubstanceEntry:
    """A substance with the words staff read; `contributes_to` explains the group (R10)."""

    substance: Substance
    label: str
    contributes_to: str
