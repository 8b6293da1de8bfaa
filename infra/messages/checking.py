"""The check before each send, with every fact read in the transaction that claims the message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from activities.delivery_ports import Policies
from domain.calendars import WorkingCalendar
from domain.london_time import london_date, london_instant
from domain.policy import Channel, Delivery, Severity
from infra.database.tables import MessageRow, OptOutRow, ReleaseRow, StaffRow
from infra.duty.absent import absences_along
from infra.messages import noticing, stops
from infra.messages.person_facts import language_of, person_answer
from notifications import suppression
from notifications.hours import Hours
from notifications.last_check import Answer, Fresh, Go, Later, Skip, may_go
from notifications.messages import RecipientKind
from notifications.standing import PAGES, overtaken

GIVEN_UP_AFTER: Final = timedelta(hours=24)
"""What has not gone out for a day says something of yesterday: it is not sent any more."""

A_MOMENT: Final = timedelta(minutes=1)
"""What is sent out of hours on purpose is not cut short by them."""


@dataclass(frozen=True)
class Checks:
    """Reads what a send depends on.

    Attributes:
        policies: For the figures that the release is pinned to.
        calendar: Working days.
        in_force: Returns the figures for messages that belong to no release.
    """

    policies: Policies
    calendar: WorkingCalendar
    in_force: Callable[[], Delivery]

    def answer(self, session: Session, row: MessageRow, now: datetime) -> Answer:
        """Return whether a message may go now."""
        if row.due_at < now - GIVEN_UP_AFTER:
            return Skip("expired")
        if (reason := self._overtaken(session, row)) is not None:
            return Skip(reason)
        if row.kind is RecipientKind.PERSON:
            return person_answer(session, row, self.delivery(session, row), now)
        return self._for_staff(session, row, now)

    def delivery(self, session: Session, row: MessageRow) -> Delivery:
        """Return the figures that a message follows."""
        version = session.execute(
            select(ReleaseRow.policy_version).where(ReleaseRow.id == row.release_id)
        ).scalar_one_or_none()
        return self.policies.policy(version).delivery if version else self.in_force()

    def language(self, session: Session, row: MessageRow) -> str:
        """Return the language that a recipient wants: "en" or "cy"."""
        if row.kind is RecipientKind.STAFF:
            return "en"
        return language_of(session, row.recipient)

    def valid_for(self, row: MessageRow, delivery: Delivery, now: datetime) -> timedelta:
        """Return how long a provider may go on trying, so that a text does not ring at night."""
        most = timedelta(minutes=delivery.text_valid_minutes)
        if row.kind is RecipientKind.PERSON:
            # What goes out in quiet hours answers somebody who has just written.
            return suppression.valid_for(now, delivery) or most
        left = london_instant(london_date(now), delivery.staff_closes) - now
        return most if row.severity is Severity.S1 or left < A_MOMENT else min(most, left)

    def _overtaken(self, session: Session, row: MessageRow) -> str | None:
        if row.notice_id is None:
            return None
        noted = noticing.noted(session, row.notice_id)
        if noted is None:
            return "unknown_notice"
        return overtaken(noted, noticing.standing(session, noted))

    def _for_staff(self, session: Session, row: MessageRow, now: datetime) -> Answer:
        stopped = stops.stopped_until(session, row.channel, now)
        answer = may_go(_fresh(session, row, now), row.channel, row.severity, stopped)
        if not isinstance(answer, Go) or row.severity is Severity.S1:
            return answer
        hours = Hours(self.delivery(session, row), self.calendar)
        open_at = hours.next_open(now)
        return (
            answer if open_at <= now or _on_purpose(row, hours) else Later("out_of_hours", open_at)
        )


def _on_purpose(row: MessageRow, hours: Hours) -> bool:
    """Return whether a message was meant to go at any hour: an answer, or a page at night.

    Somebody who leaves in the morning is a reason to disturb whoever is on duty. A page of the
    day that the provider held up until the night is none.
    """
    for_now = row.due_at <= row.created_at
    return for_now and (row.notice_id is None or not hours.are_open(row.created_at))


def _fresh(session: Session, row: MessageRow, now: datetime) -> Fresh:
    staff = session.get(StaffRow, row.recipient)
    if staff is None:
        return Fresh(None, is_absent=True, opted_out=False)
    address = staff.email if row.channel is Channel.EMAIL else staff.mobile
    away = any(each.staff_id == staff.id for each in absences_along(session, {staff.id}, now))
    return Fresh(
        address,
        is_absent=away,
        opted_out=staff.texts_stopped or _out(session, address),
        failed=staff.mobile_failed_at is not None,
    )


def _out(session: Session, address: str | None) -> bool:
    query = select(OptOutRow.address).where(
        OptOutRow.address == address, OptOutRow.ended_at.is_(None)
    )
    return session.execute(query).one_or_none() is not None


def is_page(session: Session, row: MessageRow) -> bool:
    """Return whether a message is part of a page, whose evidence moves a ladder."""
    if row.notice_id is None:
        return False
    noted = noticing.noted(session, row.notice_id)
    return noted is not None and noted.template in PAGES
