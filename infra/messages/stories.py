"""One message with everything that is known of it: its notice, each decision, each receipt."""

from __future__ import annotations

from typing import Final

from sqlalchemy import not_, or_, select
from sqlalchemy.orm import Session

from api.message_records import DecisionRecord, MessageStory, NoticeRecord, ReceiptRecord
from domain.access_messages import MessageScope
from domain.journey import Step
from infra.database.engine import Database
from infra.database.tables import MessageRow, MessageTrailRow, NoticeRow, ReceiptRow, StaffRow
from infra.database.withholding import is_withheld
from infra.messages.reading import decision_record, message_lines, message_record, visible
from notifications.messages import RecipientKind

_MOST: Final = 500
"""More decisions than any message has, and more receipts."""


class SqlStories:
    """Messages, one at a time."""

    def __init__(self, database: Database) -> None:
        """Read from `database`."""
        self._database = database

    def one(self, message_id: str, scope: MessageScope) -> MessageStory | None:
        """Return a message in scope; None for any other, and for one of a record that is closed."""
        if "\0" in message_id:
            return None  # PostgreSQL cannot even compare with it
        wanted = (
            visible(MessageRow.release_id, scope),
            MessageRow.id == message_id,
            not_(is_withheld(scope.releases)),
        )
        with self._database.read() as session:
            found = session.execute(message_lines(scope).where(*wanted)).one_or_none()
            if found is None:
                return None
            row: MessageRow = found[0]
            return MessageStory(
                message_record(*found),
                _notice(session, row),
                _decisions(session, row),
                _receipts(session, row),
            )


def _notice(session: Session, row: MessageRow) -> NoticeRecord | None:
    found = session.get(NoticeRow, row.notice_id) if row.notice_id else None
    if found is None:
        return None
    step = Step(found.step) if found.step else None
    return NoticeRecord(found.template, found.audience, step, found.level, found.created_at)


def _decisions(session: Session, row: MessageRow) -> tuple[DecisionRecord, ...]:
    is_person = row.kind is RecipientKind.PERSON
    query = (
        select(MessageTrailRow, StaffRow)
        .outerjoin(StaffRow, StaffRow.id == MessageTrailRow.recipient)
        .where(MessageTrailRow.message_id == row.id)
        .order_by(MessageTrailRow.seq)
        .limit(_MOST)
    )
    return tuple(decision_record(*each, is_person) for each in session.execute(query))


def _receipts(session: Session, row: MessageRow) -> tuple[ReceiptRecord, ...]:
    """Return the reports of a message; one that came before its message was known has its id."""
    own = [ReceiptRow.message_id == row.id]
    if row.provider_id is not None:
        own.append(ReceiptRow.provider_id == row.provider_id)
    query = (
        select(ReceiptRow)
        .where(or_(*own))
        .order_by(ReceiptRow.received_at, ReceiptRow.status)
        .limit(_MOST)
    )
    return tuple(
        ReceiptRecord(each.status, each.code, each.received_at)
        for each in session.execute(query).scalars()
    )
