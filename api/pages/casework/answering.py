"""Answers to a step itself: not needed, declined, or wanted after all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import on, only_on
from api.pages.casework.fields import Choice, Text, options
from api.pages.casework.form import Answers, Case, Form, Made, today_filled
from domain.answers import AUTOMATIC_REASONS
from domain.deciding.steps import MAY_BE_DECLINED, NOT_NEEDED_REASONS
from domain.journey import DEFINITIONS, Step
from domain.state import LadderStatus, StepStatus


def not_needed_words(step: Step) -> dict[str, str]:
    """Return the reasons that may be given for a step, in words."""
    allowed = NOT_NEEDED_REASONS.get(step, frozenset())
    return {code: text for code, text in words.NOT_NEEDED.items() if code in allowed}


def _command(kind: str, step: Step) -> Callable[[Answers, Case], Made]:
    def make(answers: Answers, _case: Case) -> Made:
        return {"kind": kind, "on": answers["on"], "step": step.value, "reason": answers["reason"]}

    return make


def _reopened(step: Step) -> Callable[[Answers, Case], Made]:
    def make(answers: Answers, _case: Case) -> Made:
        return {"kind": "reopen_step", "on": answers["on"], "step": step.value}

    return make


def _is_closed(step: Step) -> Callable[[Case], str | None]:
    def obstacle(case: Case) -> str | None:
        if case.state.is_answered(step):
            return "This step is answered already, or has not arisen."
        return None

    return obstacle


def _is_open(step: Step) -> Callable[[Case], str | None]:
    def obstacle(case: Case) -> str | None:
        known = case.state.steps.get(step)
        given = (StepStatus.NOT_NEEDED, StepStatus.DECLINED)
        if known is None or known.status not in given or known.reason in AUTOMATIC_REASONS:
            return "Nobody marked this step as not needed or declined."
        return None

    return obstacle


def _title(step: Step) -> str:
    return DEFINITIONS[step].title


def _not_needed(step: Step) -> Form:
    why = Choice("reason", "Why is it not needed?", options(not_needed_words(step)), "Select why")
    return Form(
        kinds=("mark_not_needed",),
        title=f"{_title(step)}: not needed",
        step=step,
        intro="The reason stays visible to everybody who works with this person.",
        fields=lambda _: (why, on("When was this decided?", "Date of the decision")),
        make=_command("mark_not_needed", step),
        filled=today_filled,
        obstacle=_is_closed(step),
        said="The step is marked as not needed.",
    )


def _declined(step: Step) -> Form:
    why = Choice(
        "reason", "What did the person say?", options(words.DECLINED), "Select what they said"
    )
    return Form(
        kinds=("record_declined",),
        title=f"{_title(step)}: declined by the person",
        step=step,
        intro="They still count as somebody who needed treatment. The step can be opened again.",
        fields=lambda _: (why, on("When did they decline?", "Date they declined")),
        make=_command("record_declined", step),
        filled=today_filled,
        obstacle=_is_closed(step),
        said="It is recorded that the person declined.",
    )


def _cannot(step: Step) -> Form:
    why = Choice("reason", "What is in the way?", options(words.OBSTACLES), "Select what it is")
    return Form(
        kinds=("report_obstacle",),
        title=f"{_title(step)}: something went wrong, or it cannot be done",
        step=step,
        intro="The step stays open. Whoever is above you in the escalation is told at once.",
        fields=lambda _: (
            why,
            Text("note", "What should they know? (optional)", None),
            on("When did this become clear?", "Date it became clear"),
        ),
        make=_obstacle(step),
        filled=today_filled,
        obstacle=_is_closed_or_escalated(step),
        said="It is escalated. Whoever is above you is told now.",
        button="Escalate this step",
    )


def _obstacle(step: Step) -> Callable[[Answers, Case], Made]:
    def make(answers: Answers, _case: Case) -> Made:
        asked = {"kind": "report_obstacle", "on": answers["on"], "step": step.value}
        return asked | {"reason": answers["reason"], "note": answers.note("note")}

    return make


def _is_closed_or_escalated(step: Step) -> Callable[[Case], str | None]:
    def obstacle(case: Case) -> str | None:
        ladder = case.state.escalations.get(step)
        if ladder is not None and ladder.status is not LadderStatus.CLOSED:
            return "This step is escalated already. Answer that escalation, or pass it on."
        return _is_closed(step)(case)

    return obstacle


def _reopen(step: Step) -> Form:
    return Form(
        kinds=("reopen_step",),
        title=f"{_title(step)}: wanted after all",
        step=step,
        fields=lambda _: only_on("When did this change?", "Date it changed"),
        make=_reopened(step),
        filled=today_filled,
        obstacle=_is_open(step),
        said="The step is open again.",
    )


FORMS: Final = (
    *(_not_needed(each) for each in Step if each in NOT_NEEDED_REASONS),
    *(_declined(each) for each in Step if each in MAY_BE_DECLINED),
    *(_cannot(each) for each in Step),
    *(_reopen(each) for each in Step if each in NOT_NEEDED_REASONS or each in MAY_BE_DECLINED),
)
"""One for each step that can be answered so."""
