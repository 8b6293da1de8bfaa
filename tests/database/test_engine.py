from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError, InternalError, StatementError

from infra.database.engine import Database
from infra.database.errors import StoreUnavailableError, UnsupportedDatabaseError
from infra.database.tables import NoteRow

WRITERS = 8
_END_THE_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
)
ROUNDS = 25
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def write_note(database: Database, text: str, at: datetime = NOON) -> None:
    with database.write() as session:
        session.execute(
            insert(NoteRow).values(id="n1", text=text, author="a1", created_at=at, release_id=None)
        )


def read_note(database: Database) -> str:
    with database.read() as session:
        return session.execute(select(NoteRow.text)).scalar_one()


def count_up(database: Database) -> None:
    for _ in range(ROUNDS):
        with database.write() as session:
            seen = session.execute(select(NoteRow.text).with_for_update()).scalar_one()
            session.execute(update(NoteRow).values(text=str(int(seen) + 1)))


@pytest.mark.parametrize("processes", [1, WRITERS])
def test_eight_writers_that_read_before_they_write_lose_no_update(
    database_url: str, processes: int
) -> None:
    # With the driver's own transactions on SQLite, or without FOR UPDATE on PostgreSQL, most of
    # these increments vanish and nothing raises; with a plain BEGIN, SQLite refuses most at once.
    # Separate pools meet only in the database, as separate processes do.
    pools = [Database(database_url) for _ in range(processes)]
    write_note(pools[0], "0")

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(count_up, pools[each % processes]) for each in range(WRITERS)]:
            done.result()

    assert read_note(pools[0]) == str(WRITERS * ROUNDS)
    for each in pools:
        each.close()


def test_a_failing_block_leaves_nothing_behind(database: Database) -> None:
    def half() -> None:
        with database.write() as session:
            session.add(NoteRow(id="n1", text="half", author="a1", created_at=NOON))
            session.flush()
            raise LookupError

    with pytest.raises(LookupError):
        half()

    with database.read() as session:
        assert session.execute(select(NoteRow.id)).all() == []


def test_a_reading_transaction_cannot_write(database: Database) -> None:
    write_note(database, "kept")

    refused = (StoreUnavailableError, InternalError)  # each store has its own word for it
    with pytest.raises(refused), database.read() as session:
        session.execute(update(NoteRow).values(text="changed"))

    assert read_note(database) == "kept"


def test_a_reading_transaction_sees_one_instant(database: Database) -> None:
    write_note(database, "before")

    with database.read() as session:
        first = session.execute(select(NoteRow.text)).scalar_one()
        with database.write() as other:
            other.execute(update(NoteRow).values(text="after"))
        assert session.execute(select(NoteRow.text)).scalar_one() == first

    assert read_note(database) == "after"


def test_asking_one_query_needs_no_transaction_and_leaves_the_next_one_as_it_was(
    database: Database,
) -> None:
    write_note(database, "first")
    query = select(NoteRow.text).where(NoteRow.id == bindparam("id"))

    asked = [database.ask(query, {"id": each}) for each in ("n1", "n2")]

    assert asked == [[("first",)], []]
    with database.read() as session:
        assert session.execute(select(NoteRow.text)).all() == [("first",)]
        with database.write() as other:
            other.execute(update(NoteRow).values(text="second"))
        assert session.execute(select(NoteRow.text)).all() == [("first",)]
        assert database.ask(query, {"id": "n1"}) == [("second",)]


def test_asking_survives_a_restart_of_the_server(postgresql_database: Database) -> None:
    query = select(NoteRow.text)
    assert postgresql_database.ask(query) == []
    with postgresql_database.read() as session:
        session.execute(_END_THE_OTHERS)

    assert postgresql_database.ask(query) == []


def test_an_instant_comes_back_aware_and_in_utc(database: Database) -> None:
    in_paris = timezone(timedelta(hours=1))
    write_note(database, "x", at=datetime(2026, 11, 2, 13, 30, 0, 123456, tzinfo=in_paris))

    with database.read() as session:
        found = session.execute(select(NoteRow.created_at)).scalar_one()

    assert found == datetime(2026, 11, 2, 12, 30, 0, 123456, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs its zone"):
        write_note(database, "x", at=NOON.replace(tzinfo=None))


def test_an_error_shows_no_stored_value(database: Database) -> None:
    write_note(database, "first")

    with pytest.raises(IntegrityError) as caught:
        write_note(database, "a secret sentence")

    assert "a secret sentence" not in str(caught.value)


def test_a_code_outside_its_list_is_refused_by_the_database(database: Database) -> None:
    with pytest.raises(IntegrityError, match="ck_tokens_role"), database.write() as session:
        session.execute(
            text(
                "INSERT INTO tokens (id, digest, role, scopes, manager, label, created_at)"
                " VALUES ('t', 'd', 'governor', '{}', true, 'x', '2026-11-02 12:00:00')"
            )
        )


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_only_a_sqlite_file_or_postgresql_is_accepted(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        Database(url)


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        found = {each: session.execute(text(f"PRAGMA {each}")).scalar_one() for each in pragmas}

    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 15_000,
        "trusted_schema": 0,
    }
