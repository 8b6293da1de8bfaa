"""Fields that several forms ask in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Final

from api.pages.casework.fields import Day, Field, Option, Select
from api.pages.casework.form import Answers, Case
from api.pages.dates import instant
from api.pages.places import Place
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role
from domain.facts import Appointment, AppointmentStatus
from domain.london_time import UnsafeWallTimeError, london_instant

OWNERS: Final = tuple(role for role in Role if role in CASEWORK_ROLES)


def on(label: str, what: str = "Date") -> Day:
    """Return the field for the day something was true."""
    return Day("on", label, what)


def only_on(label: str, what: str = "Date") -> Sequence[Field]:
    """Return the fields of a form that asks nothing but the day."""
    return (on(label, what),)


def place(name: str, label: str, places: Iterable[Place], missing: str, hint: str = "") -> Select:
    """Return a list of places to choose from."""
    found = tuple(Option(each.code, each.name) for each in places)
    return Select(name, label, found, missing, hint)


def own_service(case: Case, name: str = "service") -> Select:
    """Return the services that the account works for; all of them for whoever is not bound."""
    codes = case.account.subject.services
    known = case.places.services()
    found = known if codes is None else [each for each in known if each.code in codes]
    return place(name, "Which service?", found, "Select the service")


def booked(case: Case) -> tuple[Appointment, ...]:
    """Return the appointments whose outcome is still open, earliest first."""
    standing = case.state.standing_appointments
    return tuple(each for each in standing if each.status is AppointmentStatus.BOOKED)


def appointments(case: Case) -> tuple[Option, ...]:
    """Return the booked appointments to choose from."""
    return tuple(
        Option(each.id, instant(each.at), hint=case.places.service(each.service))
        for each in booked(case)
    )


def none_booked(case: Case) -> str | None:
    """Return what to do when there is no appointment to speak of."""
    return None if booked(case) else "No appointment is booked. Book one first."


def instant_of(answers: Answers) -> datetime | None:
    """Return the instant of the fields `date` and `time`; a time that may not exist is refused."""
    on_day: date = answers["date"]
    at_time: time = answers["time"]
    try:
        return london_instant(on_day, at_time)
    except UnsafeWallTimeError as error:
        answers.refuse("time", error.message)
        return None
