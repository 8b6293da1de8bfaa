"""The rows that measures of delivery are worked out from, read from events and messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from domain.events import EventKind
from domain.london_time import london_instant
from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.database.tables import EventRow, MessageRow, NoticeRow
from infra.messages.person_facts import ANSWERS
from notifications import measures
from notifications.catalogue import Wording
from notifications.measures import Climb, DeliveryReport, Sent, Tally
from notifications.messages import MessageStatus, NoticeStatus, RecipientKind
from notifications.standing import PAGES

_WENT: Final = (MessageStatus.ACCEPTED, MessageStatus.DELIVERED, MessageStatus.ANSWERED)
_RUNGS: Final = (
    EventKind.ESCALATION_OPENED,
    EventKind.ESCALATION_RAISED,
    EventKind.ESCALATION_ACKNOWLEDGED,
    EventKind.ACKNOWLEDGEMENT_EXPIRED,
    EventKind.ESCALATION_EXHAUSTED,
)
_AT_ONCE: Final = 1000

Period = tuple[datetime, datetime]


class SqlMeasures:
    """Measures of delivery over SQL."""

    def __init__(self, database: Database) -> None:
        """Read from `database`."""
        self._database = database

    def report(self, first: date, last: date) -> DeliveryReport:
        """Return the measures of a period of London days, both in it.

        A ladder belongs to the day on which it opened, also when it was taken after the period.
        """
        period = _instants(first, last)
        with self._database.read() as session:
            climbs = tuple(_climbs(session, period))
            return DeliveryReport(
                acknowledging=measures.acknowledging(climbs),
                first_level=measures.first_level(climbs),
                pages=measures.pages_a_week(_pages(session, period)),
                texts=measures.texts_a_week(_texts(session, period)),
                arriving=measures.arriving(_tallies(session, period)),
                unactionable=_unactionable(session, period),
            )


def _instants(first: date, last: date) -> Period:
    midnight = datetime.min.time()
    return london_instant(first, midnight), london_instant(last + timedelta(days=1), midnight)


def _climbs(session: Session, period: Period) -> Iterator[Climb]:
    """Follow each ladder from its opening; its number tells the ladders of a release apart."""
    begins, ends = period
    query = (
        select(EventRow.release_id, EventRow.kind, EventRow.at, EventRow.data)
        .where(EventRow.kind.in_(_RUNGS), EventRow.at >= begins)
        .order_by(EventRow.release_id, EventRow.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    found: dict[tuple[str, int], Climb] = {}
    for release_id, kind, at, data in session.execute(query):
        key = release_id, int(data["number"])
        if kind == EventKind.ESCALATION_OPENED and at < ends:
            severity, level = Severity(data["severity"]), int(data["level"])
            found[key] = Climb(severity, at, None, None, level, is_exhausted=False)
        elif key in found:
            found[key] = _climbed(found[key], kind, at, data)
    yield from found.values()


def _climbed(climb: Climb, kind: str, at: datetime, data: Mapping[str, Any]) -> Climb:
    level = int(data["level"])
    if kind == EventKind.ESCALATION_ACKNOWLEDGED and climb.taken_at is None:
        return climb._replace(taken_at=at, taken_level=level)
    return climb._replace(
        highest=max(climb.highest, level),
        is_exhausted=climb.is_exhausted or kind == EventKind.ESCALATION_EXHAUSTED,
    )


def _pages(session: Session, period: Period) -> Iterator[Sent]:
    """One page is one notice to one person, by however many channels; so is a bundle of them."""
    cause = func.coalesce(MessageRow.notice_id, MessageRow.id)
    query = (
        select(MessageRow.recipient, func.min(MessageRow.sent_at), func.min(MessageRow.severity))
        .outerjoin(NoticeRow, NoticeRow.id == MessageRow.notice_id)
        .where(
            MessageRow.kind == RecipientKind.STAFF,
            MessageRow.channel != Channel.WORKLIST,
            MessageRow.status.in_(_WENT),
            MessageRow.sent_at >= period[0],
            MessageRow.sent_at < period[1],
            or_(NoticeRow.template.in_(PAGES), MessageRow.wording == Wording.BUNDLE),
        )
        .group_by(cause, MessageRow.recipient)
    )
    for recipient, at, severity in session.execute(query):
        if at is not None:
            yield Sent(recipient, at, Severity(severity))


def _texts(session: Session, period: Period) -> Iterator[Sent]:
    query = select(MessageRow.recipient, MessageRow.sent_at).where(
        MessageRow.kind == RecipientKind.PERSON,
        MessageRow.status.in_(_WENT),
        MessageRow.wording.not_in(ANSWERS),
        MessageRow.sent_at >= period[0],
        MessageRow.sent_at < period[1],
    )
    for recipient, at in session.execute(query):
        if at is not None:
            yield Sent(recipient, at)


def _tallies(session: Session, period: Period) -> Iterator[Tally]:
    row = MessageRow
    query = (
        select(row.channel, row.status, row.fault, func.count())
        .where(
            row.channel != Channel.WORKLIST,
            row.created_at >= period[0],
            row.created_at < period[1],
        )
        .group_by(row.channel, row.status, row.fault)
    )
    for each in session.execute(query):
        yield Tally(*each)


def _unactionable(session: Session, period: Period) -> dict[str, int]:
    """Count pages that were not sent, as a whole or to one of those they were for."""
    begins, ends = period
    whole = select(NoticeRow.reason, func.count()).where(
        NoticeRow.template.in_(PAGES), NoticeRow.status == NoticeStatus.SKIPPED
    )
    single = (
        select(MessageRow.reason, func.count())
        .join(NoticeRow, NoticeRow.id == MessageRow.notice_id)
        .where(NoticeRow.template.in_(PAGES), MessageRow.status == MessageStatus.SKIPPED)
    )
    found: Counter[str] = Counter()
    for query, row in ((whole, NoticeRow), (single, MessageRow)):
        within = query.where(row.created_at >= begins, row.created_at < ends)
        for reason, count in session.execute(within.group_by(row.reason)):
            found[reason or "unknown"] += count
    return dict(sorted(found.items()))
