"""Failed attempts to sign in, counted by the name that was tried and by where they came from."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, func, insert, select

from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import AttemptRow, table_of
from infra.database.users import username_key

WITHIN: Final = timedelta(minutes=15)
MOST_BY_NAME: Final = 10
MOST_BY_ADDRESS: Final = 50
"""A whole office may share one address, so it gets more room than one name."""

_ATTEMPTS: Final = table_of(AttemptRow)


def attempt_key_from(id_key: bytes) -> bytes:
    """Return the key for digests of attempts, apart from every other use of the secret."""
    return sha256(b"throughcare sign-in attempts" + id_key).digest()


class AttemptStore:
    """Counts failures; neither a name nor an address can be read from what it keeps."""

    def __init__(self, database: Database, key: bytes, clock: Clock = utc_now) -> None:
        """Use the attempts in `database`; `key` keeps their digests from being guessed."""
        self._database = database
        self._key = key
        self._clock = clock

    def are_too_many(self, username: str, address: str) -> bool:
        """Return whether nobody may try this name, or from this address, for now."""
        since = self._clock() - WITHIN
        query = (
            select(_ATTEMPTS.c.subject, func.count())
            .where(_ATTEMPTS.c.subject.in_(self._subjects(username, address)))
            .where(_ATTEMPTS.c.at > since)
            .group_by(_ATTEMPTS.c.subject)
        )
        with self._database.read() as session:
            counts: dict[str, int] = {row[0]: row[1] for row in session.execute(query)}
        by_name, by_address = self._subjects(username, address)
        return (
            counts.get(by_name, 0) >= MOST_BY_NAME or counts.get(by_address, 0) >= MOST_BY_ADDRESS
        )

    def add(self, username: str, address: str) -> None:
        """Count one failure, and forget those that no longer count."""
        now = self._clock()
        rows = [
            {"id": uuid4().hex, "subject": each, "at": now}
            for each in self._subjects(username, address)
        ]
        with self._database.write() as session:
            session.execute(delete(_ATTEMPTS).where(_ATTEMPTS.c.at <= now - WITHIN))
            session.execute(insert(_ATTEMPTS), rows)

    def forgive(self, username: str) -> None:
        """Forget the failures of a name whose holder has come in."""
        by_name, _ = self._subjects(username, "")
        with self._database.write() as session:
            session.execute(delete(_ATTEMPTS).where(_ATTEMPTS.c.subject == by_name))

    def _subjects(self, username: str, address: str) -> tuple[str, str]:
        return self._digest(f"name {username_key(username)}"), self._digest(f"address {address}")

    def _digest(self, subject: str) -> str:
        return sha256(self._key + subject.encode(errors="surrogatepass")).hexdigest()
