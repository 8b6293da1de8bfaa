"""From records to what one caller may see of staff and rotas."""

from __future__ import annotations

from datetime import datetime

from api import duty_records as records
from api.duty_schemas import (
    AbsenceList,
    Colleague,
    NamedWorker,
    PostHolder,
    QualityTask,
    Rota,
    Shift,
    StaffAbsence,
    StaffMember,
    WorkerList,
)
from domain.access import Subject
from domain.duty.access import looks_after
from domain.duty.posts import Team


def staff_view(record: records.StaffRecord, caller: Subject) -> StaffMember:
    """Return a member of staff, with their contacts for whoever looks after the team."""
    shown = looks_after(caller, record.team)
    return StaffMember(
        id=record.id,
        reference=record.reference,
        name=record.name,
        role=record.team.role,
        organisation=record.team.organisation,
        email=record.email if shown else None,
        mobile=record.mobile if shown else None,
        texts_stopped=record.texts_stopped if shown else None,
        account=record.account if shown else None,
        left_at=record.left_at,
    )


def colleague(record: records.StaffRecord) -> Colleague:
    """Return somebody by name and team only."""
    return Colleague(
        id=record.id,
        name=record.name,
        role=record.team.role,
        organisation=record.team.organisation,
    )


def rota_view(
    team: Team,
    at: datetime,
    holders: tuple[records.HolderRecord, ...],
    shifts: tuple[records.ShiftRecord, ...],
) -> Rota:
    """Return a team's rota."""
    return Rota(
        role=team.role,
        organisation=team.organisation,
        at=at,
        on_duty=[_holder(each) for each in holders],
        shifts=[
            Shift(
                post=each.post,
                staff=colleague(each.staff),
                starts_at=each.starts_at,
                ends_at=each.ends_at,
            )
            for each in shifts
        ],
    )


def _holder(record: records.HolderRecord) -> PostHolder:
    return PostHolder(
        post=record.post,
        staff=_optional(record.staff),
        covers_for=_optional(record.covers_for),
        unfilled=record.unfilled,
        until=record.until,
    )


def absences_view(
    staff: records.StaffRecord, absences: tuple[records.AbsenceRecord, ...]
) -> AbsenceList:
    """Return a person's absences."""
    items = [
        StaffAbsence(starts_at=each.starts_at, ends_at=each.ends_at, cover=_optional(each.cover))
        for each in absences
    ]
    return AbsenceList(staff=colleague(staff), items=items)


def workers_view(workers: tuple[records.WorkerRecord, ...]) -> WorkerList:
    """Return the named workers of a release."""
    return WorkerList(
        items=[NamedWorker(role=each.role, staff=colleague(each.staff)) for each in workers]
    )


def task_view(record: records.TaskRecord) -> QualityTask:
    """Return a task; which release showed it is left out, since it need not be in scope."""
    shown = record._asdict()
    team: Team = shown.pop("team")
    staff = _optional(shown.pop("staff"))
    return QualityTask(role=team.role, organisation=team.organisation, staff=staff, **shown)


def _optional(record: records.StaffRecord | None) -> Colleague | None:
    return None if record is None else colleague(record)
