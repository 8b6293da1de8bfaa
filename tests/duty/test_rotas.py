"""Rotas in SQL on both stores: put in place whole, twice without effect, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from domain.duty.posts import SERVICE_TEAM, Post
from domain.duty.rota import Shift, Unfilled
from infra.database.engine import Database
from infra.duty.errors import FlawedRotaError
from infra.duty.rotas import SqlRotas
from infra.duty.staff import Changes
from tests.duty.staffing import AT, LEEDS, LEEDS_HEALTH, Staffing


def name_of(place: int) -> str:
    return f"line {place + 2}"


@pytest.fixture
def rotas(database: Database) -> SqlRotas:
    staffing = Staffing(database)
    for each in ("ada", "ben", "cal"):
        staffing.employs(each)
    return SqlRotas(database, lambda: AT)


def shift(staff_id: str, start: int, end: int | None, post: Post = Post.DUTY) -> Shift:
    ends_at = None if end is None else AT + timedelta(hours=end)
    return Shift(post, LEEDS, staff_id, AT + timedelta(hours=start), ends_at)


def stored(rotas: SqlRotas) -> list[tuple[str, datetime, datetime | None]]:
    found = rotas.shifts(LEEDS, AT - timedelta(days=9), AT + timedelta(days=9))
    return [(each.staff.id, each.starts_at, each.ends_at) for each in found]


def test_the_same_rota_again_changes_nothing(rotas: SqlRotas) -> None:
    rota = [shift("ada", 0, 8), shift("ben", 8, 16), shift("cal", 0, None, Post.TEAM_MANAGER)]

    assert rotas.replace(rota, "tests", name_of) == Changes(added=3)
    before = stored(rotas)

    assert rotas.replace(rota, "tests", name_of) == Changes(unchanged=3)
    assert stored(rotas) == before


def test_a_period_is_replaced_and_what_stood_around_it_stays(rotas: SqlRotas) -> None:
    rotas.replace([shift("ada", 0, 24), shift("ben", 24, None)], "tests", name_of)

    rotas.replace([shift("cal", 8, 16)], "tests", name_of)

    hour = timedelta(hours=1)
    assert stored(rotas) == [
        ("ada", AT, AT + 8 * hour),
        ("cal", AT + 8 * hour, AT + 16 * hour),
        ("ada", AT + 16 * hour, AT + 24 * hour),
        ("ben", AT + 24 * hour, None),
    ]


def test_a_rota_with_a_flaw_is_refused_whole(rotas: SqlRotas) -> None:
    rotas.replace([shift("ada", 0, 8)], "tests", name_of)
    before = stored(rotas)
    new = [shift("ben", 8, 16), shift("cal", 17, 20), shift("ada", 0, 4, Post.DEPUTY)]

    with pytest.raises(FlawedRotaError) as refused:
        rotas.replace(new, "tests", name_of)

    assert [each.place for each in refused.value.faults] == [1]
    assert "line 2" in refused.value.faults[0].message
    assert rotas.faults(new, name_of) == refused.value.faults
    assert stored(rotas) == before


def test_two_who_replace_at_once_leave_one_whole_rota(rotas: SqlRotas) -> None:
    versions = [
        [shift(who, hour, hour + 4) for hour in range(0, 24, 4)] for who in ("ada", "ben", "cal")
    ]
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda rota: rotas.replace(rota, "tests", name_of), versions))

    found = stored(rotas)
    assert len(found) == 6
    assert len({who for who, _, _ in found}) == 1


def test_holders_are_told_with_whom_they_cover_for_and_why_a_post_is_empty(
    rotas: SqlRotas, database: Database
) -> None:
    rotas.replace([shift("ada", 0, 8)], "tests", name_of)
    rotas.replace([shift("ben", 9, 16, Post.DEPUTY)], "tests", name_of)
    Staffing(database).away("ada", "cal")

    duty, deputy, *others = rotas.holders(LEEDS, AT)

    assert duty.staff is not None
    assert duty.covers_for is not None
    assert (duty.post, duty.staff.id, duty.covers_for.id) == (Post.DUTY, "cal", "ada")
    assert duty.until == AT + timedelta(hours=8)
    assert (deputy.post, deputy.staff, deputy.unfilled) == (
        Post.DEPUTY,
        None,
        Unfilled.EMPTY_ROTA,
    )
    assert {each.unfilled for each in others} == {Unfilled.EMPTY_ROTA}
    assert [each.post for each in rotas.holders(LEEDS_HEALTH, AT)] == list(Post)[:5]
    assert [each.post for each in rotas.holders(SERVICE_TEAM, AT)] == list(Post)[5:]
