"""The fields a form can have: how each is labelled and how what was typed in it is read.

Each field names the macro of `fields.html` that shows it (`look`) and puts its value into a mapping
under its own name. Whatever cannot be read is noted by the reader as something to correct. Another
kind of input adds its class here and its macro there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from api.pages.forms import FormReader

Values = MutableMapping[str, Any]

_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")


class Field(Protocol):
    """Part of a form."""

    @property
    def look(self) -> str:
        """Which macro shows it."""

    def read(self, form: FormReader, into: Values) -> None:
        """Read what was typed, and note what is to be corrected."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of several answers; `inside` is asked only of whoever gives it."""

    value: str
    text: str
    hint: str = ""
    inside: tuple[Field, ...] = ()


def options(words: Mapping[Any, str]) -> tuple[Option, ...]:
    """Return one option for each code and its words."""
    return tuple(Option(str(code), text) for code, text in words.items())


@dataclass(frozen=True, slots=True)
class Day:
    """A date of three inputs; `what` begins its messages: "Date it happened"."""

    name: str
    label: str
    what: str
    hint: str = "For example, 27 3 2026"
    required: bool = True
    look: ClassVar[str] = "day"

    def read(self, form: FormReader, into: Values) -> None:
        """Read a date."""
        into[self.name] = form.day(self.name, self.what, required=self.required)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in London."""

    name: str
    label: str
    what: str
    hint: str = "For example, 9:30am or 14:00"
    look: ClassVar[str] = "clock"

    def read(self, form: FormReader, into: Values) -> None:
        """Read a time without a zone."""
        into[self.name] = form.clock(self.name, self.what)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that must be a code of letters and digits: a staff number, an ODS code."""

    name: str
    label: str
    missing: str | None
    hint: str = ""
    look: ClassVar[str] = "line"

    def read(self, form: FormReader, into: Values) -> None:
        """Read a code."""
        value = form.line(self.name, self.missing, longest=80)
        if value is not None and not _CODE.fullmatch(value):
            form.refuse(self.name, "Use letters, digits and hyphens only, without spaces")
        into[self.name] = value


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between two limits."""

    name: str
    label: str
    what: str
    low: int
    high: int
    hint: str = ""
    suffix: str = ""
    look: ClassVar[str] = "number"

    def read(self, form: FormReader, into: Values) -> None:
        """Read a number within the limits."""
        value = form.whole(self.name)
        if value is None or not self.low <= value <= self.high:
            form.refuse(self.name, f"{self.what} must be a number from {self.low} to {self.high}")
            value = None
        into[self.name] = value


@dataclass(frozen=True, slots=True)
class Text:
    """Text of several lines, which becomes a note and never travels in a command."""

    name: str
    label: str
    missing: str | None
    hint: str = ""
    look: ClassVar[str] = "text"

    def read(self, form: FormReader, into: Values) -> None:
        """Read text."""
        into[self.name] = form.text(self.name, self.missing)


@dataclass(frozen=True, slots=True)
class Choice:
    """Radios; the answer that is given may open more fields."""

    name: str
    label: str
    options: tuple[Option, ...]
    missing: str | None
    hint: str = ""
    is_inline: bool = False
    look: ClassVar[str] = "choice"

    def read(self, form: FormReader, into: Values) -> None:
        """Read the answer, and only the fields that belong to it."""
        value = form.option(self.name, [each.value for each in self.options], self.missing)
        into[self.name] = value
        for each in self.options:
            if each.value == value:
                read_all(each.inside, form, into)


@dataclass(frozen=True, slots=True)
class Boxes:
    """Checkboxes of which any number may be ticked."""

    name: str
    label: str
    options: tuple[Option, ...]
    missing: str | None = None
    hint: str = ""
    look: ClassVar[str] = "boxes"

    def read(self, form: FormReader, into: Values) -> None:
        """Read what was ticked, in the order of the options."""
        ticked = set(form.chosen(self.name))
        found = [each.value for each in self.options if each.value in ticked]
        if not found and self.missing:
            form.refuse(self.name, self.missing)
        into[self.name] = found


@dataclass(frozen=True, slots=True)
class Select:
    """A list that is too long for radios: places."""

    name: str
    label: str
    options: tuple[Option, ...]
    missing: str
    hint: str = ""
    look: ClassVar[str] = "select"

    def read(self, form: FormReader, into: Values) -> None:
        """Read what was chosen."""
        values = [each.value for each in self.options]
        into[self.name] = form.option(self.name, values, self.missing)


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a heading of their own; `name` makes the heading's id."""

    name: str
    label: str
    fields: tuple[Field, ...]
    hint: str = ""
    look: ClassVar[str] = "group"

    def read(self, form: FormReader, into: Values) -> None:
        """Read every field of the group."""
        read_all(self.fields, form, into)


def read_all(fields: Sequence[Field], form: FormReader, into: Values) -> None:
    """Read fields in their order, so that faults are listed as they stand on the page."""
    for each in fields:
        each.read(form, into)


def yes_no(
    name: str,
    label: str,
    missing: str | None,
    hint: str = "",
    if_yes: tuple[Field, ...] = (),
) -> Choice:
    """Return radios for yes and no."""
    answers = (Option("yes", "Yes", inside=if_yes), Option("no", "No"))
    return Choice(name, label, answers, missing, hint, is_inline=not if_yes)
