"""The projection: one release's newest state, its new events and its notices, in one transaction.

It may come twice, late or out of order. The release's row is the lock and the version: an older
projection never replaces a newer one. See docs/adr/0004-read-model.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, Final

from sqlalchemy import Row, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from activities.contracts import Projection
from domain.london_time import london_date
from domain.policy import Policy
from domain.state import LadderStatus
from infra.database import policies, reference, rows, trail
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.errors import EventGapError, UnknownPolicyError
from infra.database.tables import (
    ActionRow,
    AppointmentRow,
    EpisodeRow,
    EscalationRow,
    NeedRow,
    PrescriptionRow,
    ReferralRow,
    ReleaseRow,
    StepRow,
    table_of,
)
from infra.database.upsert import insert_into
from infra.measures.figures import shipped_figures
from infra.measures.measuring import Measuring
from infra.messages.noticing import enqueue
from infra.policies.loading import default_policy
from notifications.notices import Notice

_RELEASES: Final = table_of(ReleaseRow)
_ESCALATIONS: Final = table_of(EscalationRow)
_CHILDREN: Final = {
    table.name: table
    for table in map(
        table_of,
        (StepRow, NeedRow, ActionRow, ReferralRow, PrescriptionRow, AppointmentRow),
    )
}


class SqlReadModel:
    """The read model in SQL; implements `activities.ports.ReadModel`."""

    def __init__(self, database: Database, audit_key: bytes, clock: Clock = utc_now) -> None:
        """Write to `database`, chaining events under `audit_key` (`chain.audit_key_from`)."""
        self._database = database
        self._audit_key = audit_key
        self._clock = clock
        self._policies: dict[str, Policy] = {}
        self.measuring = Measuring(audit_key, shipped_figures(), self._policy_or_shipped)

    def project(self, projection: Projection, notices: Sequence[Notice]) -> tuple[str, ...]:
        """Write one projection in one transaction; safe to repeat, late and out of order.

        Returns:
            The ids of the notices that are queued and not yet sent, of those given.

        Raises:
            EventGapError: Events before these are missing; nothing was written.
            EventsDivergedError: The stored trail tells another story; nothing was written.
            StoreUnavailableError: Try again.
        """
        now = self._clock()
        state = projection.release
        with self._database.write() as session:
            newest = self._write_release(session, projection)
            stored = trail.append(
                session, self._audit_key, state.release_id, projection.events, now
            )
            if stored < state.seq:
                raise EventGapError(state.release_id, stored, state.seq)
            queued = enqueue(session, notices, now)
            if newest:
                # Last, because it locks sums that every other projection may wait for.
                self.measuring.project(session, state, london_date(now))
            return queued

    def policy(self, version: str) -> Policy:
        """Return the stored policy document of a version.

        Raises:
            UnknownPolicyError: It is a `LookupError`; no such version is stored.
        """
        if version not in self._policies:
            self._policies[version] = policies.stored(self._database, version)
        return self._policies[version]

    def store_policy(self, policy: Policy) -> None:
        """Store a policy document under its version, once.

        Raises:
            PolicyChangedError: Another document is stored under that version.
        """
        policies.store(self._database, policy, self._clock())

    def _policy_or_shipped(self, version: str) -> Policy:
        """The shipped figures judge a release whose own policy was never stored here."""
        try:
            return self.policy(version)
        except UnknownPolicyError:
            return default_policy()

    def _write_release(self, session: Session, projection: Projection) -> bool:
        """Return whether this projection is the newest, so that it was written."""
        release_id = projection.release.release_id
        held = _held(session, release_id, self._database.dialect)
        children = rows.child_rows(projection)
        parts = {table: _digest(each) for table, each in children.items()}
        values = {
            **rows.release_row(projection),
            "reference": held.reference if held else _free_reference(session, release_id),
            "person_id": _person_id(session, release_id, held),
            "projected_at": self._clock(),
            "parts": parts,
        }
        fresh = session.execute(
            _upsert_release(self._database.dialect), values
        ).scalar_one_or_none()
        if fresh is None:
            return False
        known = held.parts if held else {}
        for name, digest in parts.items():
            if known.get(name) != digest:
                _replace(session, _CHILDREN[name], release_id, children[name])
        _write_escalations(session, projection, self._database.dialect)
        return True


def _held(session: Session, release_id: str, dialect: str) -> Row[Any] | None:
    """Return what must stay of the row that is there, locked; None while there is none."""
    query = (
        select(ReleaseRow.reference, ReleaseRow.person_id, ReleaseRow.parts)
        .where(ReleaseRow.id == release_id)
        .with_for_update()
    )
    held = session.execute(query).one_or_none()
    if held is not None or dialect != "postgresql":
        return held
    # Of two first projections at once the later would meet the earlier one's reference, not its id.
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(release_id, 0))))
    return session.execute(query).one_or_none()


@cache
def _upsert_release(dialect: str) -> ReturningInsert[tuple[str]]:
    statement = insert_into(_RELEASES, dialect)
    kept = ("id", "reference")
    return statement.on_conflict_do_update(
        index_elements=[_RELEASES.c.id],
        set_={
            each.name: statement.excluded[each.name]
            for each in _RELEASES.c
            if each.name not in kept
        },
        where=_RELEASES.c.seq <= statement.excluded.seq,
    ).returning(_RELEASES.c.id)


def _person_id(session: Session, release_id: str, held: Row[Any] | None) -> str | None:
    """The person registered for the release; a release without one is still worked."""
    if held and held.person_id:
        return str(held.person_id)
    return session.execute(
        select(EpisodeRow.person_id).where(EpisodeRow.release_id == release_id)
    ).scalar_one_or_none()


def _free_reference(session: Session, release_id: str) -> str:
    for each in reference.candidates(release_id):
        taken = select(ReleaseRow.id).where(ReleaseRow.reference == each)
        if session.execute(taken).one_or_none() is None:
            return each
    raise AssertionError("the candidates never end")  # pragma: no cover - cannot be reached


def _digest(found: list[dict[str, Any]]) -> str:
    document = json.dumps(found, default=str, separators=(",", ":"))
    return blake2b(document.encode(), digest_size=12).hexdigest()


def _replace(session: Session, table: Table, release_id: str, found: list[dict[str, Any]]) -> None:
    session.execute(delete(table).where(table.c.release_id == release_id))
    if found:
        session.execute(insert(table), found)


def _write_escalations(session: Session, projection: Projection, dialect: str) -> None:
    ladders = rows.escalation_rows(projection.release)
    if not ladders:
        return
    statement = insert_into(_ESCALATIONS, dialect)
    changing = ("severity", "status", "level", "next_at", "acknowledged_by")
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[_ESCALATIONS.c.id],
            set_={each: statement.excluded[each] for each in changing},
        ),
        ladders,
    )
    # The state keeps the newest ladder of each step; one that it no longer holds was closed.
    session.execute(
        update(_ESCALATIONS)
        .where(
            _ESCALATIONS.c.release_id == projection.release.release_id,
            _ESCALATIONS.c.id.not_in([each["id"] for each in ladders]),
            _ESCALATIONS.c.status != LadderStatus.CLOSED,
        )
        .values(status=LadderStatus.CLOSED)
    )
