"""What a form is: its fields, the command they make, and when it can be used at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from api.pages.accounts import Account
from api.pages.casework.fields import Field, read_all
from api.pages.forms import PARTS, FormReader
from api.pages.places import PlaceNames
from domain.journey import Step
from domain.rules import Rules
from domain.state import Release

Filled = Mapping[str, str | Sequence[str]]
"""What stands in each input, by its name; several values for checkboxes."""

Made = dict[str, Any]
"""A command in the shape of the JSON API."""


@dataclass(frozen=True, slots=True)
class Case:
    """The release that a form is about, as whoever fills it in may see it.

    Attributes:
        state: Redacted for the account's role.
        seq: The number of the record's last event when the form was opened; what is named after
            it has the same name however often the form is sent.
        rules: That the release is pinned to.
    """

    state: Release
    seq: int
    account: Account
    today: date
    rules: Rules
    places: PlaceNames


class Answers:
    """What a form says once every field could be read.

    Attributes:
        notes: Free text by the key under which the command refers to it.
    """

    def __init__(self, reader: FormReader, values: Mapping[str, Any]) -> None:
        """Take the values that were read."""
        self._reader = reader
        self._values = values
        self.notes: dict[str, str] = {}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - as the field reads it
        """Return the value of a field; None for one that was not asked or left empty."""
        return self._values.get(name)

    def is_yes(self, name: str) -> bool:
        """Return whether yes was answered."""
        return bool(self[name] == "yes")

    def note(self, name: str) -> str | None:
        """Return the key of the note that a field's text becomes; None when it is empty."""
        text = self[name]
        if text is None:
            return None
        self.notes[name] = text
        return name

    def refuse(self, name: str, text: str) -> None:
        """Note something to correct that only several fields together show."""
        self._reader.refuse(name, text)


@dataclass(frozen=True, slots=True)
class Warned:
    """What to look at before saving.

    Attributes:
        sentences: What is not as it should be; none when all is well.
        days: The cover day by day, when that is what is to be looked at.
        blocks: Whether one of the sentences means that something is missing.
        always: Whether it is shown even with nothing to warn of.
    """

    sentences: tuple[str, ...] = ()
    days: tuple[Any, ...] = ()
    blocks: bool = True
    always: bool = False


def no_obstacle(_case: Case) -> str | None:
    """Return that nothing stands in the way."""
    return None


def nothing_filled(_case: Case) -> Filled:
    """Return that the form opens empty."""
    return {}


def never_settled(_case: Case) -> bool:
    """Return that it can always be recorded once more."""
    return False


def nothing_to_see(_command: Made, _case: Case) -> Warned:
    """Return that there is nothing to look at before saving."""
    return Warned()


@dataclass(frozen=True, eq=False)
class Form:
    """One form.

    Attributes:
        kinds: The commands it can make; the first is its address.
        fields: What it asks of one release.
        make: The command of what was answered.
        said: The banner once it is recorded.
        step: The step whose page it is on; None for life events.
        obstacle: Why it cannot be used now, with what to do instead; None when it can.
        filled: What stands in it when it is opened.
        warn: What to look at before it is saved.
        at: The form's field for a field of the command that has another name.
        is_grave: Whether it cannot be taken back, so that its button warns.
        is_aside: Whether a step never opens with it: taking something back, or correcting it.
        is_settled: Whether what it records is there already, so that the step opens with another.
    """

    kinds: tuple[str, ...]
    title: str
    fields: Callable[[Case], Sequence[Field]]
    make: Callable[[Answers, Case], Made]
    said: str
    step: Step | None = None
    intro: str = ""
    button: str = "Save"
    obstacle: Callable[[Case], str | None] = no_obstacle
    filled: Callable[[Case], Filled] = nothing_filled
    warn: Callable[[Made, Case], Warned] = nothing_to_see
    at: Mapping[str, str] = field(default_factory=dict)
    is_grave: bool = False
    is_aside: bool = False
    is_settled: Callable[[Case], bool] = never_settled

    @property
    def kind(self) -> str:
        """The command that gives it its address."""
        return self.kinds[0]


def read(form: Form, case: Case, reader: FormReader) -> tuple[Made, Answers] | None:
    """Return the command that was filled in; None when the reader has something to correct."""
    values: dict[str, Any] = {}
    read_all(form.fields(case), reader, values)
    if reader.faults:
        return None
    answers = Answers(reader, values)
    made = form.make(answers, case)
    return None if reader.faults else (made, answers)


def typed_day(name: str, on: date | None) -> dict[str, str]:
    """Return the three inputs of a date that is filled in already."""
    if on is None:
        return {}
    return dict(
        zip(
            (f"{name}-{part}" for part in PARTS), map(str, (on.day, on.month, on.year)), strict=True
        )
    )


def today_filled(case: Case) -> Filled:
    """Return the day it was true as today, which it mostly is."""
    return typed_day("on", case.today)
