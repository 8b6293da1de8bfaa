"""The demonstration as one thing to load, the same again whenever it is loaded again.

Whether it has been loaded, and on which day, is remembered beside the keys from which its release
ids are derived: journeys told as of another day would contradict those that are there.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from domain.deciding import NewRelease
from domain.london_time import london_date
from domain.rules import Rules
from infra.demo.casting import Casting, Stage, cast
from infra.demo.people import present_people
from infra.engine.pinning import pinned
from infra.imports.arrivals import Arrival
from infra.imports.openings import registration
from infra.imports.rows import ImportRow
from infra.reference_data.reference import ReferenceData
from infra.release_ids import release_id_for

FILE_NAME: Final = "demo.json"


def demonstration(
    as_of: datetime, id_key: bytes, reference: ReferenceData, rules: Rules
) -> list[Arrival]:
    """Return every invented release with its journey up to `as_of` (aware UTC)."""

    def identify(row: ImportRow) -> str:
        return release_id_for(id_key, row.prison_number, row.reception_on)

    def pin(new: NewRelease) -> Rules:
        return pinned(rules, new)

    people = present_people(reference, london_date(as_of))
    stage = Stage(now=as_of, pin=pin, reference=reference, identify=identify)
    return [_arrival(each) for each in cast(people, stage)]


def first_day(state_dir: Path) -> datetime | None:
    """Return the instant as of which the demonstration was loaded, None when it never was."""
    try:
        stored = json.loads((state_dir / FILE_NAME).read_text(encoding="utf-8"))
        return datetime.fromisoformat(stored["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(state_dir: Path, as_of: datetime) -> None:
    """Remember the instant as of which the demonstration is loaded."""
    document = json.dumps({"as_of": as_of.isoformat()})
    (state_dir / FILE_NAME).write_text(document, encoding="utf-8")


def _arrival(casting: Casting) -> Arrival:
    new, with_start, afterwards = casting.journey
    who = registration(casting.row, new.release_id)
    return Arrival(casting.row.line, who, new, with_start, afterwards)
