"""Under whose id the acts of a member of staff are recorded, by phone and on the pages alike."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from infra.database.tables import StaffRow, UserRow


def is_theirs() -> ColumnElement[bool]:
    """Return the condition that a `UserRow` is the account of a `StaffRow`.

    The account must have the role that they have in their team: whoever enters staff must not lend
    anybody the name of somebody else's role.
    """
    return and_(UserRow.username == StaffRow.account, UserRow.role == StaffRow.role)


def acting_id(session: Session, staff_id: str) -> str:
    """Return the id of the account that somebody signs in with; their own while there is none."""
    query = select(UserRow.id).join(StaffRow, is_theirs()).where(StaffRow.id == staff_id)
    return session.execute(query).scalar_one_or_none() or staff_id
