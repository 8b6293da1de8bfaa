"""What a person leaves with, and the day itself: the essentials and the release."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import instant_of, on
from api.pages.casework.fields import Choice, Clock, Day, Field, Option, options, yes_no
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled, typed_day
from domain.facts import Essential, EssentialAnswer
from domain.journey import Step

_ARRANGED: Final = EssentialAnswer.ARRANGED


def _essentials_fields(case: Case) -> Sequence[Field]:
    return (
        *(_essential(each, case) for each in Essential),
        on("When was this so?", "Date"),
    )


def _essential(item: Essential, case: Case) -> Choice:
    known = case.state.essentials.get(item)
    recorded = words.ESSENTIAL_ANSWERS[known.answer].lower() if known else ""
    answers = tuple(
        Option(code.value, text, inside=() if code is _ARRANGED else (_why(item, code),))
        for code, text in words.ESSENTIAL_ANSWERS.items()
    )
    hint = f"Recorded: {recorded}" if known else "Leave this empty if it is not settled yet"
    return Choice(item.value, words.ESSENTIALS[item], answers, None, hint)


def _why(item: Essential, answer: EssentialAnswer) -> Choice:
    name = f"{item.value}_{answer.value}"
    return Choice(name, "Why?", options(words.NOT_ARRANGED), "Select why")


def _essentials(answers: Answers, _case: Case) -> Made:
    items = [
        {
            "item": each.value,
            "answer": answers[each.value],
            "reason": answers[f"{each.value}_{answers[each.value]}"],
        }
        for each in Essential
        if answers[each.value] is not None
    ]
    if not items:
        answers.refuse(Essential.FIRST_NIGHT_ADDRESS.value, "Answer at least one")
    return {"kind": "record_essentials", "on": answers["on"], "items": items}


def _release_fields(_case: Case) -> Sequence[Field]:
    return (
        Day("date", "When did the person leave?", "Date of the release"),
        Clock(
            "time",
            "At what time?",
            "Time of the release",
            "As near as you know, for example 9:30am",
        ),
        Choice("route", "How did they leave?", options(words.ROUTES), "Select how they left"),
        Day(
            "last_supervised_dose_on",
            "Last supervised dose (optional)",
            "Date of the last supervised dose",
            "Leave this empty if there was none",
            required=False,
        ),
        yes_no(
            "naloxone_in_hand",
            "Did they leave with naloxone in their hand?",
            "Select yes if they left with naloxone",
        ),
    )


def _release(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "record_release",
        "at": instant_of(answers),
        "route": answers["route"],
        "last_supervised_dose_on": answers["last_supervised_dose_on"],
        "naloxone_in_hand": answers.is_yes("naloxone_in_hand"),
    }


def _release_filled(case: Case) -> Filled:
    return {**typed_day("date", min(case.state.expected_on, case.today)), "route": "planned"}


def _left_already(case: Case) -> str | None:
    if case.state.released is not None:
        return "The release is recorded already. Correct it if it is wrong."
    return None


def _correct_fields(_case: Case) -> Sequence[Field]:
    return (
        Day("date", "When did the person really leave?", "Date of the release"),
        Clock("time", "At what time?", "Time of the release"),
        Choice(
            "reason", "Why is it corrected?", options(words.WRONG), "Select why it is corrected"
        ),
    )


def _correct(answers: Answers, _case: Case) -> Made:
    return {"kind": "correct_release", "at": instant_of(answers), "reason": answers["reason"]}


def _not_released(case: Case) -> str | None:
    return None if case.state.released else "No release is recorded yet. Record it instead."


FORMS: Final = (
    Form(
        kinds=("record_essentials",),
        title="Record the essentials",
        step=Step.ESSENTIALS,
        intro="Answer what is settled. You can come back for the rest.",
        fields=_essentials_fields,
        make=_essentials,
        filled=today_filled,
        said="The essentials are recorded.",
        button="Save essentials",
    ),
    Form(
        kinds=("record_release",),
        title="Record the release",
        step=Step.RELEASE,
        intro="Record it once the person has left. The three weeks to treatment count from then.",
        fields=_release_fields,
        make=_release,
        filled=_release_filled,
        obstacle=_left_already,
        said="The release is recorded.",
        button="Save release",
        at={"at": "date"},
    ),
    Form(
        kinds=("correct_release",),
        title="Correct the release",
        step=Step.RELEASE,
        intro="What counts from this day is counted anew. The old answer stays in the history.",
        fields=_correct_fields,
        make=_correct,
        obstacle=_not_released,
        said="The release is corrected.",
        at={"at": "date"},
        is_aside=True,
    ),
)
