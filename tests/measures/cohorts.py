"""Invented past releases for tests, and the file they stand in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from infra.database.engine import Database
from infra.demo.past import PastReleases, write_csv
from infra.measures.backfill.loading import Backfill, Loaded
from infra.measures.backfill.reading import parse_past_releases
from infra.measures.backfill.rows import BackfillFile
from infra.measures.figures import shipped_figures

ID_KEY = b"an id key for tests, of 32 bytes"
AUDIT_KEY = b"an audit key for tests, 32 bytes"
TODAY = date(2026, 11, 21)
FIRST, LAST = date(2024, 1, 1), date(2026, 10, 31)
AREAS = ("E06000001", "E08000025", "E08000035", "W06000015")


def a_csv(count: int, areas: Sequence[str] = AREAS, seed: int = 1) -> str:
    """The text of a file of so many past releases."""
    reference = shipped_figures().reference
    text = io.StringIO()
    write_csv(PastReleases(reference, FIRST, LAST, areas, seed).draw(count), text, reference)
    return text.getvalue()


def read(text: str) -> BackfillFile:
    """The file as it is read."""
    stream = io.BytesIO(text.encode())
    return parse_past_releases(stream, shipped_figures().reference, today=TODAY)


def a_backfill(database: Database) -> Backfill:
    return Backfill(database, shipped_figures(), ID_KEY, AUDIT_KEY)


def load(database: Database, text: str, source: str = "past.csv", on: date = TODAY) -> Loaded:
    """Load a file as on a day."""
    return a_backfill(database).load(read(text), source, on)
