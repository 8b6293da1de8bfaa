"""A measured release as a row and back: pure, so that what is stored can be read off here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from domain.measures.cuts import Cut, group_key
from domain.measures.release import MeasuredRelease

Row = dict[str, Any]


class Source(StrEnum):
    """Where a measured release comes from."""

    ENGINE = "engine"
    BACKFILL = "backfill"


class Known(NamedTuple):
    """A measured release with what is needed to find other releases of the same person.

    Attributes:
        person_key: None while nobody is registered for the release.
    """

    facts: MeasuredRelease
    source: Source
    person_key: str | None
    reception_on: date


CUT_COLUMNS: Final = {
    Cut.PROBATION_REGION: "probation_region",
    Cut.DESTINATION: "destination",
    Cut.PRISON: "prison",
    Cut.SUBSTANCE_GROUP: "substance_group",
    Cut.SEX: "sex",
    Cut.AGE_BAND: "age_band",
    Cut.ETHNICITY: "ethnicity",
}
"""The column that holds each cut's group; `Cut.NATION` needs none."""

_ON_THE_ROW: Final = frozenset({"release_id", "nation", "destination", "prison", "released_on"})


def row_of(known: Known, pattern: int, known_from: date) -> Row:
    """Return the row of a release that counts as `pattern`."""
    facts = known.facts
    return {
        "release_id": facts.release_id,
        "source": known.source.value,
        "person_key": known.person_key,
        "reception_on": known.reception_on,
        "released_on": facts.released_on,
        "month": facts.released_on.replace(day=1),
        "nation": facts.nation.value,
        **{column: group_key(facts, cut) for cut, column in CUT_COLUMNS.items()},
        "pattern": pattern,
        "known_from": known_from,
        "facts": _document(facts),
    }


def _document(facts: MeasuredRelease) -> dict[str, Any]:
    document = facts.model_dump(mode="json", exclude_defaults=True, exclude=set(_ON_THE_ROW))
    if facts.lapsed:
        document["lapsed"] = sorted(document["lapsed"])  # a set has no order to compare by
    return document


def known_of(row: Mapping[str, Any]) -> Known:
    """Return the release that a row holds."""
    own = {each: row[each] for each in _ON_THE_ROW}
    facts = MeasuredRelease.model_validate({**row["facts"], **own})
    return Known(facts, Source(row["source"]), row["person_key"], row["reception_on"])


def cells(row: Mapping[str, Any], whole_nation: str) -> list[tuple[str, str, str, date, str]]:
    """Return the key of every sum that a row is part of: nation, cut, area, month, group.

    Args:
        row: As `row_of` gives it.
        whole_nation: What stands for no single area.
    """
    nation, month, area = row["nation"], row["month"], row["destination"]
    found = [(nation, Cut.NATION.value, whole_nation, month, "all")]
    found += [
        (nation, cut.value, whole_nation, month, row[column]) for cut, column in CUT_COLUMNS.items()
    ]
    found += [(nation, cut.value, area, month, row[CUT_COLUMNS[cut]]) for cut in WITHIN_AN_AREA]
    return found


WITHIN_AN_AREA: Final = (Cut.SUBSTANCE_GROUP, Cut.SEX, Cut.AGE_BAND, Cut.ETHNICITY)
"""Cuts whose sums are also kept for each authority; the others are small enough to be counted."""
