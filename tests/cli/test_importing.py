"""`throughcare import`, as far as it goes without a server: a file is checked whole first."""

from __future__ import annotations

from pathlib import Path

from infra.database.engine import Database
from tests.cli.conftest import Operator
from tests.imports.files import a_file


def test_a_bad_row_is_reported_and_nothing_is_loaded(
    operator: Operator, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "releases.csv"
    file.write_text(a_file({}, {"prison": "XXX"}, {"release_date": "2039-05-04"}))

    said = operator.types("import", str(file))

    assert said.code == 1
    assert "line 3, prison: " in said.out
    assert "line 4, release_date: " in said.out
    assert "Nothing was loaded" in said.err


def test_a_report_holds_nothing_personal(
    operator: Operator, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "releases.csv"
    file.write_text(a_file({"date_of_birth": "31/02/1990", "mobile": "12345", "prison": "XXX"}))

    said = operator.types("import", str(file))

    assert not any(each in said.out for each in ("31/02/1990", "12345", "Achebe", "Z0000AA"))


def test_a_good_file_needs_the_service(
    operator: Operator, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "releases.csv"
    file.write_text(a_file({}))

    said = operator.types("import", str(file))

    assert said.code == 1
    assert "throughcare up" in said.err
