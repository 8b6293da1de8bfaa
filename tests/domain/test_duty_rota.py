"""Who is on duty, who covers, and every way in which nobody is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.codes import Role
from domain.duty.posts import SERVICE_TEAM, Places, Post, Team, team_at, team_for
from domain.duty.rota import Absence, OnDuty, Unfilled, covered, on_duty
from domain.journey import Step
from tests.domain.duty_builders import LEEDS, MONDAY, absence, hours, shift

PEOPLE = ("ada", "ben", "cal", "dot")


def test_a_shift_holds_from_its_start_until_just_before_its_end() -> None:
    rota = [shift("ada", 0, 12), shift("ben", 12, 24)]

    def holder(hour: float) -> OnDuty | Unfilled:
        return on_duty(rota, [], LEEDS, Post.DUTY, MONDAY + hours(hour))

    assert holder(0) == OnDuty("ada", None)
    assert holder(11.99) == OnDuty("ada", None)
    assert holder(12) == OnDuty("ben", None)
    assert holder(24) is Unfilled.EMPTY_ROTA
    assert holder(-0.01) is Unfilled.EMPTY_ROTA


def test_a_post_of_another_team_or_another_post_of_this_one_fills_nothing() -> None:
    elsewhere = shift("ada", 0, None, team=Team("LEI", Role.HEALTHCARE))
    deputy = shift("ben", 0, None, post=Post.DEPUTY)

    assert on_duty([elsewhere, deputy], [], LEEDS, Post.DUTY, MONDAY) is Unfilled.EMPTY_ROTA


def test_cover_is_followed_to_its_end_and_says_for_whom() -> None:
    away = [absence("ada", 0, 24, "ben"), absence("ben", 0, 12, "cal")]
    rota = [shift("ada", 0, 24)]

    def holder(hour: float) -> OnDuty | Unfilled:
        return on_duty(rota, away, LEEDS, Post.DUTY, MONDAY + hours(hour))

    assert holder(6) == OnDuty("cal", "ada")
    assert holder(12) == OnDuty("ben", "ada")


def test_an_absence_without_cover_leaves_the_post_empty() -> None:
    assert covered([absence("ada", 0, None)], "ada", MONDAY) is Unfilled.ABSENT_WITHOUT_COVER
    chain = [absence("ada", 0, 24, "ben"), absence("ben", 0, 24)]
    assert covered(chain, "ada", MONDAY) is Unfilled.ABSENT_WITHOUT_COVER


def test_people_who_cover_for_one_another_while_both_are_away_are_a_loop() -> None:
    loop = [absence("ada", 0, 24, "ben"), absence("ben", 0, 24, "ada")]

    assert covered(loop, "ada", MONDAY) is Unfilled.COVER_LOOP
    assert covered([absence("ada", 0, 24, "ada")], "ada", MONDAY) is Unfilled.COVER_LOOP


def test_a_loop_further_down_the_chain_is_found_too() -> None:
    chain = [absence("ada", 0, 24, "ben"), absence("ben", 0, 24, "cal")]

    loop = covered([*chain, absence("cal", 0, 24, "ben")], "ada", MONDAY)

    assert loop is Unfilled.COVER_LOOP


def test_cover_that_somebody_arranged_wins_over_an_absence_without() -> None:
    away = [absence("ada", 0, 24, "ben"), absence("ada", 2, 24)]

    assert covered(away, "ada", MONDAY + hours(3)) == OnDuty("ben", "ada")


ABSENCES = st.lists(
    st.builds(
        absence,
        st.sampled_from(PEOPLE),
        st.integers(0, 10),
        st.one_of(st.none(), st.integers(11, 30)),
        st.one_of(st.none(), st.sampled_from(PEOPLE)),
    ),
    max_size=8,
)


@given(away=ABSENCES, who=st.sampled_from(PEOPLE), hour=st.integers(0, 40))
def test_nobody_who_is_away_is_ever_turned_to(away: list[Absence], who: str, hour: int) -> None:
    at = MONDAY + hours(hour)

    found = covered(away, who, at)

    absent = {
        each.staff_id
        for each in away
        if each.starts_at <= at and (each.ends_at is None or at < each.ends_at)
    }
    if isinstance(found, OnDuty):
        assert found.staff_id not in absent
        assert found.covers_for == (who if who in absent else None)
    else:
        assert who in absent


PLACES = Places("LEI", "N54LDS", "cds-leeds")


def test_a_step_belongs_to_the_team_of_its_owner_where_the_release_is_worked() -> None:
    assert team_for(Step.SCREENING, PLACES) == LEEDS
    assert team_for(Step.PRESCRIPTION, PLACES) == Team("LEI", Role.HEALTHCARE)
    assert team_for(Step.LICENCE, PLACES) == Team("N54LDS", Role.PROBATION)
    assert team_for(Step.ENGAGEMENT, PLACES) == Team("cds-leeds", Role.PROVIDER)
    assert team_for(None, PLACES) == LEEDS


def test_while_no_service_is_known_the_team_that_must_refer_is_turned_to() -> None:
    assert team_for(Step.APPOINTMENT, PLACES._replace(service=None)) == LEEDS


def test_once_the_prisons_aftercare_is_over_its_open_work_is_the_successors() -> None:
    def team(step: Step) -> Team:
        return team_for(step, PLACES, handed_over=True)

    assert team(Step.PRESCRIPTION) == Team("cds-leeds", Role.PROVIDER)
    assert team(Step.HANDOVER) == Team("N54LDS", Role.PROBATION)
    assert team(Step.ENGAGEMENT) == Team("cds-leeds", Role.PROVIDER)
    assert team(Step.SCREENING) == LEEDS


def test_the_service_itself_has_one_team_wherever_the_release_is() -> None:
    assert team_at(Role.ADMIN, PLACES) == SERVICE_TEAM
