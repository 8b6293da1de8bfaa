"""Staff for every organisation there is, so that pages about invented people reach somebody.

They are there before the people are: a page that found an empty rota would climb its whole ladder.
What others have entered in a demonstration is left alone: a team with a rota of its own keeps it,
and a release with a named worker keeps them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select

from domain.codes import Role
from domain.duty.posts import PARTIES, SERVICE_TEAM, Places, Team, team_at
from domain.london_time import london_date
from infra.database.engine import Database
from infra.database.tables import ShiftRow
from infra.demo.case import IMPORTER
from infra.demo.teams import absences_of, members, shifts_of, staff_of, worker_for
from infra.duty.absences import SqlAbsences
from infra.duty.rotas import SqlRotas
from infra.duty.staff import SqlStaff
from infra.duty.workers import SqlWorkers
from infra.reference_data.reference import ReferenceData

_BY: Final = IMPORTER.id


@dataclass(frozen=True, slots=True)
class Staffed:
    """How many teams there are, and what was new."""

    teams: int
    staff: int
    shifts: int
    workers: int


class Worked(NamedTuple):
    """A release, and where it is worked."""

    release_id: str
    places: Places


def staff_demonstration(
    database: Database, teams: Sequence[Team], releases: Iterable[Worked], now: datetime
) -> Staffed:
    """Fill every post of these teams for the coming weeks, and name workers; repeatable.

    The same week again changes nothing; a later one adds the weeks that are missing.

    Args:
        database: Where they are kept.
        teams: Among them those of every release.
        releases: For which most parties name a worker; they need not be started.
        now: Aware UTC.
    """
    staff = SqlStaff(database)
    leads = list(_leads(releases))
    signing_in = _busiest(leads) | {members(SERVICE_TEAM).workers[0]}
    entries = [entry for team in teams for entry in staff_of(team, signing_in)]
    added = staff.put(entries, _BY).added
    known = staff.by_reference([each.reference for each in entries])
    ids = {name: each.id for name, each in known.items()}
    shifts = _fill(database, teams, ids, _monday(now))
    named = [(each.release_id, each.role, ids[each.worker]) for each in leads]
    workers = SqlWorkers(database).name_missing(named, _BY)
    return Staffed(len(teams), added, shifts, workers)


class _Lead(NamedTuple):
    release_id: str
    role: Role
    worker: str


def _leads(releases: Iterable[Worked]) -> Iterator[_Lead]:
    """Yield who leads on each release in each team that names somebody, by reference."""
    for each in releases:
        for team in _parties(each.places):
            worker = worker_for(team, each.release_id)
            if worker is not None:
                yield _Lead(each.release_id, team.role, worker)


def _busiest(leads: Iterable[_Lead]) -> frozenset[str]:
    """Return who leads on most releases in each role, so that whoever signs in has some."""
    counts = Counter((each.role, each.worker) for each in leads)
    by_count = sorted(counts, key=lambda one: (counts[one], one[1]))
    return frozenset(dict(by_count).values())


def _fill(database: Database, teams: Sequence[Team], ids: dict[str, str], week_on: date) -> int:
    own = _rotas_of_others(database)
    ours = [team for team in teams if team not in own]
    shifts = [shift for team in ours for shift in shifts_of(team, ids, week_on)]
    absences = [each for team in ours for each in absences_of(team, ids, week_on)]
    SqlAbsences(database).put(absences, _BY, _name_of)
    return SqlRotas(database).replace(shifts, _BY, _name_of).added


def _rotas_of_others(database: Database) -> Collection[Team]:
    query = (
        select(ShiftRow.organisation, ShiftRow.role).where(ShiftRow.changed_by != _BY).distinct()
    )
    with database.read() as session:
        return {Team(*each) for each in session.execute(query)}


def every_team(reference: ReferenceData) -> list[Team]:
    """Return the teams of every open prison, probation unit and service, and the service's own."""
    prisons = reference.releasing_prisons.entries
    places = {
        Role.RESETTLEMENT: prisons,
        Role.HEALTHCARE: prisons,
        Role.PROBATION: reference.probation_units.entries,
        Role.PROVIDER: reference.services.entries,
    }
    return [SERVICE_TEAM, *(Team(code, role) for role, codes in places.items() for code in codes)]


def _parties(places: Places) -> tuple[Team, ...]:
    return tuple(dict.fromkeys(team_at(role, places) for role in PARTIES))


def _monday(now: datetime) -> date:
    today = london_date(now)
    return today - timedelta(days=today.weekday())


def _name_of(place: int) -> str:
    return f"shift {place}"
