"""The demonstration's teams: somebody at every post round the clock, but for a few holes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.codes import Role
from domain.duty.flaws import flaws
from domain.duty.posts import SERVICE_TEAM, Post, Team
from domain.duty.rota import Absence, Shift, Unfilled, on_duty
from infra.database.engine import Database
from infra.database.tables import AbsenceRow, AssignmentRow, ShiftRow, StaffRow
from infra.demo.staffing import Staffed, staff_demonstration
from infra.demo.teams import WEEKS, absences_of, members, shifts_of, staff_of, worker_for
from infra.duty.rotas import SqlRotas
from infra.duty.store import SqlDuty
from notifications.notices import Audience
from notifications.numbers import parse_uk_mobile
from tests.builders import Journey
from tests.database.projections import a_read_model, project
from tests.demo.staged import REFERENCE

NOW = datetime(2026, 11, 25, 22, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC).date()
LEEDS = Team("LEI", Role.RESETTLEMENT)
TEAMS = [Team(code, Role.HEALTHCARE) for code in sorted(REFERENCE.releasing_prisons.entries)] + [
    Team(code, Role.PROBATION) for code in sorted(REFERENCE.probation_units.entries)
]


def ids(team: Team) -> dict[str, str]:
    known = members(team)
    return {each: each for each in (*known.workers, known.manager, known.head)}


def rota(team: Team) -> list[Shift]:
    return list(shifts_of(team, ids(team), MONDAY))


def away(team: Team) -> list[Absence]:
    return list(absences_of(team, ids(team), MONDAY))


def test_every_rota_is_one_that_could_be_loaded() -> None:
    for team in TEAMS:
        assert flaws(rota(team)) == ()


def test_posts_are_filled_round_the_clock_but_for_a_few_holes() -> None:
    found = Counter(
        answer if isinstance(answer, Unfilled) else "somebody"
        for team in TEAMS
        for hour in range(0, WEEKS * 7 * 24 - 34, 29)
        for answer in [
            on_duty(rota(team), away(team), team, Post.DUTY, NOW + timedelta(hours=hour - 60))
        ]
        if hour > 60
    )

    assert found["somebody"] > 0.9 * found.total()
    assert 0 < found[Unfilled.EMPTY_ROTA] < 0.08 * found.total()
    assert 0 < found[Unfilled.ABSENT_WITHOUT_COVER] < 0.05 * found.total()
    for post in (Post.DEPUTY, Post.ON_CALL_MANAGER, Post.TEAM_MANAGER, Post.HEAD_OF_SERVICE):
        assert not isinstance(on_duty(rota(LEEDS), [], LEEDS, post, NOW), Unfilled)


def test_nobody_invented_can_be_reached() -> None:
    for entry in staff_of(LEEDS):
        assert entry.mobile is not None
        assert entry.email is not None
        assert parse_uk_mobile(entry.mobile, allow_drama=True).startswith("+447700900")
        assert entry.email.endswith("@example.org")


def test_most_releases_have_a_named_worker() -> None:
    named = [worker_for(LEEDS, f"rel-{number}") is not None for number in range(500)]

    assert 0.8 < sum(named) / len(named) < 0.95


@pytest.fixture
def staged(database: Database) -> Database:
    for number in range(1, 12):
        journey = Journey(release_id=f"rel-{number}", service="cds-hartlepool")
        project(a_read_model(database), journey)
    return database


def contents(database: Database) -> dict[str, set[tuple[object, ...]]]:
    with database.read() as session:
        return {
            table.__tablename__: {
                tuple(row) for row in session.execute(select(*table.__table__.columns))
            }
            for table in (StaffRow, ShiftRow, AbsenceRow, AssignmentRow)
        }


def test_the_same_day_again_changes_nothing(staged: Database) -> None:
    first = staff_demonstration(staged, NOW)
    before = contents(staged)

    assert first.teams == 5
    assert first.staff == 30
    assert first.workers > 30
    assert staff_demonstration(staged, NOW + timedelta(days=3)) == Staffed(5, 0, 0, 0)
    assert contents(staged) == before


def test_a_later_week_only_adds_to_what_is_there(staged: Database) -> None:
    staff_demonstration(staged, NOW)
    before = contents(staged)

    later = staff_demonstration(staged, NOW + timedelta(days=7))

    assert later.staff == 0
    assert 0 < later.shifts < 60
    assert contents(staged)["shifts"] > before["shifts"]
    assert contents(staged)["absences"] >= before["absences"]


def test_a_rota_that_somebody_entered_is_left_alone(staged: Database) -> None:
    staff_demonstration(staged, NOW)
    rotas = SqlRotas(staged, lambda: NOW)
    mine = rotas.shifts(LEEDS, NOW, NOW + timedelta(days=1))[0]
    shift = Shift(Post.DUTY, LEEDS, mine.staff.id, NOW, NOW + timedelta(days=2))
    rotas.replace([shift], "somebody", str)
    before = rotas.shifts(LEEDS, NOW, NOW + timedelta(days=90))

    staff_demonstration(staged, NOW + timedelta(days=7))

    assert rotas.shifts(LEEDS, NOW, NOW + timedelta(days=90)) == before


def test_a_page_about_a_demonstrated_release_reaches_all_parties_and_the_service(
    staged: Database,
) -> None:
    staff_demonstration(staged, NOW)
    duty = SqlDuty(staged)

    parties = duty.recipients(Audience.ALL_PARTIES, "rel-1", None, NOW)
    lead = duty.recipients(Audience.DEATH_LEAD, "rel-1", None, NOW)

    assert len(parties.staff) + len(parties.gaps) == 4
    assert (len(lead.staff), lead.team) == (1, SERVICE_TEAM)
