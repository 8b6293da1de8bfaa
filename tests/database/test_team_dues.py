"""Whose turn it is, held together in three places: the steps, the release's row, the migration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from api.filters import PageOf
from api.pages.caseload import CaseFilter, DueIs
from domain.access_table import team_of
from domain.codes import Role
from domain.commands import RecordNearMiss
from domain.facts import NearMissKind
from domain.london_time import london_date
from domain.state import StepStatus
from infra.database import migrating
from infra.database.caseload import CaseloadReads
from infra.database.engine import Database
from infra.database.rows import WORKING
from infra.database.tables import ReleaseRow, StepRow
from tests.builders import Journey, at
from tests.database.projections import LEAVES_ON, a_read_model, drive, project
from tests.database.scopes import EVERYTHING

STAGES = 10
COLUMNS = tuple(getattr(ReleaseRow, f"{each}_due_at") for each in WORKING)


@pytest.fixture
def releases(database: Database) -> Database:
    """A release at each stage: as it was then, a fortnight late, and with a near miss."""
    read_model = a_read_model(database)
    for stage in range(STAGES):
        for name, late in (("now", 0), ("late", 14), ("missed", 0)):
            journey = Journey(release_id=f"{name}-{stage}", scheduled_on=LEAVES_ON)
            drive(journey, stage)
            journey.wait_until(journey.now + timedelta(days=late))
            if name == "missed":
                on = london_date(journey.now)
                journey.submit(RecordNearMiss(on=on, near_miss=NearMissKind.NON_FATAL_OVERDOSE))
            project(read_model, journey)
    return database


def moments() -> Iterator[datetime]:
    for days in range(-120, 90, 7):
        yield at(LEAVES_ON + timedelta(days=days))


@pytest.mark.parametrize("role", WORKING)
@pytest.mark.parametrize("due", [None, *DueIs])
def test_a_team_has_the_cases_that_its_steps_say(
    releases: Database, role: Role, due: DueIs | None
) -> None:
    reads = CaseloadReads(releases)
    found = 0
    for now in moments():
        wanted = CaseFilter(now=now, soon=now + timedelta(days=3), team=role, due=due)
        listed = reads.cases(wanted, EVERYTHING, PageOf(size=200))

        assert {each.release.release_id for each in listed.rows} == said_by_steps(releases, wanted)
        found += listed.total
    assert found


def said_by_steps(database: Database, wanted: CaseFilter) -> set[str]:
    with database.read() as session:
        every = session.execute(select(ReleaseRow)).scalars().all()
        steps = session.execute(select(StepRow)).scalars().all()
        return {
            each.id
            for each in every
            if is_theirs(each, [one for one in steps if one.release_id == each.id], wanted)
        }


def is_theirs(release: ReleaseRow, steps: list[StepRow], wanted: CaseFilter) -> bool:
    side = release.released_on is not None
    assert wanted.team is not None
    theirs = [each for each in steps if wanted.team in team_of(each.step, released=side)]
    dues = [
        each.due_at for each in theirs if each.status is StepStatus.OPEN and each.due_at is not None
    ]
    is_late = any(each <= wanted.now for each in dues)
    is_soon = any(each <= wanted.soon for each in dues)
    is_first = release.next_due_step in {each.step for each in theirs}
    return {
        DueIs.OVERDUE: is_late,
        DueIs.SOON: is_soon and not is_late,
        DueIs.ON_TRACK: is_first and not is_soon,
        None: is_soon or is_first,
    }[wanted.due]


def test_a_role_that_answers_for_no_step_has_no_cases(releases: Database) -> None:
    wanted = CaseFilter(now=at(date(2027, 1, 1)), soon=at(date(2027, 1, 4)), team=Role.AUDITOR)

    for due in (None, *DueIs):
        assert CaseloadReads(releases).count(replace(wanted, due=due), EVERYTHING) == 0


def test_releases_from_before_are_filled_in_as_they_would_be_written(
    releases: Database, database_url: str
) -> None:
    written = dues(releases)
    releases.close()

    migrating.downgrade(database_url, "0022")
    migrating.upgrade(database_url)

    again = Database(database_url)
    assert dues(again) == written
    assert {each for row in written for each in row[1:]} - {None}
    again.close()


def dues(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        query = select(ReleaseRow.id, *COLUMNS).order_by(ReleaseRow.id)
        return [tuple(each) for each in session.execute(query)]
