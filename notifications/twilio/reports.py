"""Twilio's words for how a message stands, in ours."""

from __future__ import annotations

from typing import Final

from notifications.messages import MessageStatus
from notifications.receipts import Report
from notifications.twilio.codes import failure
from notifications.twilio.forms import CallUpdate
from notifications.twilio.ranking import is_final, superseded_by
from notifications.wires import FaultClass

_DELIVERED: Final = frozenset({"delivered", "read"})
_NOT_ANSWERED: Final = {
    "no-answer": "no_answer",
    "busy": "busy",
    "failed": "call_failed",
    "canceled": "canceled",
}
_CALL_RANKS: Final = ("queued", "initiated", "ringing", "in-progress")
_MACHINES: Final = ("machine", "fax")


def report_of_text(sid: str, status: str, code: str | None, message_id: str | None) -> Report:
    """Return what a text's status means.

    Args:
        sid: Twilio's id of the text.
        status: Twilio's word.
        code: The error code, when it failed.
        message_id: Our id from the signed address, when there is one.
    """
    before = superseded_by(status)
    if status in _DELIVERED:
        return Report(sid, status, message_id, MessageStatus.DELIVERED, before)
    if not is_final(status):
        return Report(sid, status, message_id, MessageStatus.ACCEPTED, before)
    meaning = failure(code)
    return Report(
        provider_id=sid,
        provider_status=status,
        message_id=message_id,
        status=MessageStatus.FAILED,
        supersedes=before,
        code=code or status,
        fault=meaning.fault,
        again_after=meaning.again_after,
    )


def report_of_call(update: CallUpdate, message_id: str | None) -> Report:
    """Return what a call's status means: answered by nobody's finger is not answered.

    `completed` says that someone or something answered. Only a pressed key is an answer, and it
    comes by itself; so a call that is over without one has reached nobody.
    """
    before = frozenset(_CALL_RANKS)
    if update.status in _CALL_RANKS:
        earlier = frozenset(_CALL_RANKS[: _CALL_RANKS.index(update.status)])
        return Report(update.sid, update.status, message_id, MessageStatus.ACCEPTED, earlier)
    if update.status != "completed":
        code = _NOT_ANSWERED.get(update.status, "call_failed")
    else:
        machine = (update.answered_by or "").startswith(_MACHINES)
        code = "machine" if machine else "hung_up"
    return Report(
        provider_id=update.sid,
        provider_status=update.status,
        message_id=message_id,
        status=MessageStatus.FAILED,
        supersedes=before,
        code=code,
        fault=FaultClass.TRY,
    )
