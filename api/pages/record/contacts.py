"""Who works with a person, as far as the record knows: teams and places, and the person."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.places import PlaceNames
from api.pages.record.cards import REFERRALS
from api.pages.roles import ROLES
from api.records import Person, ReleaseDetail
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import DEFINITIONS
from domain.state import Release, StepStatus

NOBODY = "Nobody yet"


@dataclass(frozen=True, slots=True)
class Contact:
    """One team or person.

    Attributes:
        open_steps: What they still have to do, by title.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    open_steps: tuple[str, ...] = ()


def contacts_of(detail: ReleaseDetail, shown: Release, places: PlaceNames) -> tuple[Contact, ...]:
    """Return the person first, then each team in the order of the journey."""
    prison = places.prison(shown.prison)
    unit = places.probation_unit(shown.probation_unit)
    return (
        _person(detail.person, shown),
        _team(shown, Role.RESETTLEMENT, ("Prison", prison)),
        _team(shown, Role.HEALTHCARE, ("Prison", prison)),
        _team(shown, Role.PROBATION, ("Delivery unit", unit)),
        _team(
            shown,
            Role.PROVIDER,
            ("Service", places.service(shown.service) if shown.service else NOBODY),
            ("Referral", _referral(shown)),
        ),
        Contact("Where the person goes", (("Area", places.local_authority(shown.destination)),)),
    )


def _person(person: Person | None, shown: Release) -> Contact:
    if person is None:
        return Contact("The person", (("Name", "Not yet known"),))
    where = "In hospital" if shown.in_hospital else None
    rows = (
        ("Name", f"{person.forename} {person.surname}"),
        ("Mobile", _spaced(person.mobile) if person.mobile else "No number is recorded"),
        ("Case reference number", person.crn or "Not recorded"),
        *((("Where", where),) if where else ()),
    )
    return Contact("The person", rows)


def _team(shown: Release, role: Role, *rows: tuple[str, str]) -> Contact:
    released = shown.released is not None
    theirs = tuple(
        DEFINITIONS[step].title
        for step in DEFINITIONS
        if step in shown.steps
        and shown.is_open
        and shown.steps[step].status is StepStatus.OPEN
        and role in team_of(step, released=released)
    )
    return Contact(ROLES[role], rows, theirs)


def _referral(shown: Release) -> str:
    live = shown.live_referral
    return REFERRALS[live.status] if live else "No referral is sent"


def _spaced(mobile: str) -> str:
    """Return `+447700900123` as people read it out: `07700 900123`."""
    national = f"0{mobile.removeprefix('+44')}" if mobile.startswith("+44") else mobile
    return f"{national[:5]} {national[5:]}"
