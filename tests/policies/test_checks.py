"""A document of the right shape that would page nobody, too late, or against the law."""

from __future__ import annotations

import pytest

from infra.policies.problems import Path
from tests.policies.documents import LEFT_OUT, problems_with

ENGAGEMENT: Path = ("steps", "engagement")
APPOINTMENT: Path = ("steps", "appointment")
S1: Path = ("chains", "S1")
LIMITS: Path = ("cover", "limits")
RULE: Path = ("day_of_release", "rule")


def refused(path: Path, value: object, message: str, at: Path | None = None) -> None:
    found = {found_path: said for _, found_path, said in problems_with((path, value))}

    assert message in found[".".join(map(str, at or path))]


@pytest.mark.parametrize(
    ("path", "anchor"),
    [
        # Its own answer: it would be due only once it is done.
        (("steps", "screening", "due"), "screened"),
        # Known only after the gate, so that nothing would be due before it.
        (("steps", "prescription", "due"), "release"),
        (("steps", "referral", "answer"), "expected_release"),
        (("steps", "handover", "answer"), "referral_sent"),
        (("steps", "first_contact", "after_miss"), "appointment"),
        (("steps", "first_contact", "without_appointment"), "appointment"),
        ((*ENGAGEMENT, "due"), "treatment_start"),
        ((*ENGAGEMENT, "warnings", 0), "treatment_start"),
        (("steps", "retention", "due"), "release"),
        (("steps", "review", "due"), "start"),
    ],
)
def test_a_due_time_counts_from_a_fact_that_its_step_has(path: Path, anchor: str) -> None:
    refused((*path, "anchor"), anchor, "no fact that this counts from; use ")


def test_the_facts_that_a_step_can_count_from_are_listed() -> None:
    refused(("steps", "retention", "due", "anchor"), "release", "use treatment_start")


def test_work_before_the_gate_is_not_due_after_it() -> None:
    refused(("steps", "prescription", "due", "count"), 5, "0 or less")


def test_nothing_is_due_before_the_fact_it_counts_from() -> None:
    refused(("steps", "plan", "due", "count"), -5, "0 or more")


def test_a_wall_time_for_hours_is_refused_as_it_would_be_ignored() -> None:
    refused(("steps", "screening", "due", "at"), "17:00", "means nothing for hours")


@pytest.mark.parametrize(
    "path",
    [
        ("steps", "referral", "answer"),
        ("steps", "handover", "answer"),
        ("steps", "first_contact", "after_miss"),
        ("steps", "first_contact", "without_appointment"),
        ("steps", "screening", "late_start"),
    ],
)
def test_a_step_keeps_falling_due_after_its_first_event(path: Path) -> None:
    refused(path, LEFT_OUT, "is missing; without it")


def test_a_due_time_that_nothing_reads_is_refused() -> None:
    rule = {
        "anchor": "start",
        "clock": "hours",
        "count": 1,
        "cite": {"source": "R1", "certainty": "default"},
    }

    refused(("steps", "plan", "answer"), rule, "nothing reads this")


@pytest.mark.parametrize(
    ("number", "count", "message"),
    [
        (1, 22, "no earlier than the due time"),
        (1, 7, "earliest first"),
        (1, 6, "earliest first"),
    ],
)
def test_warnings_come_in_order_and_before_the_lapse(
    number: int,
    count: int,
    message: str,
) -> None:
    at = (*ENGAGEMENT, "warnings", number)

    refused((*at, "count"), count, message, at=at)


def test_a_warning_at_the_very_moment_of_the_lapse_is_none() -> None:
    at = (*ENGAGEMENT, "warnings", 1)
    moment = {"anchor": "release", "clock": "calendar_days", "count": 21}
    cite = {"source": "R1", "certainty": "default"}

    refused(at, moment | {"at": "end_of_day", "cite": cite}, "no earlier than the due time")
    assert problems_with((at, moment | {"at": "09:00", "cite": cite})) == []


def test_working_days_are_compared_with_calendar_days_as_weeks_run() -> None:
    at = (*ENGAGEMENT, "warnings", 1)

    found = problems_with(((*at, "clock"), "working_days"), ((*at, "count"), 16))

    assert [message for _, _, message in found] == [
        "comes no earlier than the due time it warns of",
    ]
    assert problems_with(((*at, "clock"), "working_days"), ((*at, "count"), 14)) == []


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((*APPOINTMENT, "raised", 0, "to"), "S2", "more severe than the step's own S2"),
        ((*APPOINTMENT, "raised", 0, "to"), "S3", "more severe than the step's own S2"),
        ((*APPOINTMENT, "raised", 1, "when"), "opiate_treatment", "is listed above"),
        (("steps", "naloxone", "raised", 0, "when"), "first_fourteen_days", None),
        (("steps", "plan", "raised", 0, "when"), "first_fourteen_days", "never holds here"),
    ],
)
def test_a_raised_severity_is_more_severe_and_can_come_about(
    path: Path,
    value: str,
    message: str | None,
) -> None:
    if message is None:
        assert problems_with((path, value)) == []
    else:
        refused(path, value, message)


def test_the_most_severe_condition_is_listed_first() -> None:
    found = problems_with(
        ((*APPOINTMENT, "severity"), "S3"),
        ((*APPOINTMENT, "raised", 0, "to"), "S2"),
    )

    assert [path for _, path, _ in found] == ["steps.appointment.raised.1.to"]


@pytest.mark.parametrize("value", ["01:00", "01:59"])
@pytest.mark.parametrize(
    "path",
    [
        ("hours", "opens"),
        ("short_notice", "by"),
        ("chains", "S2", "again", "at"),
    ],
)
def test_no_wall_time_lies_in_the_hour_that_the_clocks_change(path: Path, value: str) -> None:
    refused(path, value, "happens twice or never")


def test_a_due_time_in_the_hour_that_the_clocks_change_is_refused() -> None:
    rule: Path = ("steps", "plan", "due")

    refused((*rule, "at"), "01:30", "happens twice or never")


@pytest.mark.parametrize("value", ["17:00Z", "17:00+01:00"])
@pytest.mark.parametrize(
    "path",
    [("steps", "plan", "due", "at"), (*ENGAGEMENT, "warnings", 0, "at"), ("hours", "closes")],
)
def test_a_wall_time_has_no_zone_of_its_own(path: Path, value: str) -> None:
    found = problems_with((path, value))

    assert [(found_path, "without a zone" in said) for _, found_path, said in found] == [
        (".".join(map(str, path)), True),
    ]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((*S1, "levels", 0, "wait", "unit"), "working_hours", "stands still"),
        ((*S1, "lease", "unit"), "working_days", "stands still"),
        ((*S1, "again", "every"), "week", "must be day"),
        ((*S1, "levels", 2, "channels"), ["worklist", "email"], "makes no sound"),
        (("chains", "S2", "levels", 0, "channels"), ["sms", "sms"], "twice"),
    ],
)
def test_the_ladder_of_a_life_neither_sleeps_nor_whispers(
    path: Path,
    value: object,
    message: str,
) -> None:
    refused(path, value, message)


@pytest.mark.parametrize(
    ("path", "wait"),
    [
        ((*S1, "levels", 1, "wait"), {"count": 241, "unit": "minutes"}),
        (("chains", "S2", "levels", 1, "wait"), {"count": 9, "unit": "working_hours"}),
        (("chains", "S3", "levels", 1, "wait"), {"count": 4, "unit": "working_days"}),
    ],
)
def test_to_acknowledge_never_hastens_the_next_level(path: Path, wait: object) -> None:
    refused(path, wait, "longer than the lease")


def test_what_is_more_severe_climbs_at_least_as_fast() -> None:
    wait = {"count": 2, "unit": "working_days"}

    found = problems_with(
        (("chains", "S2", "levels", 0, "wait"), wait),
        (("chains", "S2", "lease"), wait),
    )

    assert [path for _, path, _ in found] == ["chains.S2.levels.0.wait"]


def test_two_severities_may_climb_at_the_same_pace() -> None:
    wait = {"count": 1, "unit": "working_days"}

    assert problems_with((("chains", "S2", "levels", 0, "wait"), wait)) == []


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((*LIMITS, "instalment_form_days"), 15, "R47"),
        ((*LIMITS, "first_supply_within_days"), 29, "R49"),
        ((*LIMITS, "gate_supply_days"), 6, "R44"),
        ((*LIMITS, "weekly_depot_days"), 8, "R59"),
        ((*LIMITS, "monthly_depot_days"), 29, "R59"),
        ((*LIMITS, "weekly_window_days"), 3, "R60"),
        ((*LIMITS, "monthly_window_days"), 8, "R60"),
        ((*RULE, "most_working_days"), 3, "R97"),
        ((*RULE, "presumed_working_days"), 3, "not be more than most_working_days"),
        ((*RULE, "served_at_least_days"), 27, "R99"),
        ((*RULE, "eligible_types"), ["automatic", "parole"], "must not name parole"),
    ],
)
def test_no_figure_is_laxer_than_the_law_or_the_product_allows(
    path: Path,
    value: object,
    message: str,
) -> None:
    refused(path, value, message)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((*LIMITS, "instalment_form_days"), 7),
        ((*LIMITS, "gate_supply_days"), 14),
        ((*RULE, "most_working_days"), 1),
        ((*RULE, "eligible_types"), ["automatic"]),
    ],
)
def test_a_figure_may_be_stricter_than_the_law(path: Path, value: object) -> None:
    assert problems_with((path, value)) == []


def test_a_citation_of_no_figure_is_refused() -> None:
    cite = {"source": "R1", "certainty": "default"}

    refused(("cover", "cites", "takeaway_days"), cite, "cites no figure")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("engagement", "window_to_day"), 20, "engagement.window_to_day, which is 20"),
        (("steps", "engagement", "due", "count"), 20, "engagement.window_to_day, which is 21"),
        (("steps", "engagement", "due", "clock"), "working_days", "must be calendar_days"),
        (("steps", "engagement", "due", "at"), "17:00", "must be end_of_day"),
        (("engagement", "retention_days"), 90, "engagement.retention_days, which is 90"),
    ],
)
def test_a_step_lapses_when_the_window_of_its_rate_closes(
    path: Path,
    value: object,
    message: str,
) -> None:
    found = problems_with((path, value))

    assert any(message in said for _, _, said in found)
