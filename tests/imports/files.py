"""A builder of files: one good row whose cells a test replaces."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Protocol

from infra.imports.columns import COLUMNS
from infra.imports.rows import ImportResult

GOOD_ROW = {
    "prison_number": "Z1234BC",
    "crn": "Z123456",
    "forename": "Siân",
    "surname": "Achebe-Jones",
    "date_of_birth": "1990-02-28",
    "sex": "female",
    "ethnicity": "mixed",
    "prison": "EWI",
    "release_date": "2027-01-14",
    "release_type": "conditional",
    "reception_date": "2026-08-03",
    "local_authority": "W06000022",
    "probation_unit": "WPTGWT",
    "treatment_group": "opiate",
    "mobile": "07700 900123",
}


def a_file(*changes: Mapping[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    """Return a file with a good row per mapping, its cells replaced, numbered apart."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for place, change in enumerate(changes):
        number = {"prison_number": f"Z{place % 10_000:04}{chr(65 + place // 10_000)}A"}
        writer.writerow({**GOOD_ROW, **number, **change})
    return text.getvalue()


class Parse(Protocol):
    """The fixture `parse`: reads a file as of `TODAY`."""

    def __call__(self, content: str | bytes) -> ImportResult: ...
