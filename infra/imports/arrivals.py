"""Rows of a file as what is to be loaded, checked against the rules before anything is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.calendars import CalendarGapError
from domain.commands import Actor, Submission
from domain.deciding import NewRelease, start
from domain.errors import Refused
from domain.rules import Rules
from infra.database.people import Registration
from infra.engine.pinning import pinned
from infra.imports.openings import opening, registration
from infra.imports.record import Recalled
from infra.imports.rows import ImportRow, RowProblem
from infra.reference_data.reference import ReferenceData
from infra.release_ids import release_id_for


@dataclass(frozen=True, slots=True)
class Arrival:
    """One release to load.

    Attributes:
        line: Where it stands in the file.
        with_start: Facts of a journey brought in half way, accepted together with the start.
        afterwards: Submitted in this order once it is started.
    """

    line: int
    who: Registration
    new: NewRelease
    with_start: Submission | None = None
    afterwards: tuple[Submission, ...] = ()


def arrivals(
    rows: Iterable[ImportRow],
    id_key: bytes,
    reference: ReferenceData,
    recalled: Sequence[Recalled] = (),
) -> list[Arrival]:
    """Return each row as what is to be loaded, in the order of the file.

    Args:
        rows: Rows that were read without a problem.
        id_key: 32 secret bytes, from which release ids are derived.
        reference: Tells nation and community service of a destination.
        recalled: Releases that ended in a recall, the latest reception last: whoever comes back
            brings the history of the one before along.
    """
    returned: dict[str, list[Recalled]] = {}
    for each in recalled:
        returned.setdefault(each.prison_number, []).append(each)
    return [_arrival(row, id_key, reference, returned.get(row.prison_number, ())) for row in rows]


def problems(
    found: Iterable[Arrival], actor: Actor, now: datetime, rules: Rules
) -> list[RowProblem]:
    """Return the rows that the rules do not let start, so that a bad file starts nothing."""
    refused: list[RowProblem] = []
    for each in found:
        try:
            start(each.new, actor, now, pinned(rules, each.new))
        except Refused as refusal:
            refused.append(RowProblem(each.line, _column(refusal.field), refusal.message))
        except CalendarGapError as gap:
            refused.append(RowProblem(each.line, "release_date", gap.message))
    return refused


def _arrival(
    row: ImportRow, id_key: bytes, reference: ReferenceData, returned: Sequence[Recalled]
) -> Arrival:
    release_id = release_id_for(id_key, row.prison_number, row.reception_on)
    previous = _latest_before(row.reception_on, returned)
    new = opening(row, release_id, reference, previous)
    return Arrival(row.line, registration(row, release_id), new)


def _latest_before(reception_on: date, returned: Sequence[Recalled]) -> str | None:
    earlier = (each.release_id for each in reversed(returned) if each.reception_on < reception_on)
    return next(earlier, None)


def _column(field: str | None) -> str:
    return {"scheduled_on": "release_date", "reception_on": "reception_date"}.get(field or "", "")
