"""What a role sees of a release in its scope (R124, R125).

Clinicians see clinical detail, justice staff the criteria of a licence condition, both the rest.
Deny by default: a kind of event that is not listed here shows none of its data to anybody but
clinicians. A new fact that is clinical, or that speaks of offending, changes this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from domain.access_table import CASEWORK_ROLES
from domain.codes import Role, TreatmentNeed
from domain.events import Event, EventKind
from domain.facts import LicenceCondition, ReleaseRecord
from domain.journey import Step
from domain.state import Release, StepState

CLINICAL_ROLES: Final = frozenset({Role.HEALTHCARE, Role.PROVIDER})
JUSTICE_ROLES: Final = frozenset({Role.RESETTLEMENT, Role.PROBATION})

CLINICAL_FIELDS: Final = frozenset(
    {"treatment", "contingency", "prescription", "last_dose", "naloxone"}
)
"""Fields of `Release` that only clinical roles see; the others get a `CareSummary`."""

CLINICAL_STEPS: Final = frozenset({Step.PRESCRIPTION, Step.NALOXONE})
"""Steps whose coded reason tells of health: that somebody has no opiate history, for example."""

_INTERNAL: Final = frozenset({"requests"})
_CLINICAL_PARTS: Final = {"last_supervised_dose_on": None, "naloxone_in_hand": False}


class CareSummary(NamedTuple):
    """What everybody who works with a person may know of their care (R125)."""

    treatment_need: TreatmentNeed
    prescription_arranged: bool
    naloxone_offered: bool


def summary_of(release: Release) -> CareSummary:
    """Return the yes and no of a person's care, with nothing behind it."""
    need = release.treatment.need if release.treatment else TreatmentNeed.NOT_YET_KNOWN
    return CareSummary(
        treatment_need=need,
        prescription_arranged=release.prescription is not None,
        naloxone_offered=release.naloxone is not None,
    )


def visible_fields(role: Role) -> frozenset[str]:
    """Return the fields of `Release` that `role` sees; none for roles that see no person."""
    if role not in CASEWORK_ROLES:
        return frozenset()
    shown = frozenset(Release.model_fields) - _INTERNAL
    return shown if role in CLINICAL_ROLES else shown - CLINICAL_FIELDS


def redacted(release: Release, role: Role) -> Release:
    """Return the release as `role` may see it: what is hidden is as if it was never recorded.

    Raises:
        ValueError: The role sees no release at all; a caller forgot to ask `may_read`.
    """
    shown = visible_fields(role)
    if not shown:
        msg = f"{role} sees no release"
        raise ValueError(msg)
    fields = Release.model_fields
    hidden = {
        name: fields[name].get_default(call_default_factory=True) for name in set(fields) - shown
    }
    if role in CLINICAL_ROLES:
        return release.model_copy(update=hidden | {"conditions": _without_criteria(release)})
    nested = {"steps": _without_reasons(release), "released": _without_dose(release.released)}
    return release.model_copy(update=hidden | nested)


def _without_reasons(release: Release) -> dict[Step, StepState]:
    return {
        step: state.model_copy(update={"reason": None}) if step in CLINICAL_STEPS else state
        for step, state in release.steps.items()
    }


def _without_dose(record: ReleaseRecord | None) -> ReleaseRecord | None:
    return record.model_copy(update=_CLINICAL_PARTS) if record else None


def _without_criteria(release: Release) -> dict[Any, LicenceCondition]:
    return {
        key: each.model_copy(update={"criteria": None}) for key, each in release.conditions.items()
    }


_NOTHING: Final[frozenset[str]] = frozenset()

_CLINICAL_DATA: Final[Mapping[EventKind, frozenset[str] | None]] = {
    EventKind.RELEASE_STARTED: CLINICAL_FIELDS | _INTERNAL | {"steps"},
    EventKind.SCREENING_RECORDED: frozenset({"treatment"}),
    EventKind.PLAN_RECORDED: frozenset({"contingency"}),
    EventKind.PRESCRIPTION_ARRANGED: None,
    EventKind.LAST_DOSE_CONFIRMED: None,
    EventKind.NALOXONE_RECORDED: None,
    EventKind.TREATMENT_PICTURE_CORRECTED: None,
    EventKind.RELEASED: frozenset(_CLINICAL_PARTS),
    EventKind.RELEASE_CORRECTED: frozenset(_CLINICAL_PARTS),
    **dict.fromkeys(
        (
            EventKind.ACTION_CLOSED,
            EventKind.REFERRAL_SENT,
            EventKind.REFERRAL_RECEIVED,
            EventKind.REFERRAL_ACCEPTED,
            EventKind.REFERRAL_REJECTED,
            EventKind.REFERRAL_WITHDRAWN,
            EventKind.APPOINTMENT_BOOKED,
            EventKind.APPOINTMENT_TOLD,
            EventKind.APPOINTMENT_CANCELLED,
            EventKind.APPOINTMENT_ATTENDED,
            EventKind.APPOINTMENT_MISSED,
            EventKind.CONTACT_ATTEMPTED,
            EventKind.ESSENTIALS_RECORDED,
            EventKind.CONDITION_REQUESTED,
            EventKind.CONDITION_EVIDENCED,
            EventKind.CONDITION_REFUSED,
            EventKind.CONDITION_WITHDRAWN,
            EventKind.HANDOVER_SENT,
            EventKind.HANDOVER_ACKNOWLEDGED,
            EventKind.TREATMENT_STARTED,
            EventKind.TREATMENT_START_CORRECTED,
            EventKind.RETENTION_RECORDED,
            EventKind.STEP_COMPLETED,
            EventKind.STEP_NOT_NEEDED,
            EventKind.STEP_DECLINED,
            EventKind.STEP_MISSED,
            EventKind.STEP_OPENED,
            EventKind.STEP_REARMED,
            EventKind.OBSTACLE_REPORTED,
            EventKind.STEP_WARNED,
            EventKind.STEP_LAPSED,
            EventKind.ESCALATION_OPENED,
            EventKind.ESCALATION_RAISED,
            EventKind.ESCALATION_ACKNOWLEDGED,
            EventKind.ACKNOWLEDGEMENT_EXPIRED,
            EventKind.ESCALATION_EXHAUSTED,
            EventKind.ESCALATION_CLOSED,
            EventKind.RELEASE_DATE_MOVED,
            EventKind.TRANSFERRED,
            EventKind.DESTINATION_CHANGED,
            EventKind.HOSPITAL_ADMITTED,
            EventKind.HOSPITAL_DISCHARGED,
            EventKind.RECALLED,
            EventKind.DIED,
            EventKind.CANCELLED,
            EventKind.MERGED,
            EventKind.JOURNEY_ENDED,
            EventKind.RELEASE_CLOSED,
            EventKind.NEAR_MISS_RECORDED,
            EventKind.REVIEW_RECORDED,
            EventKind.EXPLOITATION_FLAGGED,
            EventKind.SAFEGUARDING_REFERRED,
            EventKind.POLICY_ADOPTED,
            EventKind.CALENDAR_SET,
        ),
        _NOTHING,
    ),
}
"""The keys of each kind of event that only clinical roles see; None is all of them."""


def redacted_event(event: Event, role: Role) -> Event:
    """Return the event as `role` may see it; that it happened, when and by whom is never hidden.

    Auditors read the trail without health or offending detail. The idempotency key and its digest
    serve the machinery only and are left out for everybody.
    """
    update = {"data": _shown_data(event, role), "key": None, "digest": None}
    return event.model_copy(update=update)


def _shown_data(event: Event, role: Role) -> dict[str, Any]:
    hidden: frozenset[str] | None = _INTERNAL
    if role not in CLINICAL_ROLES:
        hidden = _CLINICAL_DATA.get(event.kind)
    if hidden is None:
        return {}
    if role not in CLINICAL_ROLES and event.step in CLINICAL_STEPS:
        hidden |= {"reason"}
    if role not in JUSTICE_ROLES:
        hidden |= {"criteria"}
    return {key: value for key, value in event.data.items() if key not in hidden}
