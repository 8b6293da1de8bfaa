"""Notices to the person leaving prison, routed: their texts written down with their times."""

from __future__ import annotations

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from activities.delivery_ports import Due, Policies
from domain.calendars import WorkingCalendar
from domain.facts import AppointmentStatus
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import (
    AppointmentRow,
    MessageRow,
    NoticeRow,
    PersonRow,
    ReleaseRow,
    table_of,
)
from infra.messages import planning
from notifications.messages import MessageStatus, NoticeStatus
from notifications.person_plan import About, Appointment, plan
from notifications.standing import Noted


class SqlPersonNotices:
    """Notices to the person in SQL; implements `activities.delivery_ports.PersonNotices`."""

    def __init__(
        self,
        database: Database,
        policies: Policies,
        calendar: WorkingCalendar,
        phone: str,
        clock: Clock = utc_now,
    ) -> None:
        """Use the people in `database`; `phone` is whom texts say may be called."""
        self._database = database
        self._policies = policies
        self._calendar = calendar
        self._phone = phone
        self._clock = clock

    def route(self, noted: Noted) -> tuple[Due, ...]:
        """Write the messages that a notice stands for, once; returns those still to be sent."""
        now = self._clock()
        delivery = self._policies.policy(noted.policy_version).delivery
        with self._database.write() as session:
            locked = select(NoticeRow.status).where(NoticeRow.id == noted.id).with_for_update()
            if session.execute(locked).scalar_one() is not NoticeStatus.QUEUED:
                return _still_queued(session, noted.id)
            about = self._about(session, noted)
            planned = plan(noted, about, delivery, self._calendar, now) if about else ()
            planning.write(session, planned, now, noted.policy_version)
            notices = table_of(NoticeRow)
            routed = {"status": NoticeStatus.ROUTED, "moved_at": now}
            session.execute(update(notices).where(notices.c.id == noted.id).values(**routed))
            return planning.due(planned)

    def _about(self, session: Session, noted: Noted) -> About | None:
        query = (
            select(PersonRow.id, PersonRow.forename)
            .join(ReleaseRow, ReleaseRow.person_id == PersonRow.id)
            .where(ReleaseRow.id == noted.release_id)
        )
        person = session.execute(query).one_or_none()
        if person is None:
            return None
        return About(person.id, person.forename, self._phone, _appointment(session, noted))


def _appointment(session: Session, noted: Noted) -> Appointment | None:
    query = select(AppointmentRow.at, AppointmentRow.service).where(
        AppointmentRow.release_id == noted.release_id, AppointmentRow.id == noted.about
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    return Appointment(found.at, _replaces_another(session, noted, found.service))


def _replaces_another(session: Session, noted: Noted, service: str) -> bool:
    """Return whether the person had been told of one with the same service that was cancelled."""
    earlier = exists().where(
        AppointmentRow.release_id == noted.release_id,
        AppointmentRow.id != noted.about,
        AppointmentRow.service == service,
        AppointmentRow.status == AppointmentStatus.CANCELLED,
        AppointmentRow.told_on.is_not(None),
    )
    return bool(session.execute(select(earlier)).scalar_one())


def _still_queued(session: Session, notice_id: str) -> tuple[Due, ...]:
    query = select(MessageRow).where(
        MessageRow.notice_id == notice_id, MessageRow.status == MessageStatus.QUEUED
    )
    return tuple(
        Due(each.id, each.channel, each.severity, each.due_at)
        for each in session.execute(query).scalars()
    )
