"""What a notice to the person leaving prison becomes: which texts, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.calendars import WorkingCalendar
from domain.london_time import london_date, london_instant
from domain.policy import Channel, Delivery, Severity
from notifications.catalogue import Wording, at_fields
from notifications.messages import MessageStatus, Planned, RecipientKind, message_id
from notifications.notices import Template
from notifications.standing import Noted

SHORTLY_BEFORE = timedelta(hours=1)
"""A text that would come within this time of the appointment helps nobody."""


class Appointment(NamedTuple):
    """The appointment that a notice is about; `moved` when an earlier one was told of before."""

    at: datetime
    moved: bool


class About(NamedTuple):
    """Whom a notice is to, and about what.

    Attributes:
        phone: The number that people may call with questions.
    """

    person_id: str
    forename: str
    phone: str
    appointment: Appointment | None


def plan(
    noted: Noted, about: About, delivery: Delivery, calendar: WorkingCalendar, now: datetime
) -> tuple[Planned, ...]:
    """Return the texts that a notice stands for, earliest first; those whose time is past are not.

    An appointment is told of at once, two working days before, and on the morning of the day.
    """
    found = _texts(noted.template, about.appointment, delivery, calendar, now)
    return tuple(_planned(noted, about, wording, due_at) for wording, due_at in found)


def _texts(
    template: Template,
    appointment: Appointment | None,
    delivery: Delivery,
    calendar: WorkingCalendar,
    now: datetime,
) -> Iterator[tuple[Wording, datetime]]:
    if template is Template.HELLO:
        yield Wording.FIRST_TEXT, now
    elif appointment is None:
        return
    elif template is Template.APPOINTMENT_MISSED:
        yield Wording.APPOINTMENT_MISSED, now
    elif appointment.at > now + SHORTLY_BEFORE:
        moved = appointment.moved
        yield (Wording.APPOINTMENT_MOVED if moved else Wording.APPOINTMENT_BOOKED), now
        yield from _reminders(appointment.at, delivery, calendar, now)


def _reminders(
    at: datetime, delivery: Delivery, calendar: WorkingCalendar, now: datetime
) -> Iterator[tuple[Wording, datetime]]:
    on = london_date(at)
    before = calendar.add_working_days(on, -delivery.person_reminder_working_days)
    reminder_at = london_instant(before, delivery.person_opens)
    if london_date(now) < before:
        yield Wording.APPOINTMENT_REMINDER, reminder_at
    morning = london_instant(on, delivery.person_opens)
    if london_date(now) < on and morning + SHORTLY_BEFORE <= at:
        yield Wording.APPOINTMENT_DAY, morning


def _planned(noted: Noted, about: About, wording: Wording, due_at: datetime) -> Planned:
    fields = {"forename": about.forename, "phone": about.phone}
    if about.appointment is not None and wording is not Wording.FIRST_TEXT:
        fields |= at_fields(about.appointment.at)
    if wording is Wording.APPOINTMENT_MISSED:
        fields.pop("at", None)
    return Planned(
        id=message_id(f"{noted.id}.{wording}", about.person_id, Channel.SMS),
        notice_id=noted.id,
        release_id=noted.release_id,
        kind=RecipientKind.PERSON,
        recipient=about.person_id,
        channel=Channel.SMS,
        attempt=1,
        wording=wording,
        fields=fields,
        severity=Severity.S3,
        status=MessageStatus.QUEUED,
        due_at=due_at,
    )
