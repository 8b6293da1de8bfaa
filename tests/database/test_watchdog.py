from __future__ import annotations

from datetime import date, timedelta

from domain.codes import Role
from domain.commands import RecordDeath
from domain.due import due
from domain.journey import Step
from domain.policy import Severity
from infra.database.engine import Database
from infra.database.watchdog import overdue_steps
from tests.builders import Journey, at
from tests.database.projections import a_projection, a_read_model, drive, project


def test_a_step_that_fell_due_is_listed_though_no_workflow_noticed(database: Database) -> None:
    journey = Journey()
    project(a_read_model(database), journey)
    screening = next(
        each for each in due(journey.state, journey.rules) if each.step is Step.SCREENING
    )

    found = overdue_steps(database, screening.at + timedelta(minutes=90, seconds=5))

    assert [(each.release_id, each.step) for each in found] == [("rel-1", Step.SCREENING)]
    assert (found[0].minutes_overdue, found[0].lapsed_at) == (90, None)
    assert found[0].owner is Role.RESETTLEMENT


def test_nothing_is_listed_before_it_is_due(database: Database) -> None:
    journey = Journey()
    project(a_read_model(database), journey)
    first = min(each.at for each in due(journey.state, journey.rules))

    assert overdue_steps(database, first - timedelta(microseconds=1)) == []
    assert len(overdue_steps(database, first)) == 1


def test_it_agrees_with_the_workflow_when_that_is_alive(database: Database) -> None:
    journey = Journey()
    now = at(date(2026, 12, 2))
    journey.wait_until(now)
    project(a_read_model(database), journey)

    found = overdue_steps(database, now)

    assert {each.step for each in found} == {
        each.step for each in due(journey.state, journey.rules) if each.at <= now
    }
    assert all(each.lapsed_at is not None for each in found)
    assert [each.severity for each in found] == sorted(each.severity for each in found)
    assert found[0].severity is Severity.S1


def test_what_is_answered_or_closed_is_not_listed(database: Database) -> None:
    read_model = a_read_model(database)
    worked, dead = Journey(release_id="rel-1"), Journey(release_id="rel-2")
    drive(worked, 7)
    dead.wait_until(at(date(2026, 10, 1)))
    dead.submit(RecordDeath(on=date(2026, 9, 30)))
    project(read_model, worked)
    project(read_model, dead)

    assert overdue_steps(database, at(date(2026, 11, 30))) == []


def test_a_closed_release_is_left_alone_whatever_its_steps_say(database: Database) -> None:
    read_model, journey = a_read_model(database), Journey()
    while_open = a_projection(journey)
    journey.submit(RecordDeath(on=date(2026, 9, 7)))

    read_model.project(a_projection(journey).model_copy(update={"due": while_open.due}), ())

    assert overdue_steps(database, at(date(2027, 11, 30))) == []
