"""From records to resources: the one place where a release becomes what a role may see.

Everything is built from the redacted state, so a field that a role may not see is not there to be
shown by mistake. Only `clinical` is built from the whole, and only for the roles that may.
"""

from __future__ import annotations

from typing import Any, Final

from api import records
from api.schemas import (
    Care,
    ClinicalDetail,
    Escalation,
    Event,
    Person,
    Release,
    ReleaseDay,
    ReleaseStep,
    ReleaseSummary,
    RestrictedRow,
)
from domain import state as domain_state
from domain.access_detail import CLINICAL_ROLES, redacted, redacted_event, summary_of
from domain.codes import Role

_AS_THEY_ARE: Final = (
    *("phase", "closure", "closed_at", "nation", "prison", "destination", "probation_unit"),
    *("service", "release_type", "reception_on", "scheduled_on", "expected_on", "earlier_dates"),
    *("short_notice", "in_hospital", "started_at", "recorded_at", "policy_version"),
    *("previous_release", "merged_into", "died_on", "returned_on", "planned_on"),
    *("safeguarding_referred_on", "handover", "treatment_start", "retention"),
)
_LISTS: Final = ("actions", "referrals", "appointments", "attempts", "reviews", "flags")
_BY_KEY: Final = ("answers", "essentials", "conditions")


def release_view(detail: records.ReleaseDetail, role: Role) -> Release:
    """Return the release as `role` may see it."""
    shown = redacted(detail.state, role)
    fields: dict[str, Any] = {name: getattr(shown, name) for name in _AS_THEY_ARE}
    fields |= {name: list(getattr(shown, name)) for name in _LISTS}
    fields |= {name: list(getattr(shown, name).values()) for name in _BY_KEY}
    return Release(
        id=shown.release_id,
        reference=detail.reference,
        version=shown.seq,
        person=_person(detail.person),
        released=_release_day(shown),
        care=_care(detail),
        clinical=_clinical(detail.state) if role in CLINICAL_ROLES else None,
        steps=[_step(each, shown) for each in detail.steps],
        **fields,
    )


def _person(person: records.Person | None) -> Person | None:
    if person is None:
        return None
    return Person(
        prison_number=person.prison_number,
        crn=person.crn,
        forename=person.forename,
        surname=person.surname,
        date_of_birth=person.born_on,
        sex=person.sex,
        ethnicity=person.ethnicity,
        mobile=person.mobile,
    )


def _release_day(shown: domain_state.Release) -> ReleaseDay | None:
    record = shown.released
    return ReleaseDay(at=record.at, on=record.on, route=record.route) if record else None


def _care(detail: records.ReleaseDetail) -> Care:
    summary = summary_of(detail.state)
    return Care(
        treatment_need=summary.treatment_need,
        prescription_arranged=summary.prescription_arranged,
        covered_until=detail.covered_until,
        naloxone_offered=summary.naloxone_offered,
    )


def _clinical(state: domain_state.Release) -> ClinicalDetail:
    record = state.released
    return ClinicalDetail(
        treatment=state.treatment,
        contingency=state.contingency,
        prescription=state.prescription,
        last_dose=state.last_dose,
        naloxone=state.naloxone,
        last_supervised_dose_on=record.last_supervised_dose_on if record else None,
        naloxone_in_hand=record.naloxone_in_hand if record else None,
    )


def _step(row: records.StepRow, shown: domain_state.Release) -> ReleaseStep:
    known = shown.steps.get(row.step)
    return ReleaseStep(
        step=row.step,
        status=row.status,
        due_at=row.due_at,
        severity=row.severity,
        source=row.source,
        compressed=row.compressed,
        lapsed_at=row.lapsed_at,
        lapses=row.lapses,
        answered_on=known.on if known else None,
        reason=known.reason if known else None,
    )


def summary_view(row: records.ReleaseRow) -> ReleaseSummary | RestrictedRow:
    """Return one line of a list."""
    if row.restricted:
        return RestrictedRow()
    fields = {name: getattr(row, name) for name in ReleaseSummary.model_fields if name != "id"}
    return ReleaseSummary(id=row.release_id, **fields)


def escalation_view(row: records.EscalationRow) -> Escalation | RestrictedRow:
    """Return an escalation; which step lapsed is nothing clinical."""
    if row.restricted:
        return RestrictedRow()
    fields = {name: getattr(row, name) for name in Escalation.model_fields if name != "id"}
    return Escalation(id=row.escalation_id, **fields)


def event_view(recorded: records.RecordedEvent, role: Role) -> Event:
    """Return the event as `role` may see it."""
    shown = redacted_event(recorded.event, role)
    return Event(
        seq=shown.seq,
        kind=shown.kind,
        at=shown.at,
        on=shown.on,
        step=shown.step,
        actor=shown.actor,
        recorded_at=recorded.recorded_at,
        data=shown.data,
    )
