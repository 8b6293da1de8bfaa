"""What comes out of a file of past releases: rows that can be loaded, and lines that cannot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from domain.codes import EthnicityGroup, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import RetentionOutcome
from infra.imports.rows import RowProblem


class PastRelease(BaseModel):
    """One past release as the file gives it, every code known and every date checked.

    Attributes:
        line: Line of the file, counted from 1 for the headings.
        prison: Code of a prison, open or closed.
        left_on: The day of the actual release.
        local_authority: The upper-tier authority, also when the file gave a district or an
            older code.
        probation_unit: None where the file does not say; the authority's region counts then.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    line: int
    prison_number: str
    reception_on: date
    left_on: date
    prison: str
    local_authority: str
    probation_unit: str | None
    treatment_need: TreatmentNeed
    treatment_group: SubstanceGroup | None
    sex: Sex
    ethnicity: EthnicityGroup
    born_on: date | None
    referred_on: date | None
    treatment_started_on: date | None
    retention_outcome: RetentionOutcome | None
    died_on: date | None
    returned_on: date | None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is excluded, with what of it could be read, so that it is counted there.

    Attributes:
        left_on: Decides the period it would have counted in; None when that cannot be read.
        local_authority: Likewise the area.
    """

    line: int
    left_on: date | None
    local_authority: str | None


@dataclass(frozen=True, slots=True)
class BackfillFile:
    """Everything that a file holds, each in the order of its lines."""

    rows: tuple[PastRelease, ...]
    bad: tuple[BadLine, ...]
    problems: tuple[RowProblem, ...]
