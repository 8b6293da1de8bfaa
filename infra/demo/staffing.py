"""Staff for every organisation of the invented people, so that pages have somebody to turn to.

What others have entered in a demonstration is left alone: a team with a rota of its own keeps it,
and a release with a named worker keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from domain.duty.posts import PARTIES, SERVICE_TEAM, Places, Team, team_at
from domain.london_time import london_date
from infra.database.engine import Database
from infra.database.tables import ReleaseRow, ShiftRow
from infra.demo.case import IMPORTER
from infra.demo.teams import absences_of, shifts_of, staff_of, worker_for
from infra.duty.absences import SqlAbsences
from infra.duty.rotas import SqlRotas
from infra.duty.staff import SqlStaff
from infra.duty.workers import SqlWorkers

_BY: Final = IMPORTER.id


@dataclass(frozen=True, slots=True)
class Staffed:
    """How many teams there are, and what was new."""

    teams: int
    staff: int
    shifts: int
    workers: int


def staff_demonstration(database: Database, now: datetime) -> Staffed:
    """Fill every post of every team for the coming weeks, and name workers; repeatable.

    The same week again changes nothing; a later one adds the weeks that are missing.
    """
    releases = _releases(database)
    teams = sorted({SERVICE_TEAM} | {each for _, found in releases for each in found})
    staff = SqlStaff(database)
    added = staff.put([entry for team in teams for entry in staff_of(team)], _BY).added
    references = [entry.reference for team in teams for entry in staff_of(team)]
    ids = {name: each.id for name, each in staff.by_reference(references).items()}
    shifts = _fill(database, teams, ids, _monday(now))
    named = [
        (release_id, team.role, ids[worker])
        for release_id, found in releases
        for team in found
        if (worker := worker_for(team, release_id)) is not None
    ]
    workers = SqlWorkers(database).name_missing(named, _BY)
    return Staffed(len(teams), added, shifts, workers)


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


def _releases(database: Database) -> list[tuple[str, tuple[Team, ...]]]:
    """Return every release with its parties' teams."""
    columns = (ReleaseRow.id, ReleaseRow.prison, ReleaseRow.probation_unit, ReleaseRow.service)
    with database.read() as session:
        rows = session.execute(select(*columns).order_by(ReleaseRow.id))
        return [(row[0], _teams(Places(*row[1:]))) for row in rows]


def _teams(places: Places) -> tuple[Team, ...]:
    return tuple(dict.fromkeys(team_at(role, places) for role in PARTIES))


def _monday(now: datetime) -> date:
    today = london_date(now)
    return today - timedelta(days=today.weekday())


def _name_of(place: int) -> str:
    return f"shift {place}"
