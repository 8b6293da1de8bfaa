"""Numbers that ask for no more texts, or for texts again: acted on at once, whoever has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from domain.policy import Channel
from domain.state import LadderStatus
from infra.database.tables import EscalationRow, MessageRow, NoticeRow, OptOutRow, table_of
from infra.database.upsert import dialect_of, insert_into
from infra.messages.contacts import texts_resumed, texts_stopped
from infra.messages.trail import About, about_message, note
from infra.messages.unfolding import unfold
from notifications.messages import MessageStatus
from notifications.trail import Happened

_OPT_OUTS: Final = table_of(OptOutRow)
_WAITING: Final = (MessageStatus.QUEUED, MessageStatus.HELD)
WENT: Final = (MessageStatus.ACCEPTED, MessageStatus.DELIVERED, MessageStatus.ANSWERED)
"""Messages that somebody may answer."""


def opted_out_at_provider(session: Session, address: str, now: datetime) -> None:
    """Keep that the provider refuses a number which asked it for no more texts."""
    _record_opt_out(session, address, "provider", now)


def opt_out(session: Session, reply: Mapping[str, Any], now: datetime) -> None:
    """Text the number of a reply no more; what waits for it is left out, and its pages weighed."""
    _record_opt_out(session, reply["address"], "reply", now)
    note(session, now, Happened.OPTED_OUT, About(recipient=reply["sender"]), "reply")
    if reply["sender"] is not None:
        _leave_out_waiting(session, reply["sender"], now)
        _have_weighed(session, reply["sender"])
    # After its messages: whoever sends one locks the message first, and its recipient then.
    texts_stopped(session, reply["address"], reply["release_id"], now)


def _leave_out_waiting(session: Session, recipient: str, now: datetime) -> None:
    waiting = select(MessageRow).where(
        MessageRow.recipient == recipient,
        MessageRow.channel == Channel.SMS,
        MessageRow.status.in_(_WAITING),
    )
    for each in session.execute(waiting.with_for_update()).scalars():
        each.status, each.reason = MessageStatus.SKIPPED, "opted_out"
        each.moved_at, each.over_at, each.weighed = now, now, False
        note(session, now, Happened.SKIPPED, about_message(each), "opted_out")
        unfold(session, each, now)


def _have_weighed(session: Session, recipient: str) -> None:
    """Have the texts that went to staff weighed anew: a STOP is how a channel fails (rule 1)."""
    messages = table_of(MessageRow)
    asks = exists().where(
        NoticeRow.id == messages.c.notice_id,
        EscalationRow.release_id == NoticeRow.release_id,
        EscalationRow.number == NoticeRow.ladder,
        EscalationRow.status != LadderStatus.CLOSED,
    )
    went = update(messages).where(
        messages.c.recipient == recipient,
        messages.c.channel == Channel.SMS,
        messages.c.status.in_(WENT),
        asks,
    )
    session.execute(went.values(weighed=False))


def opt_in(session: Session, reply: Mapping[str, Any], now: datetime) -> None:
    """Text the number of a reply again."""
    address = reply["address"]
    session.execute(update(_OPT_OUTS).where(_OPT_OUTS.c.address == address).values(ended_at=now))
    texts_resumed(session, address, now)
    note(session, now, Happened.OPTED_IN, About(recipient=reply["sender"]), "reply")


def _record_opt_out(session: Session, address: str, source: str, now: datetime) -> None:
    statement = insert_into(_OPT_OUTS, dialect_of(session))
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["address"],
            set_={
                "since": statement.excluded.since,
                "source": statement.excluded.source,
                "ended_at": None,
            },
            where=_OPT_OUTS.c.ended_at.is_not(None),
        ),
        {"address": address, "since": now, "source": source},
    )
