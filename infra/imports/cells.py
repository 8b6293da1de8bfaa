"""How the text of one cell becomes a value; a refusal names the column and never the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from domain.codes import SubstanceGroup, TreatmentNeed
from domain.identifiers import FieldError, UnknownCodeError
from infra.reference_data.register import Named, Register

NO_TREATMENT_NEED: Final = "none"
# Finding close matches takes milliseconds, so a file with a wrong column is explained in part.
MOST_EXPLAINED: Final = 50

LONGEST_CELL: Final = 120

CellParser = Callable[[str], Any]

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099

Choice = TypeVar("Choice", bound=StrEnum)


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


def read_cell(column: str, cell: str, parse: CellParser, *, may_be_empty: bool) -> object:
    """Return the value of one cell.

    Raises:
        FieldError: Empty and may not be, too long, or refused by its parser.
    """
    if not cell and not may_be_empty:
        raise FieldError(column, "This cell cannot be empty")
    if len(cell) > LONGEST_CELL:
        raise FieldError(column, f"A cell can have at most {LONGEST_CELL} characters")
    value: object = parse(cell)
    return value


def optional(parse: Callable[[str], str]) -> Callable[[str], str | None]:
    """Return `parse` for a column that may be empty, None then."""
    return lambda text: parse(text) if text else None


def day(column: str) -> Callable[[str], date]:
    """Return a parser of `YYYY-MM-DD` from 1900 to 2099."""

    def parse(text: str) -> date:
        if not _ISO_DATE.fullmatch(text):
            raise FieldError(column, "Give the date as YYYY-MM-DD, like 2026-11-21")
        try:
            found = date.fromisoformat(text)
        except ValueError:
            raise FieldError(column, "There is no such day in the calendar") from None
        if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
            raise FieldError(column, f"The year must be from {_FIRST_YEAR} to {_LAST_YEAR}")
        return found

    return parse


def choice(
    column: str,
    choices: type[Choice],
    also: Mapping[str, str] | None = None,
) -> Callable[[str], Choice]:
    """Return a parser of the words of `choices`, and of the words `also` maps to one of them."""
    known = {each.value: each for each in choices}
    known |= {text: choices(value) for text, value in (also or {}).items()}

    def parse(text: str) -> Choice:
        chosen = known.get(text.casefold())
        if chosen is None:
            raise FieldError(column, f"Give one of: {', '.join(choices)}")
        return chosen

    return parse


def treatment_need(text: str) -> TreatmentNeed:
    """Return what a cell says of the need; whether it is a group is for `treatment_group`."""
    if not text:
        return TreatmentNeed.NOT_YET_KNOWN
    none = text.casefold() == NO_TREATMENT_NEED
    return TreatmentNeed.NOT_NEEDED if none else TreatmentNeed.NEEDED


def treatment_group(text: str) -> SubstanceGroup | None:
    """Return the group, or None for an empty cell and for no need."""
    if text.casefold() in {"", NO_TREATMENT_NEED}:
        return None
    try:
        return SubstanceGroup(text.casefold())
    except ValueError:
        accepted = ", ".join((*SubstanceGroup, NO_TREATMENT_NEED))
        reason = f"Give one of: {accepted}; or nothing while it is not known"
        raise FieldError("treatment_group", reason) from None
