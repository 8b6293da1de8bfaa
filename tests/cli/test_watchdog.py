"""`throughcare watchdog`: right while everything else is down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.commands import CancelRelease
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from tests.builders import Journey, an_opiate_picture
from tests.cli.conftest import Operator
from tests.database.projections import AUDIT_KEY, a_projection

BEGAN_AT = datetime(2026, 1, 5, 10, tzinfo=UTC)


@pytest.fixture
def forgotten(database: Database) -> Journey:
    """A release long past on which nobody ever worked."""
    journey = Journey(
        now=BEGAN_AT,
        reception_on=date(2026, 1, 5),
        scheduled_on=date(2026, 3, 3),
        treatment=an_opiate_picture(),
    )
    _keep(database, journey)
    return journey


def test_nothing_overdue_is_exit_code_0(operator: Operator, database: Database) -> None:
    said = operator.types("watchdog")

    assert said.code == 0
    assert said.out.startswith("0 steps are overdue")


def test_a_critical_step_overdue_is_exit_code_3(operator: Operator, forgotten: Journey) -> None:
    said = operator.types("watchdog")

    assert said.code == 3
    assert "prescription" in said.out
    assert "LEI" in said.out


def test_steps_of_which_nobody_is_told_are_counted_aloud(
    operator: Operator, forgotten: Journey
) -> None:
    said = operator.types("watchdog")

    assert "nobody" in said.out
    assert "is a worker running?" in said.err


def test_once_the_lapses_are_recorded_they_count_as_escalated(
    operator: Operator, database: Database, forgotten: Journey
) -> None:
    forgotten.wait_until(datetime(2026, 3, 10, 12, tzinfo=UTC))
    _keep(database, forgotten)

    said = operator.types("watchdog")

    assert said.code == 3
    assert "escalated" in said.out
    assert "nobody" not in said.out
    assert said.err == ""


def test_the_most_severe_come_first(operator: Operator, forgotten: Journey) -> None:
    lines = operator.types("watchdog").out.splitlines()

    severities = [words[0] for line in lines if (words := line.split()) and words[0][:1] == "S"]
    assert severities == sorted(severities)
    assert len(set(severities)) > 1


def test_a_closed_release_is_nobodys_work(
    operator: Operator, database: Database, forgotten: Journey
) -> None:
    forgotten.submit(CancelRelease(on=date(2026, 1, 5), reason="new_sentence"))
    _keep(database, forgotten)

    assert operator.types("watchdog").code == 0


def test_what_counts_as_critical_can_be_chosen(operator: Operator, database: Database) -> None:
    late = Journey(now=BEGAN_AT, reception_on=date(2026, 1, 5), scheduled_on=date(2028, 3, 7))
    _keep(database, late)

    assert operator.types("watchdog").code == 0
    assert operator.types("watchdog", "--critical", "S3").code == 3


def test_a_database_that_cannot_be_asked_is_exit_code_1(operator: Operator) -> None:
    said = operator.types("watchdog")

    assert said.code == 1
    assert "throughcare db check" in said.err


def _keep(database: Database, journey: Journey) -> None:
    SqlReadModel(database, AUDIT_KEY).project(a_projection(journey), ())
