"""A projection as rows: pure, so that what the read model shows can be read off in one place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from activities.contracts import Projection, StepDue
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import Step
from domain.policy import Severity
from domain.state import Release, StepState, StepStatus

Row = dict[str, Any]

WORKING: Final = (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER)
"""The roles whose teams answer for steps."""


def release_row(projection: Projection) -> Row:
    """Return the release's own row, but for what only the store knows."""
    state = projection.release
    copied = {each: getattr(state, each) for each in _COPIED}
    return {
        **copied,
        "id": state.release_id,
        "run": projection.run,
        "leaves_on": state.leaves_on,
        "next_wakeup_at": projection.next_wakeup_at,
        "snapshot": state.model_dump(mode="json"),
        **_outcomes(state),
        **_dues(state, projection.due),
    }


_COPIED = (
    *("seq", "policy_version", "phase", "closure", "prison", "destination", "nation"),
    *("probation_unit", "service", "release_type", "sex", "reception_on", "scheduled_on"),
    *("expected_on", "died_on", "returned_on", "short_notice", "in_hospital", "started_at"),
    "closed_at",
)


def _outcomes(state: Release) -> Row:
    released, picture = state.released, state.treatment
    started, retention = state.treatment_start, state.retention
    return {
        "released_on": released.on if released else None,
        "left_month": released.on.replace(day=1) if released else None,
        "treatment_need": picture.need if picture else None,
        "treatment_group": picture.group if picture else None,
        "opiate_treatment": state.has_opiate_treatment,
        "treatment_started_on": started.on if started else None,
        "engaged": _engaged(state.steps.get(Step.ENGAGEMENT)),
        "retention_outcome": retention.outcome if retention else None,
        "retained_on": retention.on if retention else None,
    }


def _engaged(step: StepState | None) -> bool | None:
    """Declining, or being told it is not needed, keeps a person in the denominator (R6)."""
    if step is None or step.status is StepStatus.OPEN:
        return None
    return step.status is StepStatus.DONE


def _dues(state: Release, due: tuple[StepDue, ...]) -> Row:
    ahead = [each for each in due if state.steps[each.step].lapsed_at is None]
    following = min(ahead, key=lambda each: (each.at, each.severity), default=None)
    return {
        "next_due_at": following.at if following else None,
        "next_due_step": following.step if following else None,
        "next_due_severity": following.severity if following else None,
        "worst_lapsed_severity": _worst_lapsed(state, due),
        **{f"{each}_due_at": _due_of_team(each, state, due) for each in WORKING},
    }


def _due_of_team(team: Role, state: Release, due: tuple[StepDue, ...]) -> datetime | None:
    """Return when a team's first open step is due; lapsed ones are due still."""
    released = state.released is not None
    theirs = (each.at for each in due if team in team_of(each.step, released=released))
    return min(theirs, default=None)


def _worst_lapsed(state: Release, due: tuple[StepDue, ...]) -> Severity | None:
    """The severity a lapse has now, or that of its ladder while the step waits for a fact."""
    now = {each.step: each.severity for each in due}
    laddered = {step: each.severity for step, each in state.escalations.items()}
    lapsed = (step for step, each in state.steps.items() if _is_lapsed(each))
    found = [now.get(step) or laddered.get(step) for step in lapsed] if state.is_open else []
    return min((each for each in found if each is not None), default=None)


def _is_lapsed(step: StepState) -> bool:
    return step.status is StepStatus.OPEN and step.lapsed_at is not None


def child_rows(projection: Projection) -> dict[str, list[Row]]:
    """Return the rows of every child table, by table; escalations apart."""
    state = projection.release
    found = {
        "steps": _steps(state, projection.due),
        "needs": [_need(each) for each in state.answers.values()],
        "actions": [dict(each) for each in state.actions],
        "referrals": [dict(each) for each in state.referrals],
        "prescriptions": _prescriptions(state),
        "appointments": [dict(each) for each in state.appointments],
    }
    key = {"release_id": state.release_id}
    return {table: [{**key, **row} for row in rows] for table, rows in found.items()}


def escalation_rows(state: Release) -> list[Row]:
    """Return the newest ladder of each step."""
    return [
        {
            "id": escalation_id(state.release_id, each.number),
            "release_id": state.release_id,
            **dict(each),
        }
        for each in state.escalations.values()
    ]


def escalation_id(release_id: str, number: int) -> str:
    """Return the id under which a ladder is acknowledged."""
    return f"{release_id}.{number}"


def _steps(state: Release, due: tuple[StepDue, ...]) -> list[Row]:
    by_step = {each.step: each for each in due}
    return [_step(step, each, by_step.get(step)) for step, each in state.steps.items()]


def _step(step: Step, state: StepState, due: StepDue | None) -> Row:
    return {
        "step": step,
        "status": state.status,
        "armed_at": state.armed_at,
        "lapsed_at": state.lapsed_at,
        "lapses": state.lapses,
        "warnings": state.warnings,
        "answered_on": state.on,
        "reason": state.reason,
        "due_at": due.at if due else None,
        "severity": due.severity if due else None,
        "anchor": due.anchor if due else None,
        "source": due.source[:200] if due else None,
        "compressed": due.compressed if due else False,
    }


def _need(answer: Any) -> Row:  # noqa: ANN401
    return {**dict(answer), "self_report_only": answer.self_report_only}


def _prescriptions(state: Release) -> list[Row]:
    given, dose = state.prescription, state.last_dose
    if given is None and dose is None:
        return []
    document = given.model_dump(mode="json") if given else {}
    confirmed: date | None = dose.confirmed_on if dose else None
    return [
        {
            "supplies": document.get("supplies", []),
            "pharmacy": document.get("pharmacy"),
            "prescriber_on": given.prescriber_on if given else None,
            "last_dose_confirmed_on": confirmed,
            "last_dose_with_prescriber": dose.with_prescriber if dose else None,
            "last_dose_with_pharmacy": dose.with_pharmacy if dose else None,
        }
    ]
