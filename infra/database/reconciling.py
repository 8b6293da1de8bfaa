"""What reconciling and operators read: every open release, one snapshot, a release's notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from sqlalchemy import select

from domain.policy import Severity
from domain.state import Phase, Release
from infra.database.delivery import NoticeStatus
from infra.database.engine import Database
from infra.database.tables import NotificationRow, ReleaseRow

_BATCH: Final = 500


@dataclass(frozen=True)
class OpenRelease:
    """A release that the store holds for open, at the version it holds."""

    release_id: str
    seq: int
    phase: Phase


@dataclass(frozen=True)
class StoredNotice:
    """A notice of one release and how it stands."""

    id: str
    template: str
    audience: str
    severity: Severity
    step: str | None
    status: NoticeStatus
    attempts: int
    code: str | None
    created_at: datetime
    sent_at: datetime | None


def open_releases(database: Database) -> Iterator[OpenRelease]:
    """Yield every release that is not closed, by id; no transaction is held in between."""
    after = ""
    while True:
        query = (
            select(ReleaseRow.id, ReleaseRow.seq, ReleaseRow.phase)
            .where(ReleaseRow.phase != Phase.CLOSED, ReleaseRow.id > after)
            .order_by(ReleaseRow.id)
            .limit(_BATCH)
        )
        with database.read() as session:
            batch = [OpenRelease(*each) for each in session.execute(query)]
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].release_id


def snapshot(database: Database, release_id: str) -> tuple[Release, str]:
    """Return a release's newest state and the version of the policy it follows.

    Raises:
        LookupError: There is no such release.
    """
    query = select(ReleaseRow.snapshot).where(ReleaseRow.id == release_id)
    with database.read() as session:
        found = session.execute(query).scalar_one_or_none()
    if found is None:
        raise LookupError(release_id)
    state = Release.model_validate(found)
    return state, state.policy_version


def notices_of(database: Database, release_id: str) -> tuple[StoredNotice, ...]:
    """Return the notices of a release, oldest cause first."""
    query = (
        select(NotificationRow)
        .where(NotificationRow.release_id == release_id)
        .order_by(NotificationRow.seq, NotificationRow.id)
    )
    with database.read() as session:
        return tuple(
            StoredNotice(**{each.name: getattr(row, each.name) for each in fields(StoredNotice)})
            for row in session.execute(query).scalars()
        )
