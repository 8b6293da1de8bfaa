"""Who works with a person, as far as the record knows: teams and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from api.pages.places import PlaceNames
from api.pages.record.cards import REFERRALS
from api.pages.roles import ROLES
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import DEFINITIONS
from domain.state import Release, StepStatus

NOBODY = "Nobody yet"


class Naming(NamedTuple):
    """The link by which a team names who somebody is.

    Attributes:
        about: Whom, for those who hear links without their card.
    """

    href: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Contact:
    """One team or person.

    Attributes:
        open_steps: What they still have to do, by title.
        naming: Where the reader names whom the card shows, if it is theirs to do.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    open_steps: tuple[str, ...] = ()
    naming: Naming | None = None


def contacts_of(
    shown: Release,
    places: PlaceNames,
    workers: Mapping[Role, str],
    reader: Role,
) -> tuple[Contact, ...]:
    """Return each team in the order of the journey, and the place.

    Args:
        shown: The release as the reader may see it.
        places: What places are called.
        workers: Who leads for each party, by name.
        reader: Whose own team they may name somebody for.
    """
    teams = (_led(each, role, workers, reader, shown) for role, each in _teams(shown, places))
    area = Contact("Where the person goes", (("Area", places.local_authority(shown.destination)),))
    return (*teams, area)


def _led(
    team: Contact, role: Role, workers: Mapping[Role, str], reader: Role, shown: Release
) -> Contact:
    name = workers.get(role)
    naming = Naming(f"/cases/{shown.release_id}/worker", "Change" if name else "Add", "who leads")
    return replace(
        team,
        rows=(("Lead", name or NOBODY), *team.rows),
        naming=naming if role is reader and shown.is_open else None,
    )


def _teams(shown: Release, places: PlaceNames) -> tuple[tuple[Role, Contact], ...]:
    prison = places.prison(shown.prison)
    unit = places.probation_unit(shown.probation_unit)
    service = places.service(shown.service) if shown.service else NOBODY
    rows = {
        Role.RESETTLEMENT: (("Prison", prison),),
        Role.HEALTHCARE: (("Prison", prison),),
        Role.PROBATION: (("Delivery unit", unit),),
        Role.PROVIDER: (("Service", service), ("Referral", _referral(shown))),
    }
    return tuple((role, _team(shown, role, *each)) for role, each in rows.items())


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
