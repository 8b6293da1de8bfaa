from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest
from sqlalchemy import RowMapping, select, text
from sqlalchemy.exc import IntegrityError

from domain.commands import RecordDeath, RecordTreatmentStart
from domain.journey import Step
from domain.policy import Severity
from domain.state import LadderStatus, Phase, Release, StepStatus
from infra.database.engine import Database
from infra.database.errors import EventGapError, EventsDivergedError
from infra.database.reference import candidates
from infra.database.tables import Record, ReleaseRow, table_of
from tests.builders import Journey, at
from tests.database.projections import (
    LEAVES_ON,
    a_projection,
    a_read_model,
    drive,
    notices_of,
    project,
    submit,
)


def rows(database: Database, name: str) -> list[RowMapping]:
    table = Record.metadata.tables[name]
    with database.read() as session:
        found = session.execute(select(table).order_by(*table.primary_key))
        return list(found.mappings())


def release_row(database: Database) -> dict[str, Any]:
    with database.read() as session:
        return dict(session.execute(select(table_of(ReleaseRow))).mappings().one())


def test_a_whole_journey_can_be_read_off_the_release_row(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    for each in drive(journey):
        read_model.project(each, notices_of(each))

    row = release_row(database)

    assert row["seq"] == journey.state.seq
    assert (row["phase"], row["closure"].value) == (Phase.CLOSED, "completed")
    assert row["released_on"] == LEAVES_ON == row["leaves_on"]
    assert row["left_month"] == date(2026, 12, 1)
    assert row["treatment_started_on"] == date(2026, 12, 2)
    assert row["engaged"] is True
    assert row["treatment_group"].value == "opiate"
    assert row["next_due_at"] is None
    assert row["worst_lapsed_severity"] is None
    assert Release.model_validate(row["snapshot"]) == journey.state


def test_what_is_arranged_has_rows_of_its_own(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    for each in drive(journey, 7):
        read_model.project(each, notices_of(each))

    assert len(rows(database, "needs")) == 7
    assert [each["id"] for each in rows(database, "actions")] == ["act-1"]
    (referral,) = rows(database, "referrals")
    assert (referral["service"], referral["status"].value) == ("cds-hartlepool", "accepted")
    (appointment,) = rows(database, "appointments")
    assert appointment["at"] == at(date(2026, 12, 2), 11)
    (prescription,) = rows(database, "prescriptions")
    assert prescription["supplies"][0]["kind"] == "take_home"
    assert prescription["last_dose_with_prescriber"] is True


def test_an_open_step_shows_when_it_is_due_and_why(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    project(read_model, journey)

    steps = {each["step"]: each for each in rows(database, "steps")}

    assert set(steps) == set(journey.state.steps)
    release = steps[Step.RELEASE]
    assert release["due_at"] == at(LEAVES_ON, 18)
    assert release["severity"] is Severity.S1
    assert release["anchor"] == "expected_release"
    assert release["source"]
    row = release_row(database)
    soonest = min(
        (each for each in steps.values() if each["due_at"]), key=lambda each: each["due_at"]
    )
    assert (row["next_due_at"], row["next_due_step"]) == (soonest["due_at"], soonest["step"])


def test_a_lapsed_step_leaves_the_queue_and_marks_the_release(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    project(read_model, journey)

    row = release_row(database)
    steps = {each["step"]: each for each in rows(database, "steps")}

    assert steps[Step.SCREENING]["lapsed_at"] is not None
    assert steps[Step.SCREENING]["status"] is StepStatus.OPEN
    assert row["worst_lapsed_severity"] is Severity.S3
    assert row["next_due_step"] is not Step.SCREENING
    (ladder,) = rows(database, "escalations")
    assert (ladder["id"], ladder["step"]) == ("rel-1.1", Step.SCREENING)


def test_a_ladder_that_was_replaced_stays_and_is_closed(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    project(read_model, journey)
    before = a_projection(journey)
    replaced = journey.state.escalations[Step.SCREENING].model_copy(update={"number": 2})
    state = journey.state.model_copy(update={"escalations": {Step.SCREENING: replaced}})

    read_model.project(before.model_copy(update={"release": state}), ())

    assert [(each["id"], each["status"]) for each in rows(database, "escalations")] == [
        ("rel-1.1", LadderStatus.CLOSED),
        ("rel-1.2", LadderStatus.OPEN),
    ]


def test_writing_a_projection_twice_changes_nothing(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    projection = a_projection(journey)
    first = read_model.project(projection, notices_of(projection))
    kept = {name: rows(database, name) for name in ("events", "notices", "steps")}

    again = read_model.project(projection, notices_of(projection))

    assert again == first != ()
    assert {name: rows(database, name) for name in kept} == kept


def test_an_older_projection_never_replaces_a_newer_one(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    earlier, *later = drive(journey, 3)
    for each in (earlier, *later):
        read_model.project(each, ())
    kept = {name: rows(database, name) for name in ("releases", "steps", "events", "referrals")}

    read_model.project(earlier, ())

    assert {name: rows(database, name) for name in kept} == kept


def test_a_batch_that_overlaps_adds_only_what_is_missing(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    project(read_model, journey)
    recorded_at = rows(database, "events")[0]["recorded_at"]
    drive(journey, 1)

    project(read_model, journey, after=0)

    events = rows(database, "events")
    assert [each["seq"] for each in events] == list(range(1, journey.state.seq + 1))
    assert events[0]["recorded_at"] == recorded_at < events[-1]["recorded_at"]


@pytest.mark.parametrize("held_back", ["first", "middle", "all"])
def test_a_gap_before_the_events_is_refused_and_nothing_is_written(
    database: Database, held_back: str
) -> None:
    read_model, journey = a_read_model(database), Journey()
    first, *_ = drive(journey, 2)
    if held_back != "first":
        read_model.project(first, ())
    kept = rows(database, "releases")
    after = journey.state.seq if held_back == "all" else first.release.seq + 1

    with pytest.raises(EventGapError) as caught:
        read_model.project(a_projection(journey, after), ())

    assert caught.value.stored == (0 if held_back == "first" else first.release.seq)
    assert rows(database, "releases") == kept


def test_another_history_under_the_same_numbers_is_refused(database: Database) -> None:
    read_model = a_read_model(database)
    ours, theirs = Journey(), Journey()
    for each in drive(ours, 1):
        read_model.project(each, ())
    theirs.wait_until(ours.now + timedelta(days=9))

    with pytest.raises(EventsDivergedError, match="reconcile"):
        project(read_model, theirs)

    assert release_row(database)["seq"] == ours.state.seq


def test_notices_are_queued_with_their_cause_and_named_while_they_wait(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    project(read_model, journey)
    seq = journey.state.seq
    journey.wait_until(journey.now + timedelta(days=3))

    queued = project(read_model, journey, seq)

    stored = rows(database, "notices")
    assert sorted(queued) == [each["id"] for each in stored]
    assert {each["status"].value for each in stored} == {"queued"}


def test_a_failed_projection_leaves_no_notice_behind(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    projection = a_projection(journey, after=1)

    with pytest.raises(EventGapError):
        read_model.project(projection, notices_of(a_projection(journey)))

    assert rows(database, "notices") == []


def test_starting_outside_the_window_is_not_engaged(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    for each in drive(journey, 8):
        read_model.project(each, ())
    assert release_row(database)["engaged"] is None
    journey.wait_until(at(LEAVES_ON + timedelta(days=30)))
    seq = release_row(database)["seq"]
    journey.submit(
        RecordTreatmentStart(on=LEAVES_ON + timedelta(days=25), service="cds-hartlepool")
    )

    read_model.project(a_projection(journey, seq), ())

    row = release_row(database)
    assert row["engaged"] is False
    assert row["treatment_started_on"] == LEAVES_ON + timedelta(days=25)


def test_a_death_ends_every_due_time(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    journey.wait_until(journey.now + timedelta(days=3))
    project(read_model, journey)

    read_model.project(submit(journey, RecordDeath(on=date(2026, 9, 9))), ())

    row = release_row(database)
    assert (row["died_on"], row["next_due_at"]) == (date(2026, 9, 9), None)
    assert row["worst_lapsed_severity"] is None
    assert all(each["due_at"] is None for each in rows(database, "steps"))


def test_a_release_of_nobody_registered_is_still_worked(database: Database) -> None:
    project(a_read_model(database), Journey())

    assert release_row(database)["person_id"] is None


def test_a_reference_that_is_taken_leads_to_the_next_choice(database: Database) -> None:
    read_model = a_read_model(database)
    project(read_model, Journey())
    first, second = islice(candidates("rel-2"), 2)
    execute(database, "UPDATE releases SET reference = :reference", reference=first)

    project(read_model, Journey(release_id="rel-2"))

    assert [each["reference"] for each in rows(database, "releases")] == [first, second]


def test_eight_workers_projecting_at_once_lose_nothing(database: Database) -> None:
    # The same journey is sent by two workers at a time, as after a worker that only seemed dead.
    read_model = a_read_model(database)
    journeys = [Journey(release_id=f"rel-{number}") for number in range(4)]
    histories = [drive(each, 4) for each in journeys]

    def write(number: int) -> None:
        for each in histories[number % 4]:
            read_model.project(each, notices_of(each))

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(write, number) for number in range(8)]:
            done.result()

    stored = [(each["release_id"], each["seq"]) for each in rows(database, "events")]
    assert stored == [
        (f"rel-{number}", seq)
        for number, journey in enumerate(journeys)
        for seq in range(1, journey.state.seq + 1)
    ]


OUT_OF_SEQUENCE = """
    INSERT INTO events (release_id, seq, kind, at, recorded_at, data, prev_hash, hash)
    SELECT release_id, 99, kind, at, recorded_at, data, prev_hash, hash FROM events WHERE seq = 1
"""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'somebody' WHERE seq = 1",
        "DELETE FROM events WHERE seq = 1",
        OUT_OF_SEQUENCE,
        "UPDATE policies SET version = 'other'",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_trail(
    database: Database, statement: str
) -> None:
    read_model, journey = a_read_model(database), Journey()
    read_model.store_policy(journey.rules.policy)
    project(read_model, journey)

    with pytest.raises(IntegrityError, match=r"only grows|out of sequence"):
        execute(database, statement)


def test_replacing_an_event_is_refused_too(sqlite_database: Database) -> None:
    project(a_read_model(sqlite_database), Journey())

    with pytest.raises(IntegrityError, match="out of sequence"):
        execute(sqlite_database, "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 1")


def execute(database: Database, statement: str, **values: str) -> None:
    with database.write() as session:
        session.execute(text(statement), values)
