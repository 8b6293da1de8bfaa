"""The documented columns, and how the cell of each becomes a value.

To add a column: a field in `rows.ImportRow`, a line in `COLUMNS`, a parser in `parsers_for`, and
a row in the table of `docs/import.md` (a test compares them).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, Final, TypeVar

from domain.codes import EthnicityGroup, ReleaseType, Sex, SubstanceGroup, TreatmentNeed
from domain.identifiers import (
    FieldError,
    UnknownCodeError,
    parse_crn,
    parse_mobile,
    parse_name,
    parse_prison_number,
)
from infra.reference_data.reference import ReferenceData
from infra.reference_data.register import Named, Register

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
NO_TREATMENT_NEED: Final = "none"
LONGEST_CELL: Final = 120
# Finding close matches takes milliseconds, so a file with a wrong column is explained in part.
MOST_EXPLAINED: Final = 50

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099

Choice = TypeVar("Choice", bound=StrEnum)
CellParser = Callable[[str], Any]


def parsers_for(reference: ReferenceData) -> Mapping[str, tuple[str, CellParser]]:
    """Return, for each attribute of `ImportRow` but the line, its column and its parser."""
    return {
        "prison_number": ("prison_number", parse_prison_number),
        "crn": ("crn", _optional(parse_crn)),
        "forename": ("forename", partial(parse_name, field="forename")),
        "surname": ("surname", partial(parse_name, field="surname")),
        "born_on": ("date_of_birth", _day("date_of_birth")),
        "sex": ("sex", _choice("sex", Sex)),
        "ethnicity": ("ethnicity", _choice("ethnicity", EthnicityGroup, {"": "not_stated"})),
        "prison": ("prison", CodeParser(reference.releasing_prisons)),
        "scheduled_on": ("release_date", _day("release_date")),
        "release_type": ("release_type", _choice("release_type", ReleaseType, _ABBREVIATIONS)),
        "reception_on": ("reception_date", _day("reception_date")),
        "local_authority": ("local_authority", CodeParser(reference.local_authorities)),
        "probation_unit": ("probation_unit", CodeParser(reference.probation_units)),
        "treatment_need": ("treatment_group", _treatment_need),
        "treatment_group": ("treatment_group", _treatment_group),
        "mobile": ("mobile", _optional(parse_mobile)),
    }


_ABBREVIATIONS: Final = {
    kind.abbreviation.casefold(): kind.value for kind in ReleaseType if kind.abbreviation
}


class CodeParser:
    """Finds codes in a list, remembering each value seen and limiting costly suggestions."""

    def __init__(self, register: Register[Named]) -> None:
        self._register = register
        self._reasons: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """Return the current code.

        Raises:
            UnknownCodeError: The list has no such code.
        """
        code = self._register.current_code(text)
        if code is None:
            raise UnknownCodeError(self._register.field, self._reason(text))
        return code

    def _reason(self, text: str) -> str:
        if text not in self._reasons:
            if len(self._reasons) >= MOST_EXPLAINED:
                return self._register.refusal
            self._reasons[text] = self._register.explain(text)
        return self._reasons[text]


def _optional(parse: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda text: parse(text) if text else None


def _day(column: str) -> Callable[[str], date]:
    def parse(text: str) -> date:
        if not _ISO_DATE.fullmatch(text):
            raise FieldError(column, "Give the date as YYYY-MM-DD, like 2026-11-21")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise FieldError(column, "There is no such day in the calendar") from None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise FieldError(column, f"The year must be from {_FIRST_YEAR} to {_LAST_YEAR}")
        return day

    return parse


def _choice(
    column: str,
    choices: type[Choice],
    also: Mapping[str, str] | None = None,
) -> Callable[[str], Choice]:
    known = {choice.value: choice for choice in choices}
    known |= {text: choices(value) for text, value in (also or {}).items()}

    def parse(text: str) -> Choice:
        choice = known.get(text.casefold())
        if choice is None:
            raise FieldError(column, f"Give one of: {', '.join(choices)}")
        return choice

    return parse


def _treatment_need(text: str) -> TreatmentNeed:
    if not text:
        return TreatmentNeed.NOT_YET_KNOWN
    none = text.casefold() == NO_TREATMENT_NEED
    return TreatmentNeed.NOT_NEEDED if none else TreatmentNeed.NEEDED


def _treatment_group(text: str) -> SubstanceGroup | None:
    if text.casefold() in {"", NO_TREATMENT_NEED}:
        return None
    try:
        return SubstanceGroup(text.casefold())
    except ValueError:
        accepted = ", ".join((*SubstanceGroup, NO_TREATMENT_NEED))
        reason = f"Give one of: {accepted}; or nothing while it is not known"
        raise FieldError("treatment_group", reason) from None
