"""What was told in a bundle that reached nobody is not told, which is evidence (rule 1)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from infra.database.tables import MessageRow
from infra.messages.trail import about_message, note
from notifications.messages import MessageStatus, cause_of
from notifications.trail import Happened

REASON: Final = "bundle_failed"


def unfold(session: Session, row: MessageRow, now: datetime) -> None:
    """Have the pages of a bundle weighed as unsent, when `row` is its message and is given up."""
    if row.notice_id is not None:
        return
    folded = select(MessageRow).where(
        MessageRow.bundle_id == cause_of(row.id), MessageRow.status == MessageStatus.FOLDED
    )
    for each in session.execute(folded.order_by(MessageRow.id).with_for_update()).scalars():
        each.status, each.reason = MessageStatus.SKIPPED, REASON
        each.moved_at, each.weighed = now, False
        note(session, now, Happened.SKIPPED, about_message(each), REASON)
