"""Reads a submitted form: what was typed, what it means, and everything there is to correct.

A reader never raises: each method returns None for what is missing or cannot be read and notes the
fault, so that a person corrects the whole form in one go. Values come as JSON has them, ready for a
command. A kind of field that forms have in common adds its method here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Final, TypeVar

from fastapi import Request
from starlette.datastructures import FormData

from api.pages.faults import Fault

Choice = TypeVar("Choice", bound=StrEnum)

PARTS: Final = ("day", "month", "year")
LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 4000

_YEARS: Final = range(1900, 2101)
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_WORDS: Final = {"midday": "12pm", "noon": "12pm", "midnight": "12am"}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class FormReader:
    """One submitted form.

    Attributes:
        faults: Everything there is to correct, in the order of the fields.
    """

    def __init__(self, sent: FormData | Mapping[str, str]) -> None:
        """Read `sent`."""
        self._sent = sent if isinstance(sent, FormData) else FormData(sent)
        self.faults: list[Fault] = []

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed, by the name of the input, to be shown again; the first of several."""
        return {
            name: value
            for name, value in reversed(self._sent.multi_items())
            if isinstance(value, str)
        }

    def chosen(self, field: str) -> tuple[str, ...]:
        """Return every value that came for a field with several: checkboxes."""
        return tuple(each for each in self._sent.getlist(field) if isinstance(each, str))

    def refuse(self, field: str, text: str, *parts: str) -> None:
        """Note something to correct; the first fault of a field is the one to show."""
        if all(each.field != field or not field for each in self.faults):
            self.faults.append(Fault(field, text, parts))

    def line(
        self, field: str, missing: str | None = None, longest: int = LONGEST_LINE
    ) -> str | None:
        """Return one line of text without the space around it.

        Args:
            field: The name of the input.
            missing: What to say when it is empty; None when it may be.
            longest: How many characters it may have.
        """
        value = " ".join(_CONTROL.sub("", self._text(field)).split())
        return self._required(field, value, missing, longest)

    def text(
        self, field: str, missing: str | None = None, longest: int = LONGEST_TEXT
    ) -> str | None:
        """Return text of several lines, as `line` does."""
        value = _CONTROL.sub("", self._text(field).replace("\r\n", "\n")).strip()
        return self._required(field, value, missing, longest)

    def choice(self, field: str, among: type[Choice], missing: str | None = None) -> Choice | None:
        """Return the code that was chosen from a list of radios or a select."""
        value = self._text(field)
        found = next((each for each in among if each.value == value), None)
        if found is None and missing:
            self.refuse(field, missing)
        return found

    def choices(
        self, field: str, among: type[Choice], missing: str | None = None
    ) -> tuple[Choice, ...]:
        """Return the codes whose boxes were ticked, in the order of the list."""
        sent = set(self.chosen(field))
        found = tuple(each for each in among if each.value in sent)
        if not found and missing:
            self.refuse(field, missing)
        return found

    def option(self, field: str, among: Iterable[str], missing: str | None = None) -> str | None:
        """Return what was chosen, if it is `among` what was offered: places, services, people."""
        value = self._text(field)
        if value in set(among):
            return value
        if missing:
            self.refuse(field, missing)
        return None

    def yes_no(self, field: str, missing: str | None = None) -> bool | None:
        """Return whether yes was chosen; None when neither was."""
        value = self._text(field)
        if value in ("yes", "no"):
            return value == "yes"
        if missing:
            self.refuse(field, missing)
        return None

    def ticked(self, field: str) -> bool:
        """Return whether a box that stands alone was ticked."""
        return bool(self._text(field))

    def day(self, field: str, name: str, *, required: bool = True) -> date | None:
        """Return a date from its three inputs.

        Args:
            field: The inputs are `field-day`, `field-month` and `field-year`.
            name: What the date is, as it begins a sentence: "Date of the appointment".
            required: Whether it may not be left empty.
        """
        given = {part: self._text(f"{field}-{part}").strip() for part in PARTS}
        missing = [part for part in PARTS if not given[part]]
        if len(missing) == len(PARTS):
            if required:
                self.refuse(field, f"Enter the {name[:1].lower()}{name[1:]}", *PARTS)
            return None
        if missing:
            self.refuse(field, f"{name} must include a {' and '.join(missing)}", *missing)
            return None
        found = _day(*(given[part] for part in PARTS))
        if found is None:
            self.refuse(field, f"{name} must be a real date", *PARTS)
        return found

    def clock(self, field: str, name: str, *, required: bool = True) -> time | None:
        """Return a time such as `9:30am`, `2pm`, `14:00` or `midday`, without a zone.

        Args:
            field: The name of the input.
            name: What the time is, as it begins a sentence: "Time of the appointment".
            required: Whether it may not be left empty.
        """
        value = self._text(field).strip().lower()
        if not value:
            if required:
                self.refuse(field, f"Enter the {name[:1].lower()}{name[1:]}")
            return None
        found = _clock(value)
        if found is None:
            self.refuse(field, f"{name} must be a time, such as 9:30am or 14:00")
        return found

    def whole(self, field: str) -> int | None:
        """Return a whole number that the page itself put into a hidden field."""
        value = self._text(field)
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else None  # noqa: PLR2004 - fits any column

    def _text(self, field: str) -> str:
        value = self._sent.get(field)
        return value if isinstance(value, str) else ""

    def _required(self, field: str, value: str, missing: str | None, longest: int) -> str | None:
        if len(value) > longest:
            self.refuse(field, f"Shorten this to {longest} characters or fewer")
            return None
        if not value and missing:
            self.refuse(field, missing)
        return value or None


async def read_form(request: Request) -> FormReader:
    """Return a reader of the request's form."""
    return FormReader(await request.form())


def _day(day: str, month: str, year: str) -> date | None:
    if not all(each.isascii() and each.isdigit() and len(each) <= 4 for each in (day, month, year)):  # noqa: PLR2004 - a year's digits
        return None
    if int(year) not in _YEARS:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _clock(value: str) -> time | None:
    found = _CLOCK.fullmatch(_WORDS.get(value, value))
    if found is None or not value.isascii():
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half is None and found[2] is None:
        return None  # a bare number may be morning or evening
    if half is not None:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - a clock face
            return None
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None
