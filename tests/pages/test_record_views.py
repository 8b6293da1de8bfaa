"""What the pages of a record are made of, without a page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.pages.record.missing import in_words, missing
from api.pages.record.steps import Reading, next_of, steps_of
from api.pages.record.strip import strip_of
from domain.access_detail import redacted, summary_of
from domain.codes import Nation, Role
from domain.commands import SendReferral
from domain.cover import TakeHome, check_cover
from domain.journey import JOURNEY, Step
from domain.state import Release
from tests.builders import Journey, at, the_rules

RELEASE_ON = date(2026, 12, 1)


def a_reading(state: Release, role: Role = Role.HEALTHCARE) -> Reading:
    return Reading(
        state=state,
        shown=redacted(state, role),
        care=summary_of(state),
        rules=the_rules(),
        role=role,
        now=at(date(2026, 9, 8)),
    )


@pytest.mark.parametrize("step", list(Step))
def test_every_step_that_can_be_open_says_what_it_waits_for(step: Step) -> None:
    state = Journey().state
    known = state.steps[Step.SCREENING]
    state = state.model_copy(update={"steps": {**state.steps, step: known}})

    for role in (Role.HEALTHCARE, Role.PROBATION):
        said = missing(redacted(state, role), step, summary_of(state))
        assert said is not None
        assert said.endswith(".")
        assert "_" not in said


def test_every_step_of_the_journey_is_listed_in_order_and_one_is_next() -> None:
    steps = steps_of(a_reading(Journey().state))

    assert [each.step for each in steps] == [each.step for each in JOURNEY]
    following = next_of(steps).earlier
    assert following is not None
    assert following.step is Step.SCREENING
    assert following.rule is not None
    assert following.rule.source


def test_what_the_readers_team_does_next_comes_before_what_others_do_earlier() -> None:
    steps = steps_of(a_reading(Journey().state, Role.RESETTLEMENT))
    own, earlier = next_of(steps)

    assert own is not None
    assert own.step is Step.SCREENING
    assert earlier is None, "theirs is due first of all"

    own, earlier = next_of(steps_of(a_reading(Journey().state, Role.HEALTHCARE)))

    assert own is not None
    assert own.is_mine
    assert earlier is not None
    assert earlier.step is Step.SCREENING


def test_a_step_with_its_first_fact_is_in_progress_until_it_is_nearly_due() -> None:
    journey = Journey()
    journey.submit(SendReferral(on=journey.now.date(), service="cds-hartlepool"))
    tags = {each.step: each.tag.text for each in steps_of(a_reading(journey.state))}

    assert tags[Step.REFERRAL] == "In progress"
    assert tags[Step.ESSENTIALS] == "Not started"


def test_when_work_is_due_does_not_depend_on_who_looks() -> None:
    state = Journey().state

    times = {
        role: [(each.step, each.due_at) for each in steps_of(a_reading(state, role))]
        for role in (Role.HEALTHCARE, Role.PROBATION, Role.RESETTLEMENT, Role.PROVIDER)
    }

    assert len({tuple(each) for each in times.values()}) == 1


def test_an_uncovered_day_is_named_in_words() -> None:
    report = check_cover(
        [TakeHome(from_on=RELEASE_ON, days=2)],
        nation=Nation.ENGLAND,
        from_on=RELEASE_ON,
        until_on=RELEASE_ON + timedelta(days=3),
        pharmacy=None,
        calendar=the_rules().calendar,
    )

    strip = strip_of(report)

    assert [each.is_covered for each in strip.days] == [True, True, False, False]
    assert [each.text for each in strip.days][-1] == "Nothing"
    assert strip.sentence == (
        "2 days have no medicine: Thursday 3 December 2026 and Friday 4 December 2026."
    )
    assert not strip.is_continuous
    assert any("Nothing covers" in each or "nothing covers" in each for each in strip.problems)


def test_lists_read_as_people_say_them() -> None:
    assert in_words([]) == ""
    assert in_words(["id"]) == "ID"
    assert in_words(["gp", "bank_account", "travel"]) == "GP, bank account and travel"
