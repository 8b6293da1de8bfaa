"""Rules in words, as pages and listings show them."""

from __future__ import annotations

from datetime import time

import pytest

from domain.policy import (
    Again,
    Anchor,
    Certainty,
    Citation,
    Clock,
    Condition,
    DueRule,
    Severity,
    Unit,
    Wait,
)
from domain.wording import (
    ANCHORS,
    CONDITIONS,
    SEVERITIES,
    again_in_words,
    counted,
    reminder_in_words,
    rule_in_words,
    wait_in_words,
)

CITE = Citation(source="R1", certainty=Certainty.DEFAULT)
FIVE = time(17)


def a_rule(anchor: Anchor, clock: Clock, count: int, at: time | None = None) -> DueRule:
    return DueRule(anchor=anchor, clock=clock, count=count, at=at or "end_of_day", cite=CITE)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            a_rule(Anchor.EXPECTED_RELEASE, Clock.WORKING_DAYS, -5, FIVE),
            "5 working days before the expected release, by 17:00",
        ),
        (
            a_rule(Anchor.EXPECTED_RELEASE, Clock.WORKING_DAYS, -1, FIVE),
            "1 working day before the expected release, by 17:00",
        ),
        (
            a_rule(Anchor.EXPECTED_RELEASE, Clock.CALENDAR_DAYS, 0, time(18)),
            "on the day of the expected release, by 18:00",
        ),
        (
            a_rule(Anchor.RELEASE, Clock.CALENDAR_DAYS, 21),
            "21 days after release, by the end of the day",
        ),
        (a_rule(Anchor.RECEPTION, Clock.HOURS, 72), "72 hours after reception"),
        (a_rule(Anchor.INCIDENT, Clock.HOURS, 1), "1 hour after the incident"),
        (a_rule(Anchor.INCIDENT, Clock.HOURS, 0), "the moment of the incident"),
    ],
)
def test_a_due_time_reads_as_a_phrase(rule: DueRule, words: str) -> None:
    assert rule_in_words(rule) == words


def test_a_reminder_goes_out_at_its_time_and_not_by_it() -> None:
    rule = a_rule(Anchor.RELEASE, Clock.CALENDAR_DAYS, 7, time(9))

    assert reminder_in_words(rule) == "7 days after release, at 09:00"


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (Wait(count=15, unit=Unit.MINUTES), "15 minutes"),
        (Wait(count=4, unit=Unit.WORKING_HOURS), "4 working hours"),
        (Wait(count=1, unit=Unit.WORKING_DAYS), "1 working day"),
    ],
)
def test_a_wait_reads_as_a_length_of_time(wait: Wait, words: str) -> None:
    assert wait_in_words(wait) == words


def test_a_rhythm_names_its_day_and_time() -> None:
    assert again_in_words(Again(every="day", at=time(9))) == "every day at 09:00"
    assert again_in_words(Again(every="week", at=time(9, 30))) == "every Monday at 09:30"


def test_one_thing_is_no_plural() -> None:
    assert (counted(1, "sign"), counted(2, "sign")) == ("1 sign", "2 signs")


def test_everything_a_policy_can_name_has_words() -> None:
    assert set(ANCHORS) == set(Anchor)
    assert set(CONDITIONS) == set(Condition)
    assert set(SEVERITIES) == set(Severity)
    for clock in Clock:
        assert "_" not in rule_in_words(a_rule(Anchor.START, clock, 2))
    for unit in Unit:
        assert "_" not in wait_in_words(Wait(count=2, unit=unit))
