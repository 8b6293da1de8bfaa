"""The documented columns of a file of past releases, and which parser reads the cells of each.

To add a column: a field in `rows.PastRelease`, a line in `COLUMNS`, a parser in `parsers_for`, and
a row in the table of `docs/backfill.md` (a test compares them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from domain.codes import EthnicityGroup, Sex
from domain.facts import RetentionOutcome
from domain.identifiers import parse_prison_number
from infra.imports.cells import (
    CellParser,
    CodeParser,
    choice,
    day,
    optional,
    treatment_group,
    treatment_need,
)
from infra.reference_data.reference import ReferenceData

COLUMNS: Final = (
    "prison_number",
    "reception_date",
    "exit_date",
    "prison",
    "local_authority",
    "probation_unit",
    "treatment_group",
    "sex",
    "ethnicity",
    "date_of_birth",
    "referral_date",
    "treatment_start",
    "twelve_week_outcome",
    "death_date",
    "return_to_custody_date",
)
OPTIONAL: Final = frozenset(
    {
        "probation_unit",
        "ethnicity",
        "date_of_birth",
        "treatment_group",
        "referral_date",
        "treatment_start",
        "twelve_week_outcome",
        "death_date",
        "return_to_custody_date",
    }
)


def parsers_for(reference: ReferenceData) -> Mapping[str, tuple[str, CellParser]]:
    """Return, for each attribute of `PastRelease` but the line, its column and its parser."""
    outcome = choice("twelve_week_outcome", RetentionOutcome)
    return {
        "prison_number": ("prison_number", parse_prison_number),
        "reception_on": ("reception_date", day("reception_date")),
        "left_on": ("exit_date", day("exit_date")),
        "prison": ("prison", CodeParser(reference.prisons)),
        "local_authority": ("local_authority", CodeParser(reference.local_authorities)),
        "probation_unit": ("probation_unit", optional(CodeParser(reference.probation_units))),
        "treatment_need": ("treatment_group", treatment_need),
        "treatment_group": ("treatment_group", treatment_group),
        "sex": ("sex", choice("sex", Sex)),
        "ethnicity": ("ethnicity", choice("ethnicity", EthnicityGroup, {"": "not_stated"})),
        "born_on": ("date_of_birth", _optional_day("date_of_birth")),
        "referred_on": ("referral_date", _optional_day("referral_date")),
        "treatment_started_on": ("treatment_start", _optional_day("treatment_start")),
        "retention_outcome": (
            "twelve_week_outcome",
            lambda text: outcome(text) if text else None,
        ),
        "died_on": ("death_date", _optional_day("death_date")),
        "returned_on": ("return_to_custody_date", _optional_day("return_to_custody_date")),
    }


def _optional_day(column: str) -> Callable[[str], date | None]:
    parse = day(column)
    return lambda text: parse(text) if text else None
