from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Enum, inspect

from infra.database import migrating
from infra.database.engine import create_engine_for
from infra.database.errors import StoreUnavailableError
from infra.database.tables import Record


def test_migrating_up_gives_exactly_the_tables_that_the_code_defines(database_url: str) -> None:
    assert migrating.differences(database_url) == []


def test_every_code_is_allowed_by_the_check_of_its_column(database_url: str) -> None:
    engine = create_engine_for(database_url)
    found = {}
    for table in Record.metadata.sorted_tables:
        for check in inspect(engine).get_check_constraints(table.name):
            found[check["name"]] = check["sqltext"]
    engine.dispose()

    for table in Record.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Enum):
                allowed = found.pop(f"ck_{table.name}_{column.name}")
                missing = [each for each in column.type.enums if f"'{each}'" not in allowed]
                assert not missing, f"{table.name}.{column.name} needs a migration for {missing}"
    assert found == {}


def test_constraints_are_named_after_their_column() -> None:
    for table in Record.metadata.sorted_tables:
        names = {each.name for each in table.constraints if isinstance(each, CheckConstraint)}
        kinds = {each.name: each.type for each in table.columns if isinstance(each.type, Enum)}
        assert names == {f"ck_{table.name}_{each}" for each in kinds}
        assert all(issubclass(each.enum_class or str, StrEnum) for each in kinds.values())


def test_migrating_down_leaves_nothing_and_up_again_works(empty_database_url: str) -> None:
    migrating.upgrade(empty_database_url)

    migrating.downgrade(empty_database_url, "base")

    engine = create_engine_for(empty_database_url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()
    migrating.upgrade(empty_database_url)
    assert migrating.check(empty_database_url) == ()


def test_a_task_that_was_open_before_it_could_be_about_somebody_stays_open(
    empty_database_url: str,
) -> None:
    migrating.upgrade(empty_database_url, "0017")
    engine = create_engine_for(empty_database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO data_quality_tasks"
            " (id, open_key, organisation, role, reason, severity, release_id, opened_at)"
            " VALUES ('t1', 'k', 'LEI', 'resettlement', 'nobody_named', 'S3', 'rel-1',"
            " '2026-11-01 09:00:00+00:00')"
        )

    migrating.upgrade(empty_database_url)
    migrating.downgrade(empty_database_url, "0017")

    with engine.begin() as connection:
        kept = connection.exec_driver_sql("SELECT id, open_key, reason FROM data_quality_tasks")
        assert [tuple(each) for each in kept] == [("t1", "k", "nobody_named")]
    engine.dispose()


def test_a_database_behind_the_code_is_named_with_the_command_to_run(
    empty_database_url: str,
) -> None:
    assert "throughcare db upgrade" in migrating.check(empty_database_url)[0]

    migrating.upgrade(empty_database_url, "0001")

    assert migrating.current(empty_database_url) == "0001"
    assert "revision 0001" in migrating.check(empty_database_url)[0]


def test_a_difference_is_told_in_words(database_url: str) -> None:
    engine = create_engine_for(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_steps_overdue")
    engine.dispose()

    assert migrating.check(database_url) == ("Not as the code expects: add_index ix_steps_overdue",)


def test_a_new_sqlite_file_is_private_to_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "state" / "throughcare.db"

    migrating.upgrade(f"sqlite:///{path}")

    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_an_unreachable_database_is_a_typed_error() -> None:
    with pytest.raises(StoreUnavailableError, match="throughcare db check"):
        migrating.current("postgresql://nobody@127.0.0.1:1/none")
