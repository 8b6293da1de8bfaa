"""Who holds the posts of teams through a period, as people look ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from api.duty_records import Outlook, Rota, StaffRecord
from domain.duty.outlook import Stretch, stretches
from domain.duty.posts import Post, Team, posts_of
from domain.duty.rota import OnDuty, Shift
from domain.duty.splicing import Period
from infra.database.tables import ShiftRow, StaffRow
from infra.duty.absent import absences_within
from infra.duty.shift_rows import COLUMNS, shift_of
from infra.duty.staff import record_of

_AT_ONCE: Final = 300
"""Teams, or people, in one query; their keys are parameters, of which databases take so many."""


def outlook(
    session: Session,
    teams: Sequence[Team],
    posts: Sequence[Post] | None,
    starts_at: datetime,
    ends_at: datetime,
) -> Outlook:
    """Return who holds posts from `starts_at` until just before `ends_at`.

    Args:
        session: Of the store.
        teams: Whose rotas.
        posts: Which posts; None is each that a page can turn to, and any other that is held.
        starts_at: From then on.
        ends_at: Until just before then.
    """
    shifts = _shifts(session, teams, posts, starts_at, ends_at)
    people = {each.staff_id for each in shifts}
    absences = absences_within(session, people, starts_at, ends_at)
    rotas = {
        (team, post): stretches(own, absences, Period(team, post, starts_at, ends_at))
        for (team, post), own in _by_rota(teams, posts, shifts).items()
    }
    known = people | {each.cover_staff_id for each in absences if each.cover_staff_id}
    staff = _staff(session, known | _turned_to(rotas.values()))
    return Outlook(rotas, staff, starts_at, ends_at)


def _shifts(
    session: Session,
    teams: Sequence[Team],
    posts: Sequence[Post] | None,
    starts_at: datetime,
    ends_at: datetime,
) -> list[Shift]:
    runs = [
        ShiftRow.starts_at < ends_at,
        or_(ShiftRow.ends_at.is_(None), ShiftRow.ends_at > starts_at),
        *([ShiftRow.post.in_(posts)] if posts is not None else []),
    ]
    found: list[Shift] = []
    for first in range(0, len(teams), _AT_ONCE):
        some = teams[first : first + _AT_ONCE]
        own = tuple_(ShiftRow.organisation, ShiftRow.role).in_(some)
        query = select(*COLUMNS).where(own, *runs).order_by(ShiftRow.starts_at)
        found.extend(map(shift_of, session.execute(query)))
    return found


def _by_rota(
    teams: Sequence[Team], posts: Sequence[Post] | None, shifts: Iterable[Shift]
) -> dict[Rota, list[Shift]]:
    """Return the shifts of each rota; one that a page turns to is there also when it is empty."""
    held: dict[Rota, list[Shift]] = {}
    for each in shifts:
        held.setdefault((each.team, each.post), []).append(each)
    wanted = [
        (team, post)
        for team in teams
        for post in (Post if posts is None else posts)
        if posts is not None or post in posts_of(team) or (team, post) in held
    ]
    return {rota: held.get(rota, []) for rota in wanted}


def _turned_to(rotas: Iterable[Sequence[Stretch]]) -> set[str]:
    return {
        each.held.staff_id for found in rotas for each in found if isinstance(each.held, OnDuty)
    }


def _staff(session: Session, ids: set[str]) -> dict[str, StaffRecord]:
    listed = sorted(ids)
    found: dict[str, StaffRecord] = {}
    for first in range(0, len(listed), _AT_ONCE):
        query = select(StaffRow).where(StaffRow.id.in_(listed[first : first + _AT_ONCE]))
        found |= {each.id: record_of(each) for each in session.execute(query).scalars()}
    return found
