"""The demonstration's teams: somebody at every post round the clock, but for a few holes."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from domain.codes import Role
from domain.duty.flaws import flaws
from domain.duty.posts import SERVICE_TEAM, Places, Post, Team
from domain.duty.rota import Absence, Shift, Unfilled, on_duty
from infra.database.engine import Database
from infra.database.tables import AbsenceRow, AssignmentRow, ShiftRow, StaffRow
from infra.demo.staffing import Staffed, Worked, every_team, staff_demonstration
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
TEAMS = [each for each in every_team(REFERENCE) if each.role in {Role.HEALTHCARE, Role.PROBATION}]
AROUND_LEEDS = [
    *(SERVICE_TEAM, LEEDS, LEEDS._replace(role=Role.HEALTHCARE)),
    *(Team("N54STHA", Role.PROBATION), Team("cds-hartlepool", Role.PROVIDER)),
]
RELEASES = [
    Worked(f"rel-{number}", Places("LEI", "N54STHA", "cds-hartlepool")) for number in range(1, 12)
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
    found: Counter[str] = Counter()
    for team in TEAMS:
        shifts, absences = rota(team), away(team)
        for hour in range(0, (WEEKS * 7 - 3) * 24, 29):
            at = NOW + timedelta(hours=hour)
            answer = on_duty(shifts, absences, team, Post.DUTY, at)
            found[answer if isinstance(answer, Unfilled) else "somebody"] += 1

    assert found["somebody"] > 0.9 * found.total()
    assert 0 < found[Unfilled.EMPTY_ROTA] < 0.08 * found.total()
    assert 0 < found[Unfilled.ABSENT_WITHOUT_COVER] < 0.05 * found.total()
    for post in (Post.DEPUTY, Post.ON_CALL_MANAGER, Post.TEAM_MANAGER, Post.HEAD_OF_SERVICE):
        assert not isinstance(on_duty(rota(LEEDS), [], LEEDS, post, NOW), Unfilled)


def test_every_place_of_the_public_lists_has_its_teams() -> None:
    assert {SERVICE_TEAM, *AROUND_LEEDS} < set(every_team(REFERENCE))
    assert len(every_team(REFERENCE)) > 500


def test_nobody_invented_can_be_reached() -> None:
    for entry in staff_of(LEEDS):
        assert entry.mobile is not None
        assert entry.email is not None
        assert parse_uk_mobile(entry.mobile, allow_drama=True).startswith("+447700900")
        assert entry.email.endswith("@example.org")


def test_most_releases_have_a_named_worker() -> None:
    named = [worker_for(LEEDS, f"rel-{number}") is not None for number in range(500)]

    assert 0.8 < sum(named) / len(named) < 0.95


def staff(database: Database, now: datetime) -> Staffed:
    return staff_demonstration(database, AROUND_LEEDS, RELEASES, now)


def contents(database: Database) -> dict[str, set[tuple[object, ...]]]:
    with database.read() as session:
        return {
            table.__tablename__: {
                tuple(row) for row in session.execute(select(*table.__table__.columns))
            }
            for table in (StaffRow, ShiftRow, AbsenceRow, AssignmentRow)
        }


def test_the_same_day_again_changes_nothing(database: Database) -> None:
    first = staff(database, NOW)
    before = contents(database)

    assert first.teams == 5
    assert first.staff == 6 * first.teams
    assert first.workers > 30
    assert staff(database, NOW + timedelta(days=3)) == Staffed(first.teams, 0, 0, 0)
    assert contents(database) == before


def test_a_later_week_only_adds_to_what_is_there(database: Database) -> None:
    first = staff(database, NOW)
    before = contents(database)

    later = staff(database, NOW + timedelta(days=7))

    assert later.staff == 0
    assert 0 < later.shifts < first.shifts / 2
    assert contents(database)["shifts"] > before["shifts"]
    assert contents(database)["absences"] >= before["absences"]


def test_a_rota_that_somebody_entered_is_left_alone(database: Database) -> None:
    staff(database, NOW)
    rotas = SqlRotas(database, lambda: NOW)
    mine = rotas.shifts(LEEDS, NOW, NOW + timedelta(days=1))[0]
    shift = Shift(Post.DUTY, LEEDS, mine.staff.id, NOW, NOW + timedelta(days=2))
    rotas.replace([shift], "somebody", str)
    before = rotas.shifts(LEEDS, NOW, NOW + timedelta(days=90))

    staff(database, NOW + timedelta(days=7))

    assert rotas.shifts(LEEDS, NOW, NOW + timedelta(days=90)) == before


def test_a_page_about_a_demonstrated_release_reaches_all_parties_and_the_service(
    database: Database,
) -> None:
    project(a_read_model(database), Journey(service="cds-hartlepool"))
    staff(database, NOW)
    duty = SqlDuty(database)

    parties = duty.recipients(Audience.ALL_PARTIES, "rel-1", None, NOW)
    lead = duty.recipients(Audience.DEATH_LEAD, "rel-1", None, NOW)

    assert len(parties.staff) + len(parties.gaps) == 4
    assert (len(lead.staff), lead.team) == (1, SERVICE_TEAM)
