"""Connections with the settings without which concurrent writers lose updates (R1, R2).

SQLite: the driver's own transactions begin too late, so a value read before another's commit is
written back over it. We begin ourselves, and a writer takes the write lock before it reads.
PostgreSQL: READ COMMITTED loses such updates as well, so whoever reads in order to write selects
FOR UPDATE. A change to how we connect is the reason to change this file.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Engine,
    QueuePool,
    Select,
    create_engine,
    event,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from infra.database.errors import StoreUnavailableError, UnsupportedDatabaseError

_SQLITE_PRAGMAS: Final = (
    "busy_timeout=15000",  # first: the others may have to wait already
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged work when the power fails
    "foreign_keys=ON",
    "trusted_schema=OFF",
)
_POSTGRESQL_OPTIONS: Final = " ".join(
    f"-c {each}"
    for each in (
        "statement_timeout=5000",
        "lock_timeout=2000",
        "idle_in_transaction_session_timeout=10000",
        "timezone=UTC",
    )
)
_WAIT_SECONDS: Final = 15


def create_engine_for(url: str, *, reads_only: bool = False) -> Engine:
    """Return an engine for SQLite or PostgreSQL; parameters never show in its errors.

    Args:
        url: An SQLAlchemy URL; any PostgreSQL one is served by psycopg 3.
        reads_only: The database itself then refuses every write.

    Raises:
        UnsupportedDatabaseError: The URL is malformed, or names another database or one in memory.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UnsupportedDatabaseError("The database address is not an SQLAlchemy URL.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed, reads_only=reads_only)
        case "postgresql":
            return _postgresql(parsed, reads_only=reads_only)
        case _:
            raise UnsupportedDatabaseError("The database must be SQLite or PostgreSQL.")


def _sqlite(url: URL, *, reads_only: bool) -> Engine:
    if not url.database or url.database == ":memory:":
        raise UnsupportedDatabaseError("The SQLite database must be a file: sqlite:///<path>.")
    # One writing connection per process: its threads queue fairly here, instead of fighting for
    # the file's lock, whose waiters are woken in no order.
    pool = {} if reads_only else {"pool_size": 1, "max_overflow": 0}
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_timeout=_WAIT_SECONDS,
        **pool,
    )
    event.listen(engine, "connect", _prepare_sqlite(reads_only=reads_only))
    begin = "BEGIN" if reads_only else "BEGIN IMMEDIATE"

    def begin_ourselves(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_ourselves)
    return engine


def _prepare_sqlite(*, reads_only: bool) -> Callable[[Any, Any], None]:
    pragmas = (*_SQLITE_PRAGMAS, "query_only=ON") if reads_only else _SQLITE_PRAGMAS

    def prepare(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own types
        connection.isolation_level = None  # the driver must not begin for us
        for each in pragmas:
            connection.execute(f"PRAGMA {each}")

    return prepare


def _postgresql(url: URL, *, reads_only: bool) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 3, "options": _POSTGRESQL_OPTIONS},
    )
    if not reads_only:
        return engine
    # A page and its total, or a release and its steps, come from one instant.
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _asking_postgresql(url: str) -> Engine:
    """Return an engine for single queries: no transaction, and no ping before each."""
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "connect_timeout": 3,
            "options": f"{_POSTGRESQL_OPTIONS} -c default_transaction_read_only=on",
        },
    )


class Database:
    """One database: transactions that write, and transactions that only read.

    Attributes:
        dialect: `sqlite` or `postgresql`.
    """

    def __init__(self, url: str) -> None:
        """Prepare connections to `url`; none is opened yet."""
        self._writer = create_engine_for(url)
        self._reader = create_engine_for(url, reads_only=True)
        self.dialect = self._writer.dialect.name
        self._asker = self._reader if self.dialect == "sqlite" else _asking_postgresql(url)
        # SQLite has one writer at a time, and its own queue for it is unfair: waiting here keeps
        # the order and costs a tenth. PostgreSQL needs no such turn.
        sqlite = self.dialect == "sqlite"
        self._turn: AbstractContextManager[object] = threading.RLock() if sqlite else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Run one transaction, committed when the block ends; keep I/O out of the block.

        Raises:
            StoreUnavailableError: Nothing was written, or the connection broke in the very commit:
                every write here may be repeated.
        """
        new = Session(self._writer, expire_on_commit=False)
        with self._turn, _translated(), new as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Run one transaction that cannot write and sees one instant.

        Raises:
            StoreUnavailableError: The database could not answer.
        """
        with _translated(), Session(self._reader, autoflush=False) as session:
            yield session

    def ask(
        self, query: Select[Any] | CompoundSelect[Any], given: Mapping[str, Any] | None = None
    ) -> Sequence[Any]:
        """Return the rows of one query, which sees one instant by itself.

        It needs no transaction around it: one trip to PostgreSQL instead of the four of `read`, and
        on a busy machine trips are what a short query waits for.

        Raises:
            StoreUnavailableError: The database could not answer.
        """
        with _translated():
            try:
                return self._rows(query, given)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                return self._rows(query, given)  # the server was restarted since the last query

    def _rows(
        self, query: Select[Any] | CompoundSelect[Any], given: Mapping[str, Any] | None
    ) -> Sequence[Any]:
        with self._asker.connect() as connection:
            return connection.execute(query, given).all()

    def close(self) -> None:
        """Close every connection; the object stays usable and opens new ones."""
        for each in (self._writer, self._reader, self._asker):
            each.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        raise StoreUnavailableError from error
