"""What reconciling reads: every open release, and one snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from domain.state import Phase, Release
from infra.database.engine import Database
from infra.database.tables import ReleaseRow

_BATCH: Final = 500


@dataclass(frozen=True)
class OpenRelease:
    """A release that the store holds for open, at the version it holds."""

    release_id: str
    seq: int
    phase: Phase


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
