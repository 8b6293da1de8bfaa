from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from sqlalchemy import text

from infra.database.chain import ROOT, audit_key_from, link
from infra.database.engine import Database
from infra.database.verifying import (
    Break,
    ChainReport,
    Fault,
    UnusableAnchorError,
    read_anchor,
    verify,
    write_anchor,
)
from tests.builders import Journey, at
from tests.database.projections import AUDIT_KEY, a_read_model, drive, project

FIRST, SECOND = "rel-1", "rel-2"


@pytest.fixture
def trail(database: Database) -> Database:
    """Two releases of some twenty events each, whose triggers an intruder has dropped."""
    read_model = a_read_model(database)
    for release_id in (FIRST, SECOND):
        journey = Journey(release_id=release_id)
        for each in drive(journey, 4):
            read_model.project(each, ())
    _disarm(database)
    return database


def _disarm(database: Database) -> None:
    if database.dialect == "postgresql":
        _run(database, "ALTER TABLE events DISABLE TRIGGER ALL")
        return
    for trigger in ("events_refuse_update", "events_refuse_delete", "events_in_sequence"):
        _run(database, f"DROP TRIGGER {trigger}")


def _run(database: Database, *statements: str) -> None:
    with database.write() as session:
        for each in statements:
            session.execute(text(each))


def _found(database: Database) -> tuple[Break, ...]:
    return verify(database, AUDIT_KEY).breaks


def test_an_untouched_trail_is_intact(trail: Database) -> None:
    report = verify(trail, AUDIT_KEY)

    assert report.is_intact
    assert report.events == sum(head.seq for head in report.heads.values()) > 20
    assert set(report.heads) == {FIRST, SECOND}


def test_an_empty_trail_is_intact(database: Database) -> None:
    assert verify(database, AUDIT_KEY) == ChainReport(0, {}, ())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'somebody' WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET at = '2026-01-01 00:00' WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET recorded_at = at WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET data = '{}' WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET kind = 'died' WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET true_on = '2026-01-01' WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET prev_hash = hash WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET step = 'review' WHERE release_id = 'rel-1' AND seq = 7",
    ],
)
def test_an_edited_event_shows(trail: Database, statement: str) -> None:
    _run(trail, statement)

    assert _found(trail) == (Break(FIRST, 7, Fault.ALTERED),)


def test_an_event_removed_from_the_middle_shows(trail: Database) -> None:
    _run(trail, "DELETE FROM events WHERE release_id = 'rel-2' AND seq = 7")

    assert _found(trail) == (Break(SECOND, 8, Fault.OUT_OF_SEQUENCE),)


def test_an_event_removed_and_the_gap_closed_shows(trail: Database) -> None:
    _run(
        trail,
        "DELETE FROM events WHERE release_id = 'rel-2' AND seq = 7",
        "UPDATE events SET seq = -seq + 1 WHERE release_id = 'rel-2' AND seq > 7",
        "UPDATE events SET seq = -seq WHERE release_id = 'rel-2' AND seq < 0",
    )

    assert _found(trail) == (Break(SECOND, 7, Fault.ALTERED),)


def test_a_tail_that_was_cut_off_shows(trail: Database) -> None:
    _run(trail, "DELETE FROM events WHERE release_id = 'rel-1' AND seq > 7")

    assert _found(trail) == (Break(FIRST, 8, Fault.CUT_OFF),)


def test_two_events_in_each_others_place_show(trail: Database) -> None:
    _run(
        trail,
        "UPDATE events SET seq = 107 WHERE release_id = 'rel-1' AND seq = 7",
        "UPDATE events SET seq = 7 WHERE release_id = 'rel-1' AND seq = 8",
        "UPDATE events SET seq = 8 WHERE release_id = 'rel-1' AND seq = 107",
    )

    assert _found(trail) == (Break(FIRST, 7, Fault.ALTERED),)


def test_a_forged_event_shows(trail: Database) -> None:
    head = verify(trail, AUDIT_KEY).heads[FIRST]
    _run(
        trail,
        """
        INSERT INTO events (release_id, seq, kind, at, recorded_at, data, prev_hash, hash)
        SELECT release_id, seq + 1, 'died', at, recorded_at, data, hash, hash
        FROM events WHERE release_id = 'rel-1' ORDER BY seq DESC LIMIT 1
        """,
        "UPDATE releases SET seq = seq + 1 WHERE id = 'rel-1'",
    )

    assert _found(trail) == (Break(FIRST, head.seq + 1, Fault.ALTERED),)


def test_two_releases_that_changed_places_show(trail: Database) -> None:
    # The foreign key would stand in the way of a third id, so the numbers make the room.
    _run(
        trail,
        "UPDATE events SET seq = seq + 1000 WHERE release_id = 'rel-1'",
        "UPDATE events SET release_id = 'rel-1' WHERE release_id = 'rel-2'",
        "UPDATE events SET release_id = 'rel-2', seq = seq - 1000 WHERE seq > 1000",
    )

    assert _found(trail) == (Break(FIRST, 1, Fault.ALTERED), Break(SECOND, 1, Fault.ALTERED))


def test_without_the_right_key_nothing_verifies(trail: Database) -> None:
    report = verify(trail, audit_key_from(b"another key"))

    assert [(each.release_id, each.seq) for each in report.breaks] == [(FIRST, 1), (SECOND, 1)]


def test_a_tail_cut_off_with_its_release_row_shows_against_an_anchor(
    trail: Database, tmp_path: Path
) -> None:
    anchor = tmp_path / "anchor.json"
    write_anchor(verify(trail, AUDIT_KEY), anchor)
    _run(
        trail,
        "DELETE FROM events WHERE release_id = 'rel-1' AND seq > 7",
        "UPDATE releases SET seq = 7 WHERE id = 'rel-1'",
    )
    assert verify(trail, AUDIT_KEY).is_intact

    report = verify(trail, AUDIT_KEY, read_anchor(anchor))

    assert report.breaks == (Break(FIRST, 8, Fault.CUT_OFF),)


def test_a_trail_written_anew_under_the_same_key_shows_against_an_anchor(
    trail: Database, tmp_path: Path
) -> None:
    anchor = tmp_path / "anchor.json"
    write_anchor(verify(trail, AUDIT_KEY), anchor)
    head = read_anchor(anchor)[FIRST]
    _run(trail, "DELETE FROM events WHERE release_id = 'rel-1'")
    journey = Journey(release_id=FIRST, now=datetime(2026, 9, 8, 10, tzinfo=UTC))
    while journey.state.seq < head.seq + 1:
        journey.wait_until(journey.now + timedelta(days=1))
    project(a_read_model(trail), journey)
    assert verify(trail, AUDIT_KEY).is_intact

    report = verify(trail, AUDIT_KEY, read_anchor(anchor))

    assert report.breaks == (Break(FIRST, head.seq, Fault.NOT_AS_ANCHORED),)


def test_a_trail_that_grew_still_agrees_with_its_anchor(database: Database, tmp_path: Path) -> None:
    read_model, journey = a_read_model(database), Journey()
    project(read_model, journey)
    before = verify(database, AUDIT_KEY)
    write_anchor(before, tmp_path / "anchor.json")
    journey.wait_until(at(date(2026, 12, 1)))
    project(read_model, journey)

    after = verify(database, AUDIT_KEY, read_anchor(tmp_path / "anchor.json"))

    assert after.is_intact
    assert after.digest != before.digest


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"digest": "x", "heads": {"a": [1]}}'])
def test_a_file_that_is_no_anchor_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "anchor.json"
    path.write_text(content)

    with pytest.raises(UnusableAnchorError, match="cannot be read"):
        read_anchor(path)


def test_an_anchor_that_was_changed_is_refused(trail: Database, tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    write_anchor(verify(trail, AUDIT_KEY), path)
    document = json.loads(path.read_text())
    document["heads"][FIRST][0] -= 1
    path.write_text(json.dumps(document))

    with pytest.raises(UnusableAnchorError, match="was changed"):
        read_anchor(path)


def test_the_hash_of_an_event_never_changes() -> None:
    # Written by hand once: another value means that no stored trail would verify any more.
    row = {
        "release_id": "rel-1",
        "seq": 1,
        "kind": "released",
        "at": datetime(2026, 12, 1, 9, 0, 0, 1, tzinfo=UTC),
        "true_on": date(2026, 12, 1),
        "recorded_at": datetime(2026, 12, 1, 9, 1, tzinfo=UTC),
        "step": "release",
        "actor": None,
        "data": {"b": 1, "a": "é"},
        "key": "k",
        "digest": None,
    }
    content = (
        '["rel-1",1,"released","2026-12-01T09:00:00.000001+00:00","2026-12-01",'
        '"2026-12-01T09:01:00+00:00","release",null,{"a":"é","b":1},"k",null]'
    )
    expected = _independent(AUDIT_KEY, ROOT + content)

    assert link(AUDIT_KEY, ROOT, row) == expected


def _independent(key: bytes, message: str) -> str:
    mac = HMAC(key, SHA256())
    mac.update(message.encode())
    return mac.finalize().hex()
