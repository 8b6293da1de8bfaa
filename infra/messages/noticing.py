"""Notices in SQL: written with their cause by the projection, read back for routing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.journey import Step
from domain.policy import Channel
from domain.state import Phase, StepStatus
from infra.database.tables import (
    AppointmentRow,
    EscalationRow,
    NoticeRow,
    ReleaseRow,
    StepRow,
    table_of,
)
from infra.database.upsert import dialect_of, insert_into
from notifications.messages import NoticeStatus
from notifications.notices import Notice, Template
from notifications.standing import Ladder, Noted, Standing

_NOTICES: Final = table_of(NoticeRow)


def enqueue(session: Session, notices: Sequence[Notice], now: datetime) -> tuple[str, ...]:
    """Write notices that are not there yet, and return the ids of those still queued, in order."""
    if not notices:
        return ()
    statement = insert_into(_NOTICES, dialect_of(session)).on_conflict_do_nothing()
    session.execute(statement, [_row(each, now) for each in notices])
    ids = [each.id for each in notices]
    queued = select(NoticeRow.id).where(
        NoticeRow.id.in_(ids), NoticeRow.status == NoticeStatus.QUEUED
    )
    waiting = set(session.execute(queued).scalars())
    return tuple(each for each in ids if each in waiting)


def _row(notice: Notice, now: datetime) -> dict[str, Any]:
    return {
        **notice._asdict(),
        "channels": list(notice.channels),
        "status": NoticeStatus.QUEUED,
        "created_at": now,
        "moved_at": now,
    }


def noted(session: Session, notice_id: str) -> Noted | None:
    """Return a notice with what its release adds to it; None when it is unknown."""
    query = (
        select(NoticeRow, ReleaseRow.reference, ReleaseRow.prison, ReleaseRow.policy_version)
        .join(ReleaseRow, ReleaseRow.id == NoticeRow.release_id)
        .where(NoticeRow.id == notice_id)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else _noted(*found)


def _noted(row: NoticeRow, reference: str, prison: str, policy_version: str) -> Noted:
    return Noted(
        id=row.id,
        release_id=row.release_id,
        reference=reference,
        prison=prison,
        template=Template(row.template),
        audience=row.audience,
        severity=row.severity,
        channels=tuple(Channel(each) for each in row.channels),
        step=Step(row.step) if row.step else None,
        ladder=row.ladder,
        level=row.level,
        about=row.about,
        created_at=row.created_at,
        policy_version=policy_version,
    )


def standing(session: Session, notice: Noted) -> Standing:
    """Return how a notice's release stands now."""
    release = session.execute(
        select(ReleaseRow.phase, ReleaseRow.died_on, ReleaseRow.leaves_on).where(
            ReleaseRow.id == notice.release_id
        )
    ).one()
    step = session.execute(
        select(StepRow.status, StepRow.due_at).where(
            StepRow.release_id == notice.release_id, StepRow.step == notice.step
        )
    ).one_or_none()
    return Standing(
        is_closed=release.phase is Phase.CLOSED,
        died=release.died_on is not None,
        leaves_on=release.leaves_on,
        is_step_open=step is not None and step.status is StepStatus.OPEN,
        due_at=step.due_at if step else None,
        ladder=_ladder(session, notice),
        appointment_at=_last_appointment(session, notice),
    )


def _last_appointment(session: Session, notice: Noted) -> datetime | None:
    if notice.step is not Step.FIRST_CONTACT:
        return None
    passed = select(func.max(AppointmentRow.at)).where(
        AppointmentRow.release_id == notice.release_id, AppointmentRow.at <= notice.created_at
    )
    return session.execute(passed).scalar_one()


def _ladder(session: Session, notice: Noted) -> Ladder | None:
    if notice.step is None:
        return None
    newest = (
        select(EscalationRow.number, EscalationRow.level, EscalationRow.status)
        .where(EscalationRow.release_id == notice.release_id, EscalationRow.step == notice.step)
        .order_by(EscalationRow.number.desc())
        .limit(1)
    )
    found = session.execute(newest).one_or_none()
    return None if found is None else Ladder(found.number, found.level, found.status)
