"""`throughcare db`, on a database that is new, current, or tampered with."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.keys import load_keys
from infra.settings import Settings
from tests.builders import Journey
from tests.cli.conftest import Operator
from tests.database.projections import a_projection, drive


@pytest.fixture
def trail(operator: Operator, database: Database) -> Journey:
    """A release with some events, written under the key of the operator's own state."""
    journey = Journey()
    key = audit_key_from(load_keys(Settings(state_dir=operator.state_dir)).id_key)
    drive(journey, 3)
    SqlReadModel(database, key).project(a_projection(journey), ())
    return journey


def test_a_new_database_is_upgraded_and_then_as_expected(operator: Operator) -> None:
    before = operator.types("db", "check")
    upgraded = operator.types("db", "upgrade")
    after = operator.types("db", "check")

    assert (before.code, upgraded.code, after.code) == (1, 0, 0)
    assert "throughcare db upgrade" in before.out
    assert upgraded.out.startswith("The database is at revision ")


def test_upgrading_again_changes_nothing(operator: Operator) -> None:
    assert operator.types("db", "upgrade").out == operator.types("db", "upgrade").out


def test_an_intact_trail_is_counted(operator: Operator, trail: Journey) -> None:
    said = operator.types("db", "verify")

    assert said.code == 0
    assert said.out.startswith(f"{trail.state.seq} events of 1 releases hold.")


def test_a_changed_event_is_named_by_release_and_number(operator: Operator, trail: Journey) -> None:
    _tamper(operator.database_file, "UPDATE events SET actor = 'nobody' WHERE seq = 2")

    said = operator.types("db", "verify")

    assert said.code == 1
    assert f"release {trail.state.release_id}, event 2: altered" in said.out


def test_an_anchor_shows_that_a_release_was_cut_off_altogether(
    operator: Operator, trail: Journey, tmp_path: Path
) -> None:
    anchor = tmp_path / "heads.json"
    written = operator.types("db", "verify", "--write", str(anchor))
    _tamper(operator.database_file, "DELETE FROM events")
    _tamper(operator.database_file, "UPDATE releases SET seq = 0")

    without = operator.types("db", "verify")
    against = operator.types("db", "verify", "--anchor", str(anchor))

    assert (written.code, without.code, against.code) == (0, 0, 1)
    assert "event 1: cut off" in against.out


def test_a_file_that_is_no_anchor_is_refused(
    operator: Operator, trail: Journey, tmp_path: Path
) -> None:
    anchor = tmp_path / "heads.json"
    anchor.write_text("{}")

    said = operator.types("db", "verify", "--anchor", str(anchor))

    assert said.code == 1
    assert "heads.json" in said.err


def _tamper(file: Path, statement: str) -> None:
    """Do what somebody with the file in their hands can do."""
    connection = sqlite3.connect(file)
    triggers = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.commit()
    connection.close()
