"""The people of one invented team, and the rota that they make up week after week.

Everything follows from the team and the week, so that the same week is the same again and later
ones only add to it. A few teams have holes on purpose: they show what an empty chair leads to.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from domain.codes import EthnicityGroup, Role, Sex
from domain.duty.posts import SERVICE_TEAM, Post, Team
from domain.duty.rota import Absence, Shift
from domain.duty.staff import StaffEntry
from domain.london_time import london_instant
from infra.demo.draw import Draw
from infra.demo.names import FORENAMES, SURNAMES

WEEKS: Final = 4
CHANGES_AT: Final = time(8)
"""When one shift ends and the next begins."""

_SINCE: Final = london_instant(date(2026, 1, 5), CHANGES_AT)
_WORKERS: Final = 4
_DAYS: Final = 7
_ABBREVIATIONS: Final = {
    Role.RESETTLEMENT: "res",
    Role.HEALTHCARE: "hea",
    Role.PROBATION: "prb",
    Role.PROVIDER: "pro",
    Role.ADMIN: "own",
}
_EMPTY_PERCENT: Final = 3
_AWAY_PERCENT: Final = 6
_UNCOVERED_PERCENT: Final = 2
_DRAMA: Final = 1000
"""Ofcom keeps 07700 900000 to 900999 for drama."""


class Members(NamedTuple):
    """The references of a team's people."""

    workers: tuple[str, ...]
    manager: str
    head: str


def members(team: Team) -> Members:
    """Return who works in a team."""
    place = "service" if team == SERVICE_TEAM else team.organisation.lower()
    stem = f"{place}-{_ABBREVIATIONS[team.role]}"
    workers = tuple(f"{stem}-{number}" for number in range(1, _WORKERS + 1))
    return Members(workers, f"{stem}-manager", f"{stem}-head")


def staff_of(team: Team) -> Iterator[StaffEntry]:
    """Yield a team's people, each with an invented name, address and number."""
    known = members(team)
    for reference in (*known.workers, known.manager, known.head):
        draw = Draw(_number(reference))
        ethnicity = draw.pick(list(EthnicityGroup))
        forename = draw.pick(FORENAMES[draw.pick(list(Sex))][ethnicity])
        name = f"{forename} {draw.pick(SURNAMES[ethnicity])}"
        mobile = f"+447700900{draw.below(_DRAMA):03}"
        yield StaffEntry(reference, name, team, f"{reference}@example.org", mobile)


def shifts_of(team: Team, ids: Mapping[str, str], week_on: date) -> Iterator[Shift]:
    """Yield a team's shifts of the `WEEKS` weeks from a Monday on.

    Args:
        team: Whose.
        ids: The id of each reference.
        week_on: A Monday.
    """
    known = members(team)
    if team == SERVICE_TEAM:
        yield Shift(Post.SERVICE_OWNER, team, ids[known.head], _SINCE, None)
        yield Shift(Post.DEATH_LEAD, team, ids[known.manager], _SINCE, None)
        return
    yield Shift(Post.TEAM_MANAGER, team, ids[known.manager], _SINCE, None)
    yield Shift(Post.HEAD_OF_SERVICE, team, ids[known.head], _SINCE, None)
    for week in range(WEEKS):
        monday = week_on + timedelta(days=week * _DAYS)
        ordinal = monday.toordinal() // _DAYS
        on_call = (known.manager, known.head)[ordinal % 2]
        yield _shift(Post.ON_CALL_MANAGER, team, ids[on_call], monday, _DAYS)
        yield _shift(Post.DEPUTY, team, ids[known.workers[ordinal % _WORKERS]], monday, _DAYS)
        if not _happens(team, "empty rota", _EMPTY_PERCENT):
            for day in range(_DAYS):
                worker = known.workers[(ordinal + day + 1) % _WORKERS]
                yield _shift(Post.DUTY, team, ids[worker], monday + timedelta(days=day), 1)


def absences_of(team: Team, ids: Mapping[str, str], week_on: date) -> Iterator[Absence]:
    """Yield who of a team is away in which week; most, and not all, have somebody who covers."""
    workers = members(team).workers
    for week in range(WEEKS):
        monday = week_on + timedelta(days=week * _DAYS)
        for place, worker in enumerate(workers[:2]):
            uncovered = _happens(team, f"alone {monday} {worker}", _UNCOVERED_PERCENT)
            if uncovered or _happens(team, f"away {monday} {worker}", _AWAY_PERCENT):
                cover = None if uncovered else ids[workers[place + 2]]
                yield Absence(ids[worker], _at(monday), _at(monday + timedelta(_DAYS)), cover)


def worker_for(team: Team, release_id: str) -> str | None:
    """Return the reference of whoever works with a release; None for about one in eight."""
    draw = Draw(_number(f"{release_id} {team.role}"))
    worker = draw.pick(members(team).workers)
    return worker if draw.happens(88) else None


def _shift(post: Post, team: Team, staff_id: str, on: date, days: int) -> Shift:
    return Shift(post, team, staff_id, _at(on), _at(on + timedelta(days=days)))


def _at(on: date) -> datetime:
    return london_instant(on, CHANGES_AT)


def _happens(team: Team, what: str, percent: int) -> bool:
    return Draw(_number(f"{team.organisation} {team.role} {what}")).happens(percent)


def _number(text: str) -> int:
    return zlib.crc32(text.encode())
