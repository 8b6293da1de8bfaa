"""What each kind of event changes in the state; a new kind needs an entry in a table here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from domain.codes import HandoverParty, Nation
from domain.events import Event, EventKind
from domain.facts import (
    Appointment,
    ContactAttempt,
    EssentialItem,
    ExploitationFlag,
    Fact,
    Handover,
    LastDose,
    LicenceCondition,
    Naloxone,
    NearMissReview,
    PathwayAnswer,
    PlanAction,
    Prescription,
    Referral,
    ReleaseRecord,
    ReleaseRoute,
    Retention,
    TreatmentPicture,
    TreatmentStart,
)
from domain.state import (
    Closure,
    Escalation,
    LadderStatus,
    Phase,
    Release,
    StepState,
    StepStatus,
)

Change = dict[str, Any]

_ONE: Final[dict[EventKind, tuple[str, type[Fact]]]] = {
    EventKind.PRESCRIPTION_ARRANGED: ("prescription", Prescription),
    EventKind.LAST_DOSE_CONFIRMED: ("last_dose", LastDose),
    EventKind.NALOXONE_RECORDED: ("naloxone", Naloxone),
    EventKind.HANDOVER_SENT: ("handover", Handover),
    EventKind.HANDOVER_ACKNOWLEDGED: ("handover", Handover),
    EventKind.RELEASE_CORRECTED: ("released", ReleaseRecord),
    EventKind.TREATMENT_STARTED: ("treatment_start", TreatmentStart),
    EventKind.RETENTION_RECORDED: ("retention", Retention),
    EventKind.TREATMENT_PICTURE_CORRECTED: ("treatment", TreatmentPicture),
}
"""Facts of which a release has one; the newest stands."""

_MANY: Final[dict[EventKind, tuple[str, type[Any]]]] = {
    EventKind.ACTION_CLOSED: ("actions", PlanAction),
    EventKind.REFERRAL_SENT: ("referrals", Referral),
    EventKind.REFERRAL_RECEIVED: ("referrals", Referral),
    EventKind.REFERRAL_ACCEPTED: ("referrals", Referral),
    EventKind.REFERRAL_REJECTED: ("referrals", Referral),
    EventKind.REFERRAL_WITHDRAWN: ("referrals", Referral),
    EventKind.APPOINTMENT_BOOKED: ("appointments", Appointment),
    EventKind.APPOINTMENT_TOLD: ("appointments", Appointment),
    EventKind.APPOINTMENT_CANCELLED: ("appointments", Appointment),
    EventKind.APPOINTMENT_ATTENDED: ("appointments", Appointment),
    EventKind.APPOINTMENT_MISSED: ("appointments", Appointment),
    EventKind.NEAR_MISS_RECORDED: ("reviews", NearMissReview),
    EventKind.REVIEW_RECORDED: ("reviews", NearMissReview),
}
"""Facts of which a release has several, each with an id; the newest of an id stands."""

_FIELDS: Final[dict[EventKind, tuple[str, ...]]] = {
    EventKind.TRANSFERRED: ("prison",),
    EventKind.POLICY_ADOPTED: ("policy_version",),
    EventKind.MERGED: ("merged_into",),
}
"""Events that set plain fields of the state by name."""

_ANSWERED: Final = {
    EventKind.STEP_COMPLETED: StepStatus.DONE,
    EventKind.STEP_NOT_NEEDED: StepStatus.NOT_NEEDED,
    EventKind.STEP_DECLINED: StepStatus.DECLINED,
    EventKind.STEP_MISSED: StepStatus.MISSED,
}


def change_of(state: Release, event: Event) -> Change:
    """Return the fields of the state that `event` sets, by name."""
    if event.kind in _ONE:
        name, model = _ONE[event.kind]
        return {name: model.model_validate(event.data)}
    if event.kind in _MANY:
        name, model = _MANY[event.kind]
        return {name: _upsert(getattr(state, name), model.model_validate(event.data))}
    if event.kind in _FIELDS:
        return {name: event.data.get(name) for name in _FIELDS[event.kind]}
    if event.kind in _ANSWERED:
        return {"steps": _answer(state, event)}
    return _SPECIAL[event.kind](state, event)


def _upsert(known: tuple[Any, ...], new: Any) -> tuple[Any, ...]:  # noqa: ANN401
    if any(each.id == new.id for each in known):
        return tuple(new if each.id == new.id else each for each in known)
    return (*known, new)


def _step(state: Release, event: Event, **changes: Any) -> dict[Any, StepState]:  # noqa: ANN401
    assert event.step is not None  # noqa: S101 - every step event names its step
    old = state.steps.get(event.step) or StepState(armed_at=event.at)
    return {**state.steps, event.step: old.model_copy(update=changes)}


def _answer(state: Release, event: Event) -> dict[Any, StepState]:
    reason = event.data.get("reason")
    return _step(state, event, status=_ANSWERED[event.kind], on=event.on, reason=reason)


def _screening(state: Release, event: Event) -> Change:
    new = [PathwayAnswer.model_validate(each) for each in event.data["answers"]]
    change: Change = {"answers": {**state.answers, **{each.pathway: each for each in new}}}
    if event.data.get("treatment") is not None:
        change["treatment"] = TreatmentPicture.model_validate(event.data["treatment"])
    return change


def _plan(state: Release, event: Event) -> Change:
    actions = state.actions
    for each in event.data["actions"]:
        actions = _upsert(actions, PlanAction.model_validate(each))
    return {
        "actions": actions,
        "planned_on": event.on,
        "contingency": event.data.get("contingency") or state.contingency,
    }


def _released(state: Release, event: Event) -> Change:
    record = ReleaseRecord.model_validate(event.data)
    early = record.route is not ReleaseRoute.PLANNED or record.on < state.expected_on
    return {
        "released": record,
        "phase": Phase.COMMUNITY,
        "short_notice": state.short_notice or early,
    }


def _attempt(state: Release, event: Event) -> Change:
    return {"attempts": (*state.attempts, ContactAttempt.model_validate(event.data))}


def _essentials(state: Release, event: Event) -> Change:
    items = [EssentialItem.model_validate(each) for each in event.data["items"]]
    return {"essentials": {**state.essentials, **{each.item: each for each in items}}}


def _condition(state: Release, event: Event) -> Change:
    condition = LicenceCondition.model_validate(event.data)
    return {"conditions": {**state.conditions, condition.condition: condition}}


def _opened(state: Release, event: Event) -> Change:
    steps = _step(
        state,
        event,
        status=StepStatus.OPEN,
        armed_at=event.at,
        lapsed_at=None,
        on=None,
        reason=None,
    )
    return {"steps": steps}


def _rearmed(state: Release, event: Event) -> Change:
    return {"steps": _step(state, event, armed_at=event.at, lapsed_at=None, warnings=0)}


def _warned(state: Release, event: Event) -> Change:
    return {"steps": _step(state, event, warnings=event.data["number"])}


def _lapsed(state: Release, event: Event) -> Change:
    assert event.step is not None  # noqa: S101 - every step event names its step
    lapses = state.steps[event.step].lapses + 1
    return {"steps": _step(state, event, lapsed_at=event.at, lapses=lapses)}


def _ladder(state: Release, event: Event) -> Change:
    ladder = Escalation.model_validate(event.data)
    return {
        "escalations": {**state.escalations, ladder.step: ladder},
        "escalations_opened": max(state.escalations_opened, ladder.number),
    }


def _ladder_closed(state: Release, event: Event) -> Change:
    assert event.step is not None  # noqa: S101 - every ladder event names its step
    ladder = state.escalations[event.step].model_copy(update={"status": LadderStatus.CLOSED})
    return {"escalations": {**state.escalations, event.step: ladder}}


def _moved(state: Release, event: Event) -> Change:
    expected_on = date.fromisoformat(event.data["expected_on"])
    moved = expected_on != state.expected_on
    return {
        "scheduled_on": date.fromisoformat(event.data["scheduled_on"]),
        "expected_on": expected_on,
        "short_notice": event.data["short_notice"],
        "earlier_dates": (*state.earlier_dates, *([state.expected_on] if moved else ())),
    }


def _going_elsewhere(state: Release, event: Event) -> Change:
    names = ("destination", "probation_unit", "service")
    going = {name: event.data.get(name) for name in names}
    change: Change = {**going, "nation": Nation(event.data["nation"])}
    if state.handover is not None:
        change["handover"] = _unread_by_others(state, state.handover, going)
    return change


def _unread_by_others(state: Release, pack: Handover, going: dict[str, Any]) -> Handover:
    """Return the pack without the acknowledgements of parties that are no longer the person's."""
    others = set()
    if going["probation_unit"] != state.probation_unit:
        others.add(HandoverParty.PROBATION)
    if going["service"] != state.service:
        others.add(HandoverParty.COMMUNITY_DRUG_SERVICE)
    kept = {party: on for party, on in pack.acknowledged.items() if party not in others}
    return pack.model_copy(update={"acknowledged": kept})


def _closed(_: Release, event: Event) -> Change:
    return {
        "phase": Phase.CLOSED,
        "closure": Closure(event.data["closure"]),
        "closed_at": event.at,
    }


def _start_corrected(_: Release, event: Event) -> Change:
    start = TreatmentStart.model_validate(event.data["start"]) if event.data["start"] else None
    return {"treatment_start": start}


def _flagged(state: Release, event: Event) -> Change:
    return {"flags": (*state.flags, ExploitationFlag.model_validate(event.data))}


def _nothing(_state: Release, _event: Event) -> Change:
    return {}


_SPECIAL: Final[dict[EventKind, Callable[[Release, Event], Change]]] = {
    EventKind.SCREENING_RECORDED: _screening,
    EventKind.PLAN_RECORDED: _plan,
    EventKind.RELEASED: _released,
    EventKind.CONTACT_ATTEMPTED: _attempt,
    EventKind.ESSENTIALS_RECORDED: _essentials,
    EventKind.CONDITION_REQUESTED: _condition,
    EventKind.CONDITION_EVIDENCED: _condition,
    EventKind.CONDITION_REFUSED: _condition,
    EventKind.CONDITION_WITHDRAWN: _condition,
    EventKind.STEP_OPENED: _opened,
    EventKind.STEP_REARMED: _rearmed,
    EventKind.STEP_WARNED: _warned,
    EventKind.STEP_LAPSED: _lapsed,
    EventKind.ESCALATION_OPENED: _ladder,
    EventKind.ESCALATION_RAISED: _ladder,
    EventKind.ESCALATION_ACKNOWLEDGED: _ladder,
    EventKind.ACKNOWLEDGEMENT_EXPIRED: _ladder,
    EventKind.ESCALATION_EXHAUSTED: _ladder,
    EventKind.ESCALATION_CLOSED: _ladder_closed,
    EventKind.RELEASE_DATE_MOVED: _moved,
    EventKind.DESTINATION_CHANGED: _going_elsewhere,
    EventKind.HOSPITAL_ADMITTED: lambda _s, _e: {"in_hospital": True},
    EventKind.HOSPITAL_DISCHARGED: lambda _s, event: {
        "in_hospital": False,
        "discharged_on": event.on,
    },
    EventKind.RECALLED: lambda _s, event: {"returned_on": event.on},
    EventKind.DIED: lambda _s, event: {"died_on": event.on},
    EventKind.OBSTACLE_REPORTED: _nothing,
    EventKind.CANCELLED: _nothing,
    EventKind.JOURNEY_ENDED: _nothing,
    EventKind.CALENDAR_SET: _nothing,
    EventKind.RELEASE_CLOSED: _closed,
    EventKind.TREATMENT_START_CORRECTED: _start_corrected,
    EventKind.EXPLOITATION_FLAGGED: _flagged,
    EventKind.SAFEGUARDING_REFERRED: lambda _s, event: {"safeguarding_referred_on": event.on},
}
