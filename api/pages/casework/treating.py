"""Treatment in the community: its start, how it stands later, or that it never began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import on, own_service
from api.pages.casework.fields import Choice, Day, Field, Option, options
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled, typed_day
from api.pages.dates import day
from domain.journey import Step


def _start_fields(case: Case) -> Sequence[Field]:
    return (
        Day("on", "When did structured treatment start?", "Date treatment started"),
        own_service(case),
    )


def _start(answers: Answers, _case: Case) -> Made:
    return {"kind": "record_treatment_start", "on": answers["on"], "service": answers["service"]}


def _start_filled(case: Case) -> Filled:
    live = case.state.live_referral
    return {"service": live.service if live else case.state.service or ""}


def _cannot_start(case: Case) -> str | None:
    if case.state.released is None:
        return "The person has not been released yet."
    if case.state.treatment_start is not None:
        return (
            f"Treatment started on {day(case.state.treatment_start.on)}. Correct it if it is wrong."
        )
    return None


def _correct_fields(_case: Case) -> Sequence[Field]:
    right = Day("on", "On which day?", "Date treatment started")
    return (
        Choice(
            "started",
            "Did treatment start?",
            (
                Option("yes", "Yes, on another day", inside=(right,)),
                Option("no", "No, it never started"),
            ),
            "Select whether treatment started",
        ),
        Choice(
            "reason", "Why is it corrected?", options(words.WRONG), "Select why it is corrected"
        ),
    )


def _correct(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "correct_treatment_start",
        "on": answers["on"] if answers.is_yes("started") else None,
        "reason": answers["reason"],
    }


def _correct_filled(case: Case) -> Filled:
    start = case.state.treatment_start
    return typed_day("on", start.on) if start else {}


def _nothing_to_correct(case: Case) -> str | None:
    if case.state.treatment_start is None:
        return "No treatment start is recorded yet. Record it instead."
    return None


def _retention_fields(_case: Case) -> Sequence[Field]:
    return (
        Choice(
            "outcome", "How does treatment stand?", options(words.RETENTION), "Select how it stands"
        ),
        on("On which day was that so?", "Date"),
    )


def _retention(answers: Answers, _case: Case) -> Made:
    return {"kind": "record_retention", "on": answers["on"], "outcome": answers["outcome"]}


def _no_retention(case: Case) -> str | None:
    if case.state.treatment_start is None:
        return "No treatment start is recorded. Record it before the twelve-week answer."
    if case.state.retention is not None:
        return "The twelve-week answer is recorded already."
    return None


def _end_fields(_case: Case) -> Sequence[Field]:
    return (
        Choice(
            "reason",
            "Why will treatment not start?",
            options(words.ENDED),
            "Select why it will not start",
        ),
        on("When was this decided?", "Date of the decision"),
    )


def _end(answers: Answers, _case: Case) -> Made:
    return {"kind": "end_journey", "on": answers["on"], "reason": answers["reason"]}


def _cannot_end(case: Case) -> str | None:
    if not case.account.subject.manager:
        return "Only a manager can decide this. Ask yours."
    if case.state.treatment_start is not None:
        return "Treatment has started. Record how it stands after twelve weeks instead."
    return None if case.state.released else "The person has not been released yet."


FORMS: Final = (
    Form(
        kinds=("record_treatment_start",),
        title="Record the start of treatment",
        step=Step.ENGAGEMENT,
        intro="Structured treatment counts, not a booking or a first meeting.",
        fields=_start_fields,
        make=_start,
        filled=_start_filled,
        obstacle=_cannot_start,
        said="The start of treatment is recorded.",
    ),
    Form(
        kinds=("correct_treatment_start",),
        title="Correct the start of treatment",
        step=Step.ENGAGEMENT,
        intro="Rates of the past are put right as well. The old answer stays in the history.",
        fields=_correct_fields,
        make=_correct,
        filled=_correct_filled,
        obstacle=_nothing_to_correct,
        said="The start of treatment is corrected.",
        is_aside=True,
    ),
    Form(
        kinds=("record_retention",),
        title="Record how treatment stands",
        step=Step.RETENTION,
        intro="Asked twelve weeks after treatment started, or when it ended before that.",
        fields=_retention_fields,
        make=_retention,
        filled=today_filled,
        obstacle=_no_retention,
        said="It is recorded how treatment stands.",
    ),
    Form(
        kinds=("end_journey",),
        title="Decide that treatment will not start",
        step=Step.ENGAGEMENT,
        intro="This closes the record, and the person counts as not having come to treatment.",
        fields=_end_fields,
        make=_end,
        filled=today_filled,
        obstacle=_cannot_end,
        said="The record is closed: treatment did not start.",
        button="Close the record",
        is_grave=True,
    ),
)
