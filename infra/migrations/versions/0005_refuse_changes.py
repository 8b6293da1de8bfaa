"""Triggers: events are only ever added, each next in its release; policies never change.

SQLite's INSERT OR REPLACE passes by its DELETE triggers; the sequence trigger is what stops it.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEPT = ("events", "policies")

_SQLITE_REFUSE = """
CREATE TRIGGER {table}_refuse_{verb} BEFORE {verb} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} only grows: {verb} refused');
END
"""

_SQLITE_SEQUENCE = """
CREATE TRIGGER events_in_sequence BEFORE INSERT ON events
WHEN NEW.seq IS NOT (
    SELECT coalesce(max(seq), 0) + 1 FROM events WHERE release_id = NEW.release_id
)
BEGIN
    SELECT RAISE(ABORT, 'events out of sequence');
END
"""

_POSTGRESQL_REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$
"""

_POSTGRESQL_ROWS = """
CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""

_POSTGRESQL_TRUNCATE = """
CREATE TRIGGER {table}_refuse_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""

_POSTGRESQL_IN_SEQUENCE = """
CREATE FUNCTION refuse_out_of_sequence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (
        SELECT coalesce(max(seq), 0) + 1 FROM events WHERE release_id = NEW.release_id
    ) THEN
        RAISE EXCEPTION 'events out of sequence'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$
"""

_POSTGRESQL_SEQUENCE = """
CREATE TRIGGER events_in_sequence BEFORE INSERT ON events
FOR EACH ROW EXECUTE FUNCTION refuse_out_of_sequence()
"""


def upgrade() -> None:
    for statement in _on_sqlite() if _is_sqlite() else _on_postgresql():
        op.execute(statement)


def downgrade() -> None:
    if _is_sqlite():
        for table in _KEPT:
            op.execute(f"DROP TRIGGER {table}_refuse_update")
            op.execute(f"DROP TRIGGER {table}_refuse_delete")
        op.execute("DROP TRIGGER events_in_sequence")
        return
    op.execute("DROP FUNCTION refuse_change() CASCADE")
    op.execute("DROP FUNCTION refuse_out_of_sequence() CASCADE")


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"


def _on_sqlite() -> list[str]:
    refusals = [
        _SQLITE_REFUSE.format(table=table, verb=verb)
        for table in _KEPT
        for verb in ("update", "delete")
    ]
    return [*refusals, _SQLITE_SEQUENCE]


def _on_postgresql() -> list[str]:
    refusals = [
        each.format(table=table)
        for table in _KEPT
        for each in (_POSTGRESQL_ROWS, _POSTGRESQL_TRUNCATE)
    ]
    return [_POSTGRESQL_REFUSE, *refusals, _POSTGRESQL_IN_SEQUENCE, _POSTGRESQL_SEQUENCE]
