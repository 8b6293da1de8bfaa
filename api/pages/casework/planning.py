"""The resettlement plan: an action for each need, and what came of each action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import OWNERS, on
from api.pages.casework.fields import Choice, Day, Field, Group, Option, Text, options, yes_no
from api.pages.casework.form import Answers, Case, Form, Made, today_filled
from api.pages.dates import day
from api.pages.roles import ROLES
from domain.access_detail import CLINICAL_ROLES
from domain.codes import Pathway, Role
from domain.facts import PathwayStatus, PlanAction
from domain.journey import Step


def needs(case: Case) -> list[Pathway]:
    """Return the pathways on which support is required, in their order."""
    required = PathwayStatus.SUPPORT_REQUIRED
    found = case.state.answers
    return [each for each in Pathway if each in found and found[each].status is required]


def _plan_fields(case: Case) -> Sequence[Field]:
    contingency = Choice(
        "contingency",
        "What happens if the person starts to use again?",
        options(words.CONTINGENCIES),
        None,
        hint="Needed for somebody believed drug free after using opiates",
    )
    return (
        on("When was this agreed?", "Date of the plan"),
        *(_need(each, case) for each in needs(case)),
        *((contingency,) if case.account.role in CLINICAL_ROLES else ()),
    )


def _need(pathway: Pathway, case: Case) -> Group:
    name = pathway.value
    known = [each for each in case.state.actions if each.pathway is pathway]
    hint = "; ".join(described(each) for each in known) or "No action yet"
    action = (
        Choice(
            f"owner_{name}",
            "Who will do it?",
            tuple(Option(role.value, ROLES[role]) for role in OWNERS),
            "Select who will do it",
        ),
        Day(f"due_{name}", "By when?", "Date it is due"),
        Text(f"what_{name}", "What will they do?", "Enter what they will do"),
    )
    label = "Add another action?" if known else "Add an action?"
    return Group(
        name, words.PATHWAYS[pathway], (yes_no(f"add_{name}", label, None, if_yes=action),), hint
    )


def described(action: PlanAction) -> str:
    """Return an action in a few words."""
    came_of_it = words.OUTCOMES[action.outcome].lower() if action.outcome else "open"
    return f"{ROLES[action.owner]} by {day(action.due_on)}: {came_of_it}"


def _plan(answers: Answers, case: Case) -> Made:
    actions = [
        {
            "id": f"act-{case.seq}-{each.value}",
            "pathway": each.value,
            "owner": answers[f"owner_{each.value}"],
            "due_on": answers[f"due_{each.value}"],
            "note": answers.note(f"what_{each.value}"),
        }
        for each in Pathway
        if answers.is_yes(f"add_{each.value}")
    ]
    if not actions and answers["contingency"] is None and needs(case):
        answers.refuse("", "Add at least one action")
    return {
        "kind": "record_plan",
        "on": answers["on"],
        "actions": actions,
        "contingency": answers["contingency"],
    }


def _no_screening(case: Case) -> str | None:
    if not case.state.is_answered(Step.SCREENING):
        return "The screening is not complete. Record it before the plan."
    return None


def open_actions(case: Case) -> list[PlanAction]:
    """Return the open actions that the account's team may close."""
    role = case.account.role
    own = [each for each in case.state.actions if role in (Role.RESETTLEMENT, each.owner)]
    return [each for each in own if each.outcome is None]


def _outcome_fields(case: Case) -> Sequence[Field]:
    listed = tuple(
        Option(each.id, words.PATHWAYS[each.pathway], hint=described(each))
        for each in open_actions(case)
    )
    return (
        Choice("action", "Which action?", listed, "Select the action"),
        Choice(
            "outcome",
            "What came of it?",
            options(words.OUTCOMES),
            "Select what came of it",
            hint="A referral that was only sent is not an outcome",
        ),
        on("When was that?", "Date of the outcome"),
    )


def _outcome(answers: Answers, _case: Case) -> Made:
    return {
        "kind": "record_action_outcome",
        "on": answers["on"],
        "action": answers["action"],
        "outcome": answers["outcome"],
    }


def _no_action(case: Case) -> str | None:
    return None if open_actions(case) else "No action of the plan is waiting for your team."


FORMS: Final = (
    Form(
        kinds=("record_plan",),
        title="Add to the resettlement plan",
        step=Step.PLAN,
        intro="Each need has an action, with who will do it and the day by which it is done.",
        fields=_plan_fields,
        make=_plan,
        filled=today_filled,
        obstacle=_no_screening,
        said="The plan is recorded.",
        button="Save plan",
    ),
    Form(
        kinds=("record_action_outcome",),
        title="Record what came of an action",
        step=Step.PLAN,
        fields=_outcome_fields,
        make=_outcome,
        filled=today_filled,
        obstacle=_no_action,
        said="The action is closed.",
        is_aside=True,
    ),
)
