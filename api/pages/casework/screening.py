"""Screening and the treatment picture: seven pathways, and whether treatment is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import on
from api.pages.casework.fields import Boxes, Choice, Field, Group, Option, Text, options
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled
from domain.access_detail import CLINICAL_ROLES
from domain.codes import Pathway
from domain.facts import PathwayStatus
from domain.journey import Step

_FACTS: Final = {
    "opiate_treatment": "On medicine for opiate dependence now",
    "opiate_history": "Has used opiates before",
    "believed_drug_free": "Believed drug free after using opiates",
}
_NEEDED: Final = "Select whether treatment is needed"


def _pathway(pathway: Pathway, case: Case) -> Choice:
    name = pathway.value
    known = case.state.answers.get(pathway)
    hint = f"Recorded: {words.PATHWAY_ANSWERS[known.status].lower()}" if known else ""
    return Choice(
        f"status_{name}",
        words.PATHWAYS[pathway],
        tuple(_answer(status, name) for status in PathwayStatus),
        None,
        hint or "Leave this empty if you have not asked yet",
    )


def _answer(status: PathwayStatus, name: str) -> Option:
    inside: list[Field] = []
    suffix = f"{status.value}_{name}"
    if status is PathwayStatus.SUPPORT_REQUIRED:
        inside.append(
            Text(f"why_{name}", "Why is support required?", "Enter why support is required")
        )
    inside.append(
        Boxes(
            f"sources_{suffix}",
            "Where did you learn this?",
            options(words.SOURCES),
            "Select where you learnt this",
            hint="Check more than what the person says",
        )
    )
    return Option(status.value, words.PATHWAY_ANSWERS[status], inside=tuple(inside))


def _picture(case: Case, *, may_wait: bool) -> Choice:
    """Return the questions about treatment; substances are asked of clinicians only (R124)."""
    detail: tuple[Field, ...]
    if case.account.role in CLINICAL_ROLES:
        detail = (
            Boxes(
                "substances",
                "Which substances?",
                options(words.SUBSTANCES),
                "Select the substances",
            ),
        )
    else:
        detail = (
            Choice(
                "stated_group",
                "Which group do they belong to?",
                options(words.GROUPS),
                "Select the group",
                hint="Healthcare records the substances themselves",
            ),
        )
    answers: tuple[Option, ...] = (
        Option("needed", "Yes", inside=detail),
        Option("not_needed", "No"),
        Option("not_yet_known", "It is not known yet"),
    )
    if may_wait:
        answers += (Option("leave", "Leave the answer as it is"),)
    return Choice("need", "Is drug or alcohol treatment needed?", answers, _NEEDED)


def _history(case: Case) -> tuple[Field, ...]:
    if case.account.role not in CLINICAL_ROLES:
        return ()
    return (
        Boxes("facts", "Does any of this apply?", options(_FACTS), hint="Select all that apply"),
    )


def _screening_fields(case: Case) -> Sequence[Field]:
    return (
        on("When was the person screened?", "Date of the screening"),
        *(_pathway(each, case) for each in Pathway),
        Group(
            "treatment",
            "Treatment",
            (_picture(case, may_wait=True), *_history(case)),
        ),
    )


def picture_of(answers: Answers) -> Made:
    """Return the treatment picture that was answered."""
    facts = answers["facts"] or ()
    return {
        "need": answers["need"],
        "substances": answers["substances"] or [],
        "stated_group": answers["stated_group"],
        **{name: name in facts for name in _FACTS},
    }


def _screening(answers: Answers, _case: Case) -> Made:
    found = [each for name in Pathway if (each := _found(name, answers)) is not None]
    wanted = answers["need"] not in (None, "leave")
    if answers["facts"] and not wanted:
        answers.refuse("need", f"{_NEEDED}, because something that you ticked belongs to it")
    if not found and not wanted:
        answers.refuse("", "Answer at least one pathway, or whether treatment is needed")
    return {
        "kind": "record_screening",
        "on": answers["on"],
        "answers": found,
        "treatment": picture_of(answers) if wanted else None,
    }


def _found(pathway: Pathway, answers: Answers) -> Made | None:
    name = pathway.value
    status = answers[f"status_{name}"]
    if status is None:
        return None
    return {
        "pathway": name,
        "status": status,
        "sources": answers[f"sources_{status}_{name}"],
        "why_note": answers.note(f"why_{name}"),
    }


def _filled(case: Case) -> Filled:
    return {**today_filled(case), "need": "leave"}


def _picture_filled(case: Case) -> Filled:
    known = case.state.treatment
    if known is None:
        return {}
    return {
        "need": known.need.value,
        "substances": [each.value for each in known.substances],
        "stated_group": known.stated_group.value if known.stated_group else "",
        "facts": [name for name in _FACTS if getattr(known, name)],
    }


def _correction_fields(case: Case) -> Sequence[Field]:
    return (
        _picture(case, may_wait=False),
        *_history(case),
        Choice(
            "reason", "Why is it corrected?", options(words.WRONG), "Select why it is corrected"
        ),
    )


def _correction(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "correct_treatment_picture",
        "treatment": picture_of(answers),
        "reason": answers["reason"],
    }


def _no_picture(case: Case) -> str | None:
    if case.state.treatment is None and case.state.released is None:
        return "No treatment need is recorded yet. Record the screening instead."
    return None


FORMS: Final = (
    Form(
        kinds=("record_screening",),
        title="Record the screening",
        step=Step.SCREENING,
        intro="Answer what you know. You can come back for the rest.",
        fields=_screening_fields,
        make=_screening,
        filled=_filled,
        said="The screening is recorded.",
        button="Save screening",
    ),
    Form(
        kinds=("correct_treatment_picture",),
        title="Correct the treatment need",
        step=Step.SCREENING,
        intro="Every step that depends on it is worked out again. The history keeps the old one.",
        fields=_correction_fields,
        make=_correction,
        filled=_picture_filled,
        obstacle=_no_picture,
        said="The treatment need is corrected.",
        is_aside=True,
    ),
)
