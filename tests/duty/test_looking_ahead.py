"""Rotas as people look ahead and change them, on both stores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from api.duty_ports import RotaChangedError
from domain.duty.posts import SERVICE_TEAM, Post
from domain.duty.revising import Revision, version_of
from domain.duty.rota import Absence, OnDuty, Shift, Unfilled
from infra.database.engine import Database
from infra.duty.absences import SqlAbsences
from infra.duty.errors import FlawedRotaError
from infra.duty.rotas import SqlRotas
from infra.duty.staff import Changes
from tests.duty.staffing import AT, HARTLEPOOL, LEEDS, LEEDS_HEALTH, Staffing

HOUR = timedelta(hours=1)


@pytest.fixture
def staffing(database: Database) -> Staffing:
    found = Staffing(database)
    for each in ("ada", "ben", "cal"):
        found.employs(each)
    return found


@pytest.fixture
def rotas(staffing: Staffing) -> SqlRotas:
    return SqlRotas(staffing.database, lambda: AT)


def shift(staff_id: str, start: int, end: int | None) -> Shift:
    ends_at = None if end is None else AT + end * HOUR
    return Shift(Post.DUTY, LEEDS, staff_id, AT + start * HOUR, ends_at)


def revision(rotas: SqlRotas, new: Shift, instead_of: Shift | None = None) -> Revision:
    return Revision(new, instead_of, version_of(rotas.rota(LEEDS, Post.DUTY)))


def this(_place: int) -> str:
    return "this"


def test_teams_are_looked_at_together_each_with_its_own_people(
    rotas: SqlRotas, staffing: Staffing
) -> None:
    staffing.employs("kit", HARTLEPOOL)
    staffing.on(Post.DUTY, "ada", until=AT + 2 * HOUR)
    staffing.on(Post.DUTY, "kit", HARTLEPOOL)
    staffing.on(Post.DUTY, "ben", from_=AT + 90 * HOUR)  # after the period
    staffing.on(Post.DEPUTY, "cal")

    found = rotas.outlook([LEEDS, HARTLEPOOL, LEEDS_HEALTH], [Post.DUTY], AT, AT + 24 * HOUR)

    told = {
        team: [(each.held, each.ends_at) for each in stretches]
        for (team, _), stretches in found.rotas.items()
    }
    end = AT + 24 * HOUR
    assert told == {
        LEEDS: [(OnDuty("ada", None), AT + 2 * HOUR), (Unfilled.EMPTY_ROTA, end)],
        HARTLEPOOL: [(OnDuty("kit", None), end)],
        LEEDS_HEALTH: [(Unfilled.EMPTY_ROTA, end)],
    }
    assert {each.name for each in found.staff.values()} == {"Name of ada", "Name of kit"}


def test_whoever_covers_later_and_whoever_has_left_are_seen_ahead(
    rotas: SqlRotas, staffing: Staffing, database: Database
) -> None:
    staffing.employs("gone", left_at=AT + 8 * HOUR)
    staffing.on(Post.DUTY, "ada")
    staffing.on(Post.DEPUTY, "gone")
    away = Absence("ada", AT + 4 * HOUR, AT + 6 * HOUR, "ben")
    SqlAbsences(database, lambda: AT).put([away], "tests", this)

    found = rotas.outlook([LEEDS], None, AT, AT + 24 * HOUR)

    assert [each.held for each in found.rotas[LEEDS, Post.DUTY]] == [
        OnDuty("ada", None),
        OnDuty("ben", "ada"),
        OnDuty("ada", None),
    ]
    assert [each.held for each in found.rotas[LEEDS, Post.DEPUTY]] == [
        OnDuty("gone", None),
        Unfilled.ABSENT_WITHOUT_COVER,
    ]
    assert "ben" in found.staff
    assert [post for _, post in found.rotas] == list(Post)[:5]


def test_posts_that_the_service_fills_are_told_of_a_team_only_when_it_fills_them(
    rotas: SqlRotas, staffing: Staffing
) -> None:
    staffing.on(Post.DEATH_LEAD, "ada")

    found = rotas.outlook([LEEDS, SERVICE_TEAM], None, AT, AT + HOUR)

    posts = [post for team, post in found.rotas if team == LEEDS]
    assert posts == [*list(Post)[:5], Post.DEATH_LEAD]
    assert [post for team, post in found.rotas if team == SERVICE_TEAM] == list(Post)[5:]


def test_a_shift_is_put_into_a_rota_and_the_same_again_is_nothing(rotas: SqlRotas) -> None:
    first = revision(rotas, shift("ada", 0, 24))

    assert rotas.revise(first, "tests", this) == Changes(added=1)
    assert rotas.revise(first, "tests", this) == Changes(unchanged=1)
    assert rotas.rota(LEEDS, Post.DUTY) == (shift("ada", 0, 24),)


def test_a_shift_gets_another_end_and_leaves_nothing_of_the_old_one(rotas: SqlRotas) -> None:
    old = shift("ada", 0, None)
    rotas.replace([old], "tests", this)

    rotas.revise(revision(rotas, shift("ada", 0, 8), old), "tests", this)

    assert rotas.rota(LEEDS, Post.DUTY) == (shift("ada", 0, 8),)


def test_an_end_that_leaves_a_gap_is_refused_and_names_it(rotas: SqlRotas) -> None:
    old = shift("ada", 0, 8)
    rotas.replace([old, shift("ben", 8, None)], "tests", this)
    before = rotas.rota(LEEDS, Post.DUTY)

    with pytest.raises(FlawedRotaError) as refused:
        rotas.revise(revision(rotas, shift("ada", 0, 6), old), "tests", this)

    (fault,) = refused.value.faults
    assert (fault.place, fault.field) == (0, "ends_at")
    assert fault.message.startswith("Nobody is on duty from Sat 21 Nov 2026 16:00 to Sat 21 Nov")
    assert rotas.rota(LEEDS, Post.DUTY) == before


def test_what_somebody_else_changed_is_not_overwritten(rotas: SqlRotas) -> None:
    rotas.replace([shift("ada", 0, 24)], "tests", this)
    mine = revision(rotas, shift("ben", 8, 16))
    rotas.replace([shift("cal", 8, 16)], "tests", this)
    before = rotas.rota(LEEDS, Post.DUTY)

    with pytest.raises(RotaChangedError):
        rotas.revise(mine, "tests", this)

    assert rotas.rota(LEEDS, Post.DUTY) == before


def test_of_two_who_looked_at_the_same_rota_one_is_told(rotas: SqlRotas) -> None:
    rotas.replace([shift("ada", 0, 24)], "tests", this)
    wanted = [revision(rotas, shift(who, 8, 16)) for who in ("ben", "cal")]

    def revised(each: Revision) -> bool:
        try:
            rotas.revise(each, "tests", this)
        except RotaChangedError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(revised, wanted)) == [False, True]


def test_the_absences_of_a_team_are_told_in_order_until_they_are_over(
    database: Database, staffing: Staffing
) -> None:
    staffing.employs("nia", LEEDS_HEALTH)
    absences = SqlAbsences(database, lambda: AT)

    def away(who: str, start: int, end: int | None, cover: str | None = None) -> Absence:
        ends_at: datetime | None = None if end is None else AT + end * HOUR
        return Absence(who, AT + start * HOUR, ends_at, cover)

    absences.put(
        [away("ben", 9, None), away("ada", 1, 5, "cal"), away("cal", -9, -1), away("nia", 0, 9)],
        "tests",
        this,
    )

    found = absences.of_team(LEEDS)

    assert [(each.staff.id, each.cover.id if each.cover else None) for each in found] == [
        ("ada", "cal"),
        ("ben", None),
    ]
