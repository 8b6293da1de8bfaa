"""Verify the audit trail: every chain from its first event to the release's newest.

The chain shows what was changed; that its end was cut off only shows against something kept
elsewhere. Beside the release row, which the same hand could change, that is an anchor: a file
outside the database with the head of every chain at one time (AUD-03).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from domain.errors import ThroughcareError
from infra.database.chain import ROOT, link
from infra.database.engine import Database
from infra.database.tables import EventRow, ReleaseRow, table_of


class UnusableAnchorError(ThroughcareError):
    """The anchor file cannot be read as one."""


class Fault(StrEnum):
    """What is wrong at a place in the trail."""

    ALTERED = "altered"
    OUT_OF_SEQUENCE = "out_of_sequence"
    CUT_OFF = "cut_off"
    NOT_AS_ANCHORED = "not_as_anchored"


class Head(NamedTuple):
    """The end of one chain."""

    seq: int
    hash: str


@dataclass(frozen=True)
class Break:
    """The first event of a release that does not hold, and why."""

    release_id: str
    seq: int
    fault: Fault


@dataclass(frozen=True)
class ChainReport:
    """What verifying found.

    Attributes:
        heads: The end of each release's chain.
        breaks: At most one of each release, by release; empty when everything holds.
    """

    events: int
    heads: Mapping[str, Head]
    breaks: tuple[Break, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing was changed, moved, added or removed, as far as can be seen."""
        return not self.breaks

    @property
    def digest(self) -> str:
        """One digest over all heads, short enough for a log line or a printed page."""
        lines = (f"{each} {head.seq} {head.hash}\n" for each, head in sorted(self.heads.items()))
        return sha256("".join(lines).encode()).hexdigest()


_HEADS = TypeAdapter(dict[str, Head])


def verify(
    database: Database, key: bytes, anchored: Mapping[str, Head] | None = None
) -> ChainReport:
    """Verify every chain in one reading transaction; a large trail is streamed.

    Args:
        database: The trail and the releases it belongs to.
        key: The audit key under which it was written (`chain.audit_key_from`).
        anchored: Heads kept outside the database (`read_anchor`), when there are any.
    """
    heads: dict[str, Head] = {}
    faults: dict[str, Break] = {}
    with database.read() as session:
        newest = {row.id: row.seq for row in session.execute(select(ReleaseRow.id, ReleaseRow.seq))}
        count = 0
        for release_id, rows in groupby(_events(session), key=lambda row: str(row["release_id"])):
            chain = _Chain(release_id)
            for row in rows:
                count += 1
                chain.add(key, row, anchored)
            heads[release_id] = chain.head
            if chain.fault:
                faults[release_id] = chain.fault
    for each in _cut_off(newest, heads, anchored or {}):
        faults.setdefault(each.release_id, each)
    return ChainReport(count, heads, tuple(faults[each] for each in sorted(faults)))


def write_anchor(report: ChainReport, path: Path) -> None:
    """Write the heads to a file, whole or not at all; keep it where the database's owner cannot."""
    draft = path.with_name(f"{path.name}.draft")
    document = {"digest": report.digest, "heads": {k: list(v) for k, v in report.heads.items()}}
    draft.write_text(json.dumps(document, sort_keys=True), encoding="utf-8")
    draft.replace(path)


def read_anchor(path: Path) -> dict[str, Head]:
    """Return the heads that a file holds.

    Raises:
        UnusableAnchorError: The file is missing, malformed, or not as it was written.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        heads = _HEADS.validate_python(document["heads"])
        digest = str(document["digest"])
    except (OSError, ValueError, ValidationError, KeyError, TypeError):
        raise UnusableAnchorError(
            f"{path.name} cannot be read as an anchor of the audit trail. Name another file, or "
            "write a new anchor once the trail has been verified without one."
        ) from None
    if not hmac.compare_digest(ChainReport(0, heads, ()).digest, digest):
        raise UnusableAnchorError(f"{path.name} was changed after it was written. Find out why.")
    return heads


class _Chain:
    """One release's chain while it is read."""

    def __init__(self, release_id: str) -> None:
        self.head = Head(0, ROOT)
        self.fault: Break | None = None
        self._release_id = release_id

    def add(self, key: bytes, row: RowMapping, anchored: Mapping[str, Head] | None) -> None:
        seq, stored = int(row["seq"]), str(row["hash"])
        if self.fault is None:
            fault = self._fault_of(key, row, (anchored or {}).get(self._release_id))
            self.fault = Break(self._release_id, seq, fault) if fault else None
        self.head = Head(seq, stored)

    def _fault_of(self, key: bytes, row: RowMapping, anchor: Head | None) -> Fault | None:
        if row["seq"] != self.head.seq + 1:
            return Fault.OUT_OF_SEQUENCE
        expected = link(key, self.head.hash, dict(row))
        follows = hmac.compare_digest(row["prev_hash"], self.head.hash)
        if not follows or not hmac.compare_digest(row["hash"], expected):
            return Fault.ALTERED
        if anchor and anchor.seq == row["seq"] and anchor.hash != row["hash"]:
            return Fault.NOT_AS_ANCHORED
        return None


def _events(session: Session) -> Iterator[RowMapping]:
    table: Any = table_of(EventRow)
    query = select(table).order_by(table.c.release_id, table.c.seq)
    yield from session.execute(query.execution_options(yield_per=1_000)).mappings()


def _cut_off(
    newest: Mapping[str, int], heads: Mapping[str, Head], anchored: Mapping[str, Head]
) -> Iterable[Break]:
    """Chains that end before their release's row, or before where the anchor saw them."""
    for release_id in sorted(newest.keys() | anchored.keys()):
        reached = heads.get(release_id, Head(0, ROOT)).seq
        expected = newest.get(release_id, 0)
        if release_id in anchored:
            expected = max(expected, anchored[release_id].seq)
        if reached < expected:
            yield Break(release_id, reached + 1, Fault.CUT_OFF)
