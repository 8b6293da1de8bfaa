"""The audit trail, verified a few releases at a time: cheap enough to be asked again and again."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from infra.database.chain import ROOT, link
from infra.database.engine import Database
from infra.database.tables import EventRow, ReleaseRow, table_of

AT_ONCE: Final = 5


class ChainWalk:
    """Walks through all releases for ever; one that is broken is come back to until it is whole.

    `throughcare db verify` checks all of them at once.
    """

    def __init__(self, database: Database, audit_key: bytes) -> None:
        """Begin with the first release."""
        self._database = database
        self._audit_key = audit_key
        self._after = ""

    def next_are_whole(self) -> bool:
        """Return whether the chains of the next few releases are whole, to their very ends.

        Raises:
            StoreUnavailableError: The database did not answer.
        """
        following = (
            select(ReleaseRow.id, ReleaseRow.seq)
            .where(ReleaseRow.id > self._after)
            .order_by(ReleaseRow.id)
            .limit(AT_ONCE)
        )
        with self._database.read() as session:
            batch = session.execute(following).all()
            if not all(self._is_whole(session, each.id, each.seq) for each in batch):
                return False
        self._after = batch[-1].id if len(batch) == AT_ONCE else ""
        return True

    def _is_whole(self, session: Session, release_id: str, last_seq: int) -> bool:
        events = table_of(EventRow)
        trail = select(events).where(events.c.release_id == release_id).order_by(events.c.seq)
        seq, last_hash = 0, ROOT
        for row in session.execute(trail).mappings():
            linked = link(self._audit_key, last_hash, dict(row))
            if (row["seq"], row["prev_hash"], row["hash"]) != (seq + 1, last_hash, linked):
                return False
            seq, last_hash = row["seq"], linked
        return seq == last_seq
