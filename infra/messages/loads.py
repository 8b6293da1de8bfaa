"""How many texts somebody on the staff has had, which is what caps are held against (rule 4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.london_time import LONDON
from domain.policy import Channel, Severity
from infra.database.tables import MessageRow
from notifications.folding import Load
from notifications.messages import MessageStatus

ON_ITS_WAY: Final = (MessageStatus.SENDING, MessageStatus.ACCEPTED, MessageStatus.DELIVERED)
"""What a provider has, or is being given."""


def load_of(session: Session, staff_id: str, now: datetime) -> Load:
    """Count texts that went, and those that wait for a sender; S1 is never counted (rule 4)."""
    midnight = now.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)
    taken_at = func.coalesce(MessageRow.sent_at, MessageRow.due_at)
    query = (
        select(taken_at)
        .where(
            MessageRow.recipient == staff_id,
            MessageRow.channel == Channel.SMS,
            MessageRow.severity != Severity.S1,
            MessageRow.status.in_((*ON_ITS_WAY, MessageStatus.QUEUED)),
            MessageRow.created_at > now - timedelta(days=2),
        )
        .order_by(taken_at)
    )
    times: list[datetime] = [
        each
        for each in _instants(session, query)
        if each >= min(midnight, now - timedelta(hours=1))
    ]
    this_hour = [each for each in times if each > now - timedelta(hours=1)]
    return Load(
        this_hour=len(this_hour),
        today=sum(each >= midnight for each in times),
        last_text_at=times[-1] if times else None,
        first_of_hour_at=this_hour[0] if this_hour else None,
    )


def _instants(session: Session, query: Any) -> list[datetime]:  # noqa: ANN401 - one column of instants
    return list(session.execute(query).scalars())
