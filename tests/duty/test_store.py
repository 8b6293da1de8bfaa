"""Who a page reaches, on both stores: named workers, posts, cover, and every empty chair."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.duty.posts import SERVICE_TEAM, Post, Team
from domain.duty.quality import TaskReason
from domain.duty.rota import Unfilled
from domain.journey import Step
from domain.policy import Severity, Target
from infra.database.engine import Database
from infra.database.tables import DataQualityTaskRow
from infra.duty.store import SqlDuty
from notifications.notices import Audience
from notifications.recipients import Found, Gap
from tests.builders import Journey
from tests.database.projections import a_read_model, project
from tests.duty.staffing import (
    AT,
    HARTLEPOOL,
    LEEDS,
    LEEDS_HEALTH,
    SOUTH_TEES,
    Staffing,
)


@pytest.fixture
def staffing(database: Database) -> Staffing:
    project(a_read_model(database), Journey(prison="LEI", probation_unit="N54STHA"))
    return Staffing(database)


def found(
    staffing: Staffing, target: Target | Audience, step: Step | None = Step.SCREENING
) -> Found:
    return SqlDuty(staffing.database).recipients(target, "rel-1", step, AT)


def ids(answer: Found) -> list[str]:
    return [each.id for each in answer.staff]


def test_the_named_worker_is_the_one_of_the_team_that_owns_the_step(staffing: Staffing) -> None:
    staffing.named("rel-1", staffing.employs("ada"))
    staffing.named("rel-1", staffing.employs("nia", LEEDS_HEALTH), LEEDS_HEALTH.role)

    assert ids(found(staffing, Target.NAMED_WORKER, Step.SCREENING)) == ["ada"]
    nurse = found(staffing, Target.NAMED_WORKER, Step.NALOXONE)
    assert (ids(nurse), nurse.team, nurse.unfilled) == (["nia"], LEEDS_HEALTH, None)
    assert nurse.staff[0].mobile == "+447700900123"


def test_a_release_nobody_is_named_for_has_a_gap_and_no_recipient(staffing: Staffing) -> None:
    answer = found(staffing, Target.NAMED_WORKER)

    assert answer == Found(
        (), Unfilled.NOBODY_NAMED, LEEDS, (Gap(LEEDS, None, Unfilled.NOBODY_NAMED),)
    )


def test_whoever_was_named_before_a_transfer_is_turned_to_no_more(staffing: Staffing) -> None:
    staffing.named("rel-1", staffing.employs("ada", LEEDS._replace(organisation="HLI")))

    assert found(staffing, Target.NAMED_WORKER).unfilled is Unfilled.NOBODY_NAMED


def test_whoever_covers_is_turned_to_instead_of_who_is_away(staffing: Staffing) -> None:
    for each in ("ada", "ben", "cal"):
        staffing.employs(each)
    staffing.named("rel-1", "ada")
    staffing.away("ada", "ben")
    assert ids(found(staffing, Target.NAMED_WORKER)) == ["ben"]

    staffing.away("ben", "cal")
    assert ids(found(staffing, Target.NAMED_WORKER)) == ["cal"]


def test_whoever_has_left_is_turned_to_no_more(staffing: Staffing) -> None:
    staffing.on(Post.DUTY, staffing.employs("ada", left_at=AT - timedelta(days=1)))

    answer = found(staffing, Target.DUTY_ROTA)

    assert (answer.staff, answer.unfilled) == ((), Unfilled.ABSENT_WITHOUT_COVER)


def test_a_shift_holds_at_its_instant_only(staffing: Staffing) -> None:
    staffing.on(Post.DUTY, staffing.employs("ada"), until=AT)
    staffing.on(Post.DUTY, staffing.employs("ben"), from_=AT)
    staffing.on(Post.DEPUTY, staffing.employs("cal"), until=AT)

    assert ids(found(staffing, Target.DUTY_ROTA)) == ["ben"]
    assert found(staffing, Target.DEPUTY).unfilled is Unfilled.EMPTY_ROTA


def test_the_owner_of_a_step_is_its_named_worker_else_whoever_is_on_duty(
    staffing: Staffing,
) -> None:
    staffing.on(Post.DUTY, staffing.employs("ada"))
    assert ids(found(staffing, Audience.STEP_OWNER)) == ["ada"]

    staffing.named("rel-1", staffing.employs("ben"))
    assert ids(found(staffing, Audience.STEP_OWNER)) == ["ben"]

    staffing.away("ben")
    assert ids(found(staffing, Audience.STEP_OWNER)) == ["ada"]


def test_all_four_parties_are_found_and_every_empty_one_is_named(staffing: Staffing) -> None:
    staffing.named("rel-1", staffing.employs("ada"))
    staffing.on(Post.DUTY, staffing.employs("kit", HARTLEPOOL), HARTLEPOOL)
    staffing.on(Post.DUTY, staffing.employs("nia", LEEDS_HEALTH), LEEDS_HEALTH)
    staffing.away("nia")

    answer = found(staffing, Audience.ALL_PARTIES, None)

    assert set(ids(answer)) == {"ada", "kit"}
    assert answer.gaps == (
        Gap(LEEDS_HEALTH, Post.DUTY, Unfilled.ABSENT_WITHOUT_COVER),
        Gap(SOUTH_TEES, Post.DUTY, Unfilled.EMPTY_ROTA),
    )


@pytest.mark.parametrize(
    ("target", "post"),
    [(Target.SERVICE_OWNER, Post.SERVICE_OWNER), (Audience.DEATH_LEAD, Post.DEATH_LEAD)],
)
def test_the_service_answers_where_the_organisation_has_nobody_of_its_own(
    staffing: Staffing, target: Target | Audience, post: Post
) -> None:
    assert found(staffing, target).gaps == (Gap(SERVICE_TEAM, post, Unfilled.EMPTY_ROTA),)

    staffing.on(post, staffing.employs("own", SERVICE_TEAM), SERVICE_TEAM)
    assert ids(found(staffing, target)) == ["own"]

    staffing.on(post, staffing.employs("leo"))
    assert ids(found(staffing, target)) == ["leo"]


def test_a_release_that_is_not_in_the_record_is_an_error(staffing: Staffing) -> None:
    with pytest.raises(LookupError, match="rel-9"):
        SqlDuty(staffing.database).recipients(Target.DUTY_ROTA, "rel-9", None, AT)


def tasks(database: Database) -> list[DataQualityTaskRow]:
    with database.read() as session:
        return list(session.execute(select(DataQualityTaskRow)).scalars())


def test_what_is_found_empty_is_one_task_while_it_is_open(database: Database) -> None:
    duty = SqlDuty(database)
    for release_id in ("rel-1", "rel-2"):
        duty.report(Unfilled.EMPTY_ROTA, LEEDS, Post.DUTY, release_id, AT)
        duty.report(Unfilled.NOBODY_NAMED, LEEDS, None, release_id, AT)
        duty.report(Unfilled.EMPTY_ROTA, Team("HLI", LEEDS.role), Post.DUTY, release_id, AT)

    found = tasks(database)

    assert {(each.organisation, each.post, each.reason) for each in found} == {
        ("LEI", Post.DUTY, TaskReason.EMPTY_ROTA),
        ("LEI", None, TaskReason.NOBODY_NAMED),
        ("HLI", Post.DUTY, TaskReason.EMPTY_ROTA),
    }
    assert len(found) == 3
    assert {each.severity for each in found} == {Severity.S3}
    assert {each.release_id for each in found} == {"rel-1"}
