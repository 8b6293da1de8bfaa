"""The documented columns, and which parser reads the cells of each.

To add a column: a field in `rows.ImportRow`, a line in `COLUMNS`, a parser in `parsers_for`, and
a row in the table of `docs/import.md` (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from domain.codes import EthnicityGroup, ReleaseType, Sex
from domain.identifiers import parse_crn, parse_mobile, parse_name, parse_prison_number
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
    "crn",
    "forename",
    "surname",
    "date_of_birth",
    "sex",
    "ethnicity",
    "prison",
    "release_date",
    "release_type",
    "reception_date",
    "local_authority",
    "probation_unit",
    "treatment_group",
    "mobile",
)
OPTIONAL: Final = frozenset({"crn", "ethnicity", "treatment_group", "mobile"})

_ABBREVIATIONS: Final = {
    kind.abbreviation.casefold(): kind.value for kind in ReleaseType if kind.abbreviation
}


def parsers_for(reference: ReferenceData) -> Mapping[str, tuple[str, CellParser]]:
    """Return, for each attribute of `ImportRow` but the line, its column and its parser."""
    return {
        "prison_number": ("prison_number", parse_prison_number),
        "crn": ("crn", optional(parse_crn)),
        "forename": ("forename", partial(parse_name, field="forename")),
        "surname": ("surname", partial(parse_name, field="surname")),
        "born_on": ("date_of_birth", day("date_of_birth")),
        "sex": ("sex", choice("sex", Sex)),
        "ethnicity": ("ethnicity", choice("ethnicity", EthnicityGroup, {"": "not_stated"})),
        "prison": ("prison", CodeParser(reference.releasing_prisons)),
        "scheduled_on": ("release_date", day("release_date")),
        "release_type": ("release_type", choice("release_type", ReleaseType, _ABBREVIATIONS)),
        "reception_on": ("reception_date", day("reception_date")),
        "local_authority": ("local_authority", CodeParser(reference.local_authorities)),
        "probation_unit": ("probation_unit", CodeParser(reference.probation_units)),
        "treatment_need": ("treatment_group", treatment_need),
        "treatment_group": ("treatment_group", treatment_group),
        "mobile": ("mobile", optional(parse_mobile)),
    }
