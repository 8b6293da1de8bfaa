"""An office at the start of a release, on each store."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from infra.database.engine import Database
from tests.office import HEALTHCARE, PROBATION, PROVIDER, RESETTLEMENT, Office

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    """Everybody is there, and nothing has happened."""
    found = Office(database, MONDAY)
    found.staff_every_post(RESETTLEMENT, HEALTHCARE, PROBATION, PROVIDER)
    return found
