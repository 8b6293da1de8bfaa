"""Keeps changes to the policy: entries are added and never changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.policy import Policy
from domain.policy.changes import PlannedChange, chained
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import PolicyChangeRow, table_of

_CHANGES: Final = table_of(PolicyChangeRow)


class NewChange(NamedTuple):
    """A change that is to be kept.

    Attributes:
        base: The version that it changes.
        policy: The whole policy that comes of it.
        slug: The row whose figures were typed anew.
        by: The account that records it.
    """

    base: str
    policy: Policy
    slug: str
    reason: str
    by: str


class Withdrawal(NamedTuple):
    """Who took a change back, and when."""

    by: str
    at: datetime


class StoredChange(NamedTuple):
    """A change as it was decided, and whether it was taken back."""

    change: NewChange
    at: datetime
    withdrawn: Withdrawal | None

    @property
    def planned(self) -> PlannedChange:
        """What decides from when it holds."""
        policy = self.change.policy
        return PlannedChange(policy.version, self.change.base, policy.effective_on)


def standing(changes: Sequence[StoredChange]) -> tuple[PlannedChange, ...]:
    """Return those that nobody took back, in their order."""
    return tuple(each.planned for each in changes if each.withdrawn is None)


class PolicyChangeStore:
    """Changes to the policy in SQL.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Keep them in `database`."""
        self._database = database
        self._clock = clock

    def newest(self) -> int:
        """Return the number of the newest entry, 0 without any: another as soon as one is added."""
        with self._database.read() as session:
            found: int | None = session.execute(select(func.max(_CHANGES.c.number))).scalar_one()
            return found or 0

    def every(self) -> tuple[StoredChange, ...]:
        """Return every change, the oldest first, those that were taken back among them."""
        with self._database.read() as session:
            return _changes(_rows(session))

    def next_version(self, effective_on: date) -> str:
        """Return the name of the version that the next change makes."""
        with self._database.read() as session:
            return f"{effective_on.isoformat()}.{_next_number(_rows(session))}"

    def add(self, change: NewChange, root: str) -> bool:
        """Add a change and return true; false, with nothing added, when another was decided since.

        Args:
            change: It is based on the newest one that stands.
            root: The version of the document that the service was started with.
        """
        row = {
            "version": change.policy.version,
            "base": change.base,
            "effective_on": change.policy.effective_on,
            "document": change.policy.model_dump(mode="json"),
            "slug": change.slug,
            "reason": change.reason,
            "user_id": change.by,
        }
        return self._append(row, lambda head, _starts: head == change.base, root)

    def withdraw(self, version: str, by: str, root: str, today: date) -> bool:
        """Take the newest change back and return true; false when it has begun or is another."""
        row = {"version": version, "reason": "", "user_id": by}
        return self._append(row, lambda head, on: head == version and on > today, root)

    def _append(
        self, row: dict[str, Any], may_follow: Callable[[str, date], bool], root: str
    ) -> bool:
        """Add an entry after the newest change that stands, if it may follow that one."""
        try:
            with self._database.write() as session:
                # Both from one reading: of two at once, the second to come then takes the same
                # number, and finds it taken.
                rows = _rows(session)
                chain = chained(root, standing(_changes(rows)))
                newest = chain[-1] if chain else PlannedChange(root, "", date.min)
                if not may_follow(newest.version, newest.effective_on):
                    return False
                entry = {**row, "number": _next_number(rows), "at": self._clock()}
                session.execute(insert(_CHANGES), entry)
        except IntegrityError:
            return False
        return True


def _rows(session: Session) -> Sequence[PolicyChangeRow]:
    query = select(PolicyChangeRow).order_by(PolicyChangeRow.number)
    return session.execute(query).scalars().all()


def _next_number(rows: Sequence[PolicyChangeRow]) -> int:
    return rows[-1].number + 1 if rows else 1


def _changes(rows: Sequence[PolicyChangeRow]) -> tuple[StoredChange, ...]:
    gone = {each.version: Withdrawal(each.user_id, each.at) for each in rows if each.base is None}
    return tuple(
        StoredChange(
            change=NewChange(
                base=each.base,
                policy=Policy.model_validate(each.document),
                slug=each.slug or "",
                reason=each.reason,
                by=each.user_id,
            ),
            at=each.at,
            withdrawn=gone.get(each.version),
        )
        for each in rows
        if each.base is not None
    )
