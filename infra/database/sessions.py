"""Sessions of browsers: found by the digest of a secret, over after an idle hour or a shift."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.orm import Session

from api.pages.accounts import IDLE, WHOLE, BrowserSession
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import SessionRow, UserRow, table_of
from infra.database.users import account_of

LINGERS: Final = WHOLE
"""How much longer the row of an account's session stays: it opens nothing any more, and tells whose
form it is that comes too late (`infra.database.kept_forms`)."""

_SESSIONS: Final = table_of(SessionRow)
_USERS: Final = table_of(UserRow)


class SessionStore:
    """Begins, finds, keeps and ends sessions."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the sessions in `database`."""
        self._database = database
        self._clock = clock

    def find(self, secret: str) -> BrowserSession | None:
        """Return a session that goes on; None when it does not, or its account is switched off."""
        now = self._clock()
        query = select(SessionRow, UserRow).outerjoin(UserRow, UserRow.id == SessionRow.user_id)
        with self._database.read() as session:
            found = session.execute(
                query.where(SessionRow.digest == digest_of(secret))
            ).one_or_none()
            if found is None:
                return None
            row: SessionRow = found[0]
            user: UserRow | None = found[1]
            is_off = user is not None and user.disabled_at is not None
            if is_off or is_over(row.began_at, row.seen_at, now):
                return None
            account = account_of(user) if user is not None else None
            return BrowserSession(account, row.began_at, row.seen_at, row.data)

    def begin(self, secret: str, account_id: str | None, data: Mapping[str, Any]) -> None:
        """Begin a session, and clear away those that are over; an account's signing in is noted."""
        now, digest = self._clock(), digest_of(secret)
        row = {
            "digest": digest,
            "user_id": account_id,
            "data": dict(data),
            "began_at": now,
            "seen_at": now,
        }
        with self._database.write() as session:
            _purge(session, now)
            session.execute(delete(_SESSIONS).where(_SESSIONS.c.digest == digest))
            session.execute(insert(_SESSIONS), row)
            if account_id is not None:
                session.execute(
                    update(_USERS)
                    .where(_USERS.c.id == account_id)
                    .values(signed_in_before=_USERS.c.signed_in_at, signed_in_at=now)
                )

    def keep(self, secret: str, data: Mapping[str, Any]) -> None:
        """Note that a session is in use, and what its browser is to be remembered by."""
        changed = update(_SESSIONS).where(_SESSIONS.c.digest == digest_of(secret))
        with self._database.write() as session:
            session.execute(changed.values(seen_at=self._clock(), data=dict(data)))

    def end(self, secret: str) -> None:
        """Forget one session; it makes no difference if there is none."""
        with self._database.write() as session:
            session.execute(delete(_SESSIONS).where(_SESSIONS.c.digest == digest_of(secret)))

    def end_all(self, account_id: str) -> int:
        """Forget every session of an account; returns how many there were."""
        ended = delete(_SESSIONS).where(_SESSIONS.c.user_id == account_id)
        with self._database.write() as session:
            return len(session.execute(ended.returning(_SESSIONS.c.digest)).all())


def is_over(began_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Return whether a session has lain idle, or lasted, for too long."""
    return now - seen_at >= IDLE or now - began_at >= WHOLE


def _purge(session: Session, now: datetime) -> None:
    visitors = and_(_SESSIONS.c.user_id.is_(None), _SESSIONS.c.seen_at <= now - IDLE)
    session.execute(
        delete(_SESSIONS).where(visitors | (_SESSIONS.c.seen_at <= now - IDLE - LINGERS))
    )


def digest_of(secret: str) -> str:
    """Return what is kept of a session's secret."""
    # 256 random bits need no slow hash: there is nothing to guess from.
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
