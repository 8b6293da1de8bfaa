"""The documentation of the measures says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from api.measures.files import COLUMNS
from domain.measures.definitions import DEFINITIONS
from domain.measures.exclusions import Exclusion

TEXT = (Path(__file__).parents[2] / "docs" / "measures.md").read_text()


def rows_under(heading: str) -> list[list[str]]:
    section = TEXT.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_the_data_dictionary_is_that_of_the_files() -> None:
    documented = rows_under("Data dictionary of the CSV files")

    assert documented == [[f"`{each.name}`", each.kind, each.meaning] for each in COLUMNS]


def test_every_measure_is_documented_with_its_version() -> None:
    versions = {
        name: int(row[-1])
        for row in rows_under("What is counted")
        for name in re.findall(r"`(\w+)`", row[0])
    }

    assert versions == {each.id.value: each.version for each in DEFINITIONS.values()}


def test_every_reason_to_leave_a_release_out_is_documented() -> None:
    section = rows_under("What is left out, and counted as left out")
    named = {name for row in section for name in re.findall(r"`(\w+)`", row[0])}

    assert named == {each.value for each in Exclusion}
