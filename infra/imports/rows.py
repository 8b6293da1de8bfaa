"""What comes out of a file: rows that can be loaded, and problems that a person can correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from domain.codes import (
    EthnicityGroup,
    ReleaseType,
    Sex,
    SubstanceGroup,
    TreatmentNeed,
)


class ImportRow(BaseModel):
    """One release as the file gives it, every code known and every date checked.

    Attributes:
        line: Line of the file, counted from 1 for the headings.
        crn: None while the person is not known to probation.
        prison: Code of an open prison.
        scheduled_on: The release date as recorded, before any rule about Fridays.
        local_authority: The upper-tier authority, also when the file gave a district or an
            older code.
        treatment_group: None unless treatment is needed.
        mobile: In international form, or None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    line: int
    prison_number: str
    crn: str | None
    forename: str
    surname: str
    born_on: date
    sex: Sex
    ethnicity: EthnicityGroup
    prison: str
    scheduled_on: date
    release_type: ReleaseType
    reception_on: date
    local_authority: str
    probation_unit: str
    treatment_need: TreatmentNeed
    treatment_group: SubstanceGroup | None
    mobile: str | None


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """Why a row cannot be loaded; the reason never repeats what a cell holds.

    Attributes:
        line: Line of the file, counted from 1.
        column: The heading to look under, or empty when the whole line is meant.
        reason: One sentence or two that say what is accepted.
    """

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Everything that a file holds, both in the order of its lines."""

    rows: tuple[ImportRow, ...]
    problems: tuple[RowProblem, ...]
