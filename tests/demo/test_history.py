from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import func, select

from infra.database.engine import Database
from infra.database.tables import MeasuredRow
from infra.demo.history import load_history
from infra.keys import load_keys
from infra.settings import Settings

TODAY = date(2026, 11, 21)


def test_the_demonstration_has_three_years_of_past_and_brings_it_once(
    sqlite_database: Database, tmp_path: Path
) -> None:
    keys = load_keys(Settings(state_dir=tmp_path / "state"))

    assert load_history(sqlite_database, keys, TODAY, count=400) == 400
    assert load_history(sqlite_database, keys, TODAY, count=400) == 0

    months = select(func.min(MeasuredRow.month), func.max(MeasuredRow.month))
    with sqlite_database.read() as session:
        found = session.execute(months).one()
    assert tuple(found) == (date(2023, 11, 1), date(2026, 10, 1))
