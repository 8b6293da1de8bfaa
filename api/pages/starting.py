"""Starting a release from a form in stages: what each asks, and how it reaches the engine.

Nothing is kept between the stages but in the forms themselves, so that a session names nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from api.bodies import FIELD_OF, NEW_RELEASE
from api.pages.accounts import Account
from api.pages.forms import FormReader
from api.parsing import Json, strictly
from api.ports import Services
from api.records import Started
from api.refusals import ReleaseElsewhereError
from api.restricting import refuse_restricted
from domain.access import may_start, scope_of
from domain.codes import EthnicityGroup, ReleaseType, Sex
from domain.commands import Actor
from domain.identifiers import (
    IdentifierError,
    parse_crn,
    parse_mobile,
    parse_name,
    parse_prison_number,
)
from domain.london_time import london_date


class Part(StrEnum):
    """The stages, in order."""

    NUMBER = "number"
    PERSON = "person"
    RELEASE = "release"
    CHECK = "check"


FIELDS: Final = {
    Part.NUMBER: ("prison_number",),
    Part.PERSON: (*("forename", "surname", "date_of_birth", "sex", "ethnicity", "crn", "mobile"),),
    Part.RELEASE: (
        *("prison", "reception_date", "release_date", "release_type", "local_authority"),
        *("probation_unit", "service", "release_date_as_given"),
    ),
}
"""Which fields, by the names of the JSON API, each stage asks."""

_TEXTS: Final[Mapping[str, tuple[str | None, Callable[[str], str]]]] = {
    "prison_number": ("Enter the prison number", parse_prison_number),
    "forename": ("Enter the forename", lambda text: parse_name(text, field="forename")),
    "surname": ("Enter the surname", lambda text: parse_name(text, field="surname")),
    "crn": (None, parse_crn),
    "mobile": (None, parse_mobile),
}
_DAYS: Final = {
    "date_of_birth": "Date of birth",
    "reception_date": "Date of reception into custody",
    "release_date": "Release date",
}
_PLACES: Final = {
    "prison": "Select the prison",
    "local_authority": "Select the area the person goes to",
    "probation_unit": "Select the probation delivery unit",
    "service": None,
}

_CHOICES: Final[dict[str, Callable[[FormReader], Json]]] = {
    "sex": lambda form: form.choice("sex", Sex, "Select the sex"),
    "ethnicity": lambda form: form.choice("ethnicity", EthnicityGroup) or EthnicityGroup.NOT_STATED,
    "release_type": lambda form: form.choice(
        "release_type", ReleaseType, "Select the type of release"
    ),
    "release_date_as_given": lambda form: form.ticked("release_date_as_given") or None,
}


def read_part(form: FormReader, part: Part, services: Services) -> dict[str, Json]:
    """Return what a stage says, by the names of the JSON API; faults are noted in the form."""
    found = {name: _read(form, name, services) for name in FIELDS.get(part, ())}
    return {name: value for name, value in found.items() if value is not None}


def part_of(field: str) -> Part:
    """Return the stage that asks a field; the last one for a fault of no field."""
    return next((part for part, names in FIELDS.items() if field in names), Part.CHECK)


async def start(services: Services, account: Account, body: Mapping[str, Json]) -> Started:
    """Start the release, or find it.

    Raises:
        InvalidInputError: A value has not the shape it must have.
        NotAcceptableError: A code is unknown, or the dates contradict one another.
        NotPermitted: The prison is not the account's.
        Refused: The rules do not allow it.
        ReleaseElsewhereError: It is there, in somebody else's hands.
        RecordRestricted: It is there, and closed to the account.
        EngineUnavailableError: Nothing was started.
        OutcomeUnknownError: It may have been started.
    """
    details = services.intake.checked(strictly(NEW_RELEASE, dict(body)).details())
    may_start(account.subject, details.prison)
    actor = Actor(id=account.subject.id, role=account.role)
    started = await services.releases.start(details, actor)
    if not started.created:
        known = await services.reads.state(started.release_id)
        scope = scope_of(account.subject, london_date(services.now()))
        if known is not None and not scope.covers(known):
            raise ReleaseElsewhereError
        await refuse_restricted(services, account.subject.id, started.release_id)
    return started


def field_of(name: str | None) -> str:
    """Return the form's name of a field that the rules call otherwise."""
    return FIELD_OF.get(name or "", name or "")


def _read(form: FormReader, name: str, services: Services) -> Json:
    if name in _TEXTS:
        return _text(form, name)
    if name in _DAYS:
        on: date | None = form.day(name, _DAYS[name])
        return on.isoformat() if on else None
    if name in _PLACES:
        return form.option(name, _codes(name, services), _PLACES[name])
    return _CHOICES[name](form)


def _text(form: FormReader, name: str) -> str | None:
    missing, parse = _TEXTS[name]
    text = form.line(name, missing)
    if text is None:
        return None
    try:
        return parse(text)
    except IdentifierError as fault:
        form.refuse(name, fault.message)
        return None


def _codes(name: str, services: Services) -> list[str]:
    names = services.place_names
    lists = {
        "prison": names.prisons,
        "local_authority": names.local_authorities,
        "probation_unit": names.probation_units,
        "service": names.services,
    }
    return [each.code for each in lists[name]()]
