"""Restricted records, as SQL: who stays unnamed in a list, and what must not be opened.

The person is left out of the join itself. So a name or number that is withheld is not read, not
found by a search and not sorted by, and no query can forget to blank it out afterwards.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, select
from sqlalchemy.orm import Session

from domain.access import Scope
from domain.access_restriction import Restriction, may_open
from infra.database.tables import (
    PersonRow,
    ReleaseRow,
    RestrictionReaderRow,
    RestrictionRow,
    UserRow,
)


def is_withheld(scope: Scope, person_id: Any = ReleaseRow.person_id) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    """Return the condition that a person's records are restricted and not open to the scope."""
    return and_(person_id.is_not(None), person_id.in_(_closed_to(scope)))


def is_named_to(scope: Scope) -> ColumnElement[bool]:
    """Return the condition on which a release is joined to its person."""
    return and_(ReleaseRow.person_id == PersonRow.id, not_(is_withheld(scope)))


def restriction_of(session: Session, person_id: str | None) -> Restriction | None:
    """Return the restriction of a person's records, None without one."""
    if person_id is None:
        return None
    query = select(RestrictionRow.reason).where(RestrictionRow.person_id == person_id)
    reason = session.execute(query).scalar_one_or_none()
    if reason is None:
        return None
    readers = (
        select(RestrictionReaderRow.user_id)
        .join(UserRow, UserRow.id == RestrictionReaderRow.user_id)
        .where(RestrictionReaderRow.person_id == person_id, UserRow.disabled_at.is_(None))
    )
    return Restriction(reason, frozenset(session.execute(readers).scalars()))


def refuse_withheld(session: Session, person_id: str | None, scope: Scope) -> None:
    """Let a scope through to a record in it, unless the record is closed to its account.

    Raises:
        RecordRestricted: It is.
    """
    may_open(scope.account, restriction_of(session, person_id))


def _closed_to(scope: Scope) -> Select[str]:
    """Return the people whose records do not name the scope's account; few, and so read whole."""
    named = select(RestrictionReaderRow.person_id).where(
        RestrictionReaderRow.user_id == scope.account
    )
    return select(RestrictionRow.person_id).where(RestrictionRow.person_id.not_in(named))
