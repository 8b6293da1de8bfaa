"""Forms that came after their session had ended, kept for a short time for whoever sent them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import delete, insert, select

from api.pages.unsaved import KEPT_FOR, KeptForm
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.sessions import digest_of
from infra.database.tables import KeptFormRow, SessionRow, table_of

_KEPT: Final = table_of(KeptFormRow)


class KeptFormStore:
    """Keeps one form for each account.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Keep them in `database`."""
        self._database = database
        self._clock = clock

    def keep(self, secret: str, form: KeptForm) -> bool:
        """Keep a form for whoever a session was of; False when that is not known any more.

        What nobody came back for is cleared away with the next one.
        """
        now = self._clock()
        whose = select(SessionRow.user_id).where(SessionRow.digest == digest_of(secret))
        with self._database.write() as session:
            account_id = session.execute(whose).scalar_one_or_none()
            if account_id is None:
                return False
            over = (_KEPT.c.kept_at <= now - KEPT_FOR) | (_KEPT.c.user_id == account_id)
            session.execute(delete(_KEPT).where(over))
            # PostgreSQL keeps no NUL character; nobody types one.
            fields = [[name, value.replace("\0", "")] for name, value in form.fields]
            row = {"user_id": account_id, "path": form.path, "fields": fields, "kept_at": now}
            session.execute(insert(_KEPT), row)
            return True

    def find(self, account_id: str) -> KeptForm | None:
        """Return what is kept for an account, None after an hour."""
        since = self._clock() - KEPT_FOR
        query = select(KeptFormRow.path, KeptFormRow.fields).where(
            KeptFormRow.user_id == account_id, KeptFormRow.kept_at > since
        )
        with self._database.read() as session:
            found = session.execute(query).one_or_none()
        if found is None:
            return None
        return KeptForm(found.path, tuple((name, value) for name, value in found.fields))

    def drop(self, account_id: str) -> None:
        """Forget what is kept for an account."""
        with self._database.write() as session:
            session.execute(delete(_KEPT).where(_KEPT.c.user_id == account_id))
