"""Who holds each post of a team at an instant, as people look it up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.duty_records import HolderRecord, StaffRecord
from domain.duty.posts import Post, Team, posts_of
from domain.duty.rota import OnDuty, Shift, Unfilled, on_duty
from infra.database.tables import StaffRow
from infra.duty.absent import absences_along
from infra.duty.shift_rows import of_team, running
from infra.duty.staff import record_of


def holders(session: Session, team: Team, at: datetime) -> tuple[HolderRecord, ...]:
    """Return who holds each post that a page can turn to in this team, or why nobody does.

    The posts that the service fills for whoever has none are told only when somebody holds them.
    """
    shifts = running(session, at, *of_team(team))
    absences = absences_along(session, {each.staff_id for each in shifts}, at)
    held = {each.post for each in shifts}
    posts = [each for each in Post if each in held | posts_of(team)]
    found = {post: on_duty(shifts, absences, team, post, at) for post in posts}
    staff = _staff(session, found.values())
    return tuple(_holder(post, each, shifts, staff) for post, each in found.items())


def _holder(
    post: Post, found: OnDuty | Unfilled, shifts: Sequence[Shift], staff: dict[str, StaffRecord]
) -> HolderRecord:
    until = next((each.ends_at for each in shifts if each.post is post), None)
    if isinstance(found, Unfilled):
        return HolderRecord(post, None, None, found, until)
    covers_for = staff[found.covers_for] if found.covers_for else None
    return HolderRecord(post, staff[found.staff_id], covers_for, None, until)


def _staff(session: Session, found: Iterable[OnDuty | Unfilled]) -> dict[str, StaffRecord]:
    holding = [each for each in found if isinstance(each, OnDuty)]
    ids = {each.staff_id for each in holding} | {each.covers_for for each in holding}
    query = select(StaffRow).where(StaffRow.id.in_(filter(None, ids)))
    return {each.id: record_of(each) for each in session.execute(query).scalars()}
