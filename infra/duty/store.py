"""Who is to be turned to, read from SQL and decided by the pure rota (`domain.duty`).

Only what can matter at one instant is read: the shifts of the posts in question that run then, and
the absences along the chain of cover.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.access import AFTERCARE
from domain.duty.posts import PARTIES, SERVICE_TEAM, Places, Post, Team, team_at, team_for
from domain.duty.rota import OnDuty, Unfilled, covered, on_duty
from domain.journey import Step
from domain.london_time import london_date
from domain.policy import Target
from infra.database.engine import Database
from infra.database.tables import AssignmentRow, ReleaseRow, ShiftRow, StaffRow
from infra.duty.absent import absences_along
from infra.duty.raising import raise_empty_post
from infra.duty.shift_rows import of_team, running
from notifications.notices import Audience
from notifications.recipients import Found, Gap, Staff

_POSTS: Final = {
    Target.DUTY_ROTA: Post.DUTY,
    Target.DEPUTY: Post.DEPUTY,
    Target.TEAM_MANAGER: Post.TEAM_MANAGER,
    Target.ON_CALL_MANAGER: Post.ON_CALL_MANAGER,
    Target.HEAD_OF_SERVICE: Post.HEAD_OF_SERVICE,
}

_ANSWERS_FOR_ALL: Final = {
    Target.SERVICE_OWNER: Post.SERVICE_OWNER,
    Audience.DEATH_LEAD: Post.DEATH_LEAD,
}
"""Posts that the service itself fills when the organisation has nobody of its own."""


class _Answer(NamedTuple):
    """One place where somebody was looked for: who was found, or what was missing."""

    staff_id: str | None
    gap: Gap | None
    team: Team


class SqlDuty:
    """Rotas, absences and named workers in SQL; implements `activities.ports.Duty`."""

    def __init__(self, database: Database) -> None:
        """Use the rotas in `database`."""
        self._database = database

    def recipients(
        self, target: Target | Audience, release_id: str, step: Step | None, at: datetime
    ) -> Found:
        """Return who stands on a rung, or belongs to an audience, at an instant.

        Raises:
            LookupError: The release is not in the read model.
        """
        with self._database.read() as session:
            search = _Search(session, release_id, step, at)
            return _found(session, search.answers(target), search.team)

    def holding(self, team: Team, post: Post, at: datetime) -> Found:
        """Return who holds one post at an instant, whatever release it is about."""
        with self._database.read() as session:
            return _found(session, [_held_by(session, team, post, at)], team)

    def report(
        self, unfilled: Unfilled, team: Team, post: Post | None, release_id: str, at: datetime
    ) -> None:
        """Open a data-quality task for what was found empty; once while it is open."""
        with self._database.write() as session:
            raise_empty_post(session, Gap(team, post, unfilled), release_id, at)


class _Search:
    """One question: everything in it is of one release and one instant.

    Attributes:
        team: The one that answers for the step.
    """

    def __init__(self, session: Session, release_id: str, step: Step | None, at: datetime) -> None:
        self._session = session
        self._release_id = release_id
        self._at = at
        self._places, handed_over = _whereabouts(session, release_id, at)
        self.team = team_for(step, self._places, handed_over=handed_over)

    def answers(self, target: Target | Audience) -> list[_Answer]:
        match target:
            case Target.NAMED_WORKER:
                return [self._named(self.team)]
            case Audience.STEP_OWNER:
                return [self._named_or_duty(self.team)]
            case Audience.ALL_PARTIES:
                # A provider who is not known yet is nobody, not the prison's team once more.
                teams = dict.fromkeys(team_at(role, self._places) for role in PARTIES)
                return [self._named_or_duty(each) for each in teams]
            case Target.SERVICE_OWNER | Audience.DEATH_LEAD:
                return [self._own_or_service(_ANSWERS_FOR_ALL[target])]
            case Target():
                return [self._holder(self.team, _POSTS[target])]
            case _:
                return []  # nobody that a rota knows: the person, or who was paged before

    def _named(self, team: Team) -> _Answer:
        # Whoever was named before a transfer works elsewhere: the new team has to name somebody.
        query = (
            select(AssignmentRow.staff_id)
            .join(StaffRow, StaffRow.id == AssignmentRow.staff_id)
            .where(
                AssignmentRow.release_id == self._release_id,
                AssignmentRow.role == team.role,
                StaffRow.role == team.role,
                StaffRow.organisation == team.organisation,
            )
        )
        named = self._session.execute(query).scalar_one_or_none()
        if named is None:
            return _answer(Unfilled.NOBODY_NAMED, team, None)
        absences = absences_along(self._session, {named}, self._at)
        return _answer(covered(absences, named, self._at), team, None)

    def _named_or_duty(self, team: Team) -> _Answer:
        named = self._named(team)
        return self._holder(team, Post.DUTY) if named.gap else named

    def _own_or_service(self, post: Post) -> _Answer:
        own = self._holder(self.team, post)
        return self._holder(SERVICE_TEAM, post) if own.gap else own

    def _holder(self, team: Team, post: Post) -> _Answer:
        return _held_by(self._session, team, post, self._at)


def _held_by(session: Session, team: Team, post: Post, at: datetime) -> _Answer:
    shifts = running(session, at, *of_team(team), ShiftRow.post == post)
    absences = absences_along(session, {each.staff_id for each in shifts}, at)
    return _answer(on_duty(shifts, absences, team, post, at), team, post)


def _answer(found: OnDuty | Unfilled, team: Team, post: Post | None) -> _Answer:
    if isinstance(found, Unfilled):
        return _Answer(None, Gap(team, post, found), team)
    return _Answer(found.staff_id, None, team)


def _whereabouts(session: Session, release_id: str, at: datetime) -> tuple[Places, bool]:
    query = select(
        ReleaseRow.prison, ReleaseRow.probation_unit, ReleaseRow.service, ReleaseRow.released_on
    ).where(ReleaseRow.id == release_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise LookupError(f"Release {release_id} is not in the read model.")
    over = row.released_on is not None and row.released_on < london_date(at) - AFTERCARE
    return Places(row.prison, row.probation_unit, row.service), over


def _found(session: Session, answers: list[_Answer], team: Team) -> Found:
    ids = dict.fromkeys(each.staff_id for each in answers if each.staff_id)
    gaps = tuple(each.gap for each in answers if each.gap)
    turned_to = gaps[0].team if gaps else next((each.team for each in answers), team)
    known = _staff(session, ids)
    return Found(
        staff=tuple(known[each] for each in ids),
        unfilled=gaps[0].reason if gaps else None,
        team=turned_to,
        gaps=gaps,
    )


def _staff(session: Session, ids: Iterable[str]) -> dict[str, Staff]:
    rows = session.execute(select(StaffRow).where(StaffRow.id.in_(ids))).scalars()
    return {each.id: as_recipient(each) for each in rows}


def as_recipient(row: StaffRow) -> Staff:
    """Return a member of staff as messages need them."""
    return Staff(
        id=row.id,
        email=row.email,
        mobile=row.mobile,
        team=Team(row.organisation, row.role),
        texts_stopped=row.texts_stopped,
        mobile_failed=row.mobile_failed_at is not None,
    )
