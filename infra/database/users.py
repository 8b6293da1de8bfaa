"""Accounts: made by operators, verified by password, and counted when that goes wrong too often."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import null, select, update

from api.pages.accounts import Account, AccountSource, Doer
from domain.access import NOTHING, Codes
from domain.codes import Role
from domain.errors import ThroughcareError
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.subjects import scopes_json, subject_of
from infra.database.tables import StaffRow, TokenRow, UserRow, table_of

_USERS: Final = table_of(UserRow)


class UsernameTakenError(ThroughcareError):
    """Another account has this username."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Another account has this username. Choose another one.")


@dataclass(frozen=True)
class NewAccount:
    """Somebody who shall be able to sign in; the places mean what they mean in `Subject`.

    Attributes:
        password: Its slow hash; None for an account that a sign-in provider vouches for.
    """

    username: str
    name: str
    role: Role
    source: AccountSource = AccountSource.LOCAL
    password: str | None = None
    prisons: Codes = NOTHING
    units: Codes = NOTHING
    services: Codes = NOTHING
    areas: Codes = NOTHING
    manager: bool = False


@dataclass(frozen=True)
class UserRecord:
    """An account as operators see it."""

    account: Account
    created_at: datetime
    disabled_at: datetime | None
    signed_in_at: datetime | None


class UserStore:
    """Adds, finds and switches off accounts."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the accounts in `database`."""
        self._database = database
        self._clock = clock

    def add(self, new: NewAccount) -> str:
        """Add an account; returns its id.

        Raises:
            UsernameTakenError: Another account has the username, whatever its case.
        """
        row = self._row(new)
        taken = select(UserRow.id).where(UserRow.username == row.username)
        with self._database.write() as session:
            if session.execute(taken).one_or_none() is not None:
                raise UsernameTakenError
            session.add(row)
            return row.id

    def arrive(self, new: NewAccount) -> Account:
        """Return the account of somebody a provider vouches for, as it says they are now.

        Raises:
            UsernameTakenError: The name is a local account's, or the account is switched off.
        """
        query = select(UserRow).where(UserRow.username == username_key(new.username))
        with self._database.write() as session:
            row = session.execute(query).scalar_one_or_none()
            if row is None:
                row = self._row(new)
                session.add(row)
            elif row.source is not new.source or row.disabled_at is not None:
                raise UsernameTakenError
            row.name, row.role, row.manager = new.name, new.role, new.manager
            row.scopes = scopes_json(new)
            return account_of(row)

    def _row(self, new: NewAccount) -> UserRow:
        return UserRow(
            id=uuid4().hex,
            source=new.source,
            username=username_key(new.username),
            name=new.name,
            role=new.role,
            scopes=scopes_json(new),
            manager=new.manager,
            password=new.password,
            created_at=self._clock(),
            disabled_at=None,
            signed_in_at=None,
            signed_in_before=None,
        )

    def find(self, username: str) -> tuple[Account, str | None] | None:
        """Return an account that is switched on, and the hash of its password."""
        query = select(UserRow).where(
            UserRow.username == username_key(username), UserRow.disabled_at.is_(None)
        )
        with self._database.read() as session:
            row = session.execute(query).scalar_one_or_none()
            return (account_of(row), row.password) if row else None

    def names(self, ids: Collection[str]) -> dict[str, str]:
        """Return the names of the accounts among `ids`, by id; and of staff who have none."""
        queries = (
            select(each.id, each.name).where(each.id.in_(ids)) for each in (UserRow, StaffRow)
        )
        with self._database.read() as session:
            return {row.id: row.name for query in queries for row in session.execute(query)}

    def doers(self, ids: Collection[str]) -> dict[str, Doer]:
        """Return the accounts, staff and systems among `ids`, by id."""
        queries = (
            select(each.id, name.label("name"), each.role).where(each.id.in_(ids))
            for each, name in (
                (UserRow, UserRow.name),
                (StaffRow, StaffRow.name),
                (TokenRow, null()),
            )
        )
        with self._database.read() as session:
            found = (row for query in queries for row in session.execute(query))
            return {row.id: Doer(row.name, row.role) for row in found}

    def set_password(self, account_id: str, password: str) -> None:
        """Replace the hash of a password."""
        self._change(account_id, password=password)

    def set_disabled(self, account_id: str, *, disabled: bool) -> None:
        """Switch an account off, which ends every session it has at once, or on again."""
        self._change(account_id, disabled_at=self._clock() if disabled else None)

    def listed(self) -> tuple[UserRecord, ...]:
        """Return every account, by name."""
        query = select(UserRow).order_by(UserRow.name, UserRow.id)
        with self._database.read() as session:
            return tuple(
                UserRecord(account_of(row), row.created_at, row.disabled_at, row.signed_in_at)
                for row in session.execute(query).scalars()
            )

    def _change(self, account_id: str, **values: object) -> None:
        with self._database.write() as session:
            session.execute(update(_USERS).where(_USERS.c.id == account_id).values(**values))


def account_of(row: UserRow) -> Account:
    """Return the account that a row stands for."""
    return Account(
        subject=subject_of(row),
        username=row.username,
        name=row.name,
        source=row.source,
        last_signed_in_at=row.signed_in_before,
    )


def username_key(username: str) -> str:
    """Return a username as it is compared and stored: nobody remembers how they capitalised it."""
    return username.strip().casefold()
