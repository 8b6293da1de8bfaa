"""Every form, by its address; and which of them somebody is offered for a release."""

from __future__ import annotations

from typing import Final

from api.asking import KINDS
from api.pages.casework import (
    answering,
    appointments,
    harm,
    leaving,
    licence,
    living,
    medicine,
    moving,
    planning,
    referring,
    screening,
    treating,
)
from api.pages.casework.form import Case, Form
from domain.access_table import AFTER_RELEASE, COMMANDS, team_of
from domain.commands import CORRECTIONS
from domain.journey import Step

_TOPICS: Final = (
    *(screening.FORMS, planning.FORMS, referring.FORMS, medicine.FORMS, appointments.FORMS),
    *(leaving.FORMS, licence.FORMS, treating.FORMS, harm.FORMS, moving.FORMS, living.FORMS),
)
EVENTS: Final = {kind: form for topic in _TOPICS for form in topic for kind in form.kinds}
"""The forms at `/cases/{id}/events/{kind}`, by every command they can make."""

ANSWERS: Final = {(each.step, each.kind): each for each in answering.FORMS}
"""The forms at `/cases/{id}/steps/{step}/{kind}`."""

PAGES_OF_THEIR_OWN: Final = {
    "record_near_miss": "near-miss",
    "send_handover": "pack/send",
    "acknowledge_handover": "pack/acknowledge",
}
"""Commands with a page that is not described here, and where it is under `/cases/{id}/`."""

STEPS_OF_THEIR_OWN: Final = {Step.HANDOVER: "pack"}
"""The same for steps."""

ESCALATION_KINDS: Final = frozenset({"acknowledge_escalation", "pass_on_escalation"})
"""Commands that are buttons of an escalation's page."""


def address_of(form: Form, release_id: str) -> str:
    """Return where a form is."""
    if (form.step, form.kind) in ANSWERS:
        return f"/cases/{release_id}/steps/{form.step}/{form.kind}"
    return f"/cases/{release_id}/events/{form.kind}"


def is_for(form: Form, case: Case) -> bool:
    """Return whether the account may save this form, as far as the release tells."""
    if not case.state.is_open and not any(KINDS[kind] in CORRECTIONS for kind in form.kinds):
        return False
    role, released = case.account.role, case.state.released is not None
    kinds = COMMANDS[role] | (AFTER_RELEASE.get(role, frozenset()) if released else frozenset())
    if not any(KINDS[kind] in kinds for kind in form.kinds):
        return False
    return not is_another_teams(form, case)


def is_another_teams(form: Form, case: Case) -> bool:
    """Return whether a form answers a step that another team answers for."""
    if form.step is None or (form.step, form.kind) not in ANSWERS:
        return False
    released = case.state.released is not None
    return case.account.role not in team_of(form.step, released=released)


def of_step(step: Step, case: Case) -> list[Form]:
    """Return the forms of a step that the account can use now, what it needs next first."""
    forms = dict.fromkeys([*EVENTS.values(), *answering.FORMS])
    own = (each for each in forms if each.step is step)
    return [each for each in own if is_for(each, case) and each.obstacle(case) is None]


def first_of(step: Step, case: Case) -> Form | None:
    """Return the form that an open step needs next from the account's team; None without one."""
    own = (each for each in of_step(step, case) if each in EVENTS.values())
    leading = [each for each in own if not (each.is_aside or each.is_grave)]
    waiting = [each for each in leading if not each.is_settled(case)]
    return next(iter(waiting or leading), None)


_ARISING: Final = frozenset({Step.REVIEW, Step.SAFEGUARDING})


def happenings(case: Case) -> list[Form]:
    """Return the forms of what happens unplanned, as far as the account can use them now."""
    forms = dict.fromkeys(EVENTS.values())
    own = (each for each in forms if each.step is None or each.step in _ARISING)
    return [each for each in own if is_for(each, case) and each.obstacle(case) is None]
