"""Why a message stands as it does: the coded reasons in words for people.

A new code of ours needs its words here. The codes of providers are told by what they mean for the
message (`FaultClass`), with the code beside it for whoever looks it up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.duty.rota import Unfilled
from notifications.folding import Fold
from notifications.suppression import Reason
from notifications.wires import FaultClass

_PERSON: Final[Mapping[str, str]] = {
    Reason.DIED: "the person has died: nothing is sent any more",
    Reason.CLOSED: "the work is closed",
    Reason.RECALLED: "the person was recalled",
    Reason.IN_CUSTODY: "the person is not out, or is back inside",
    Reason.NO_AGREEMENT: "the person did not agree to texts, or took it back",
    Reason.OPTED_OUT: "they replied STOP",
    Reason.AT_RISK: "somebody who may see the phone is a danger to the person",
    Reason.NUMBER_UNUSABLE: "there is no UK mobile number, or it has failed for good",
    Reason.NUMBER_SHARED: "another open release has the same number",
    Reason.APPOINTMENT_CHANGED: "the appointment is no longer as the text says",
    Reason.CAP: "the person had as many texts in seven days as the policy allows",
    Reason.QUIET_HOURS: "it is night for texts: it is asked about again in the morning",
}
_FOLDED: Final[Mapping[str, str]] = {
    Fold.DIGEST: "it is told in the digest of a working day",
    Fold.RECENT: "they had a text a moment ago, so this is told with the next",
    Fold.HOURLY_CAP: "they have had as many texts this hour as anybody acts on",
    Fold.DAILY_CAP: "they have had as many texts today as anybody acts on",
    Fold.STORM: "many of one cause are told as one",
}
_NOBODY: Final[Mapping[str, str]] = {
    Unfilled.EMPTY_ROTA: "the rota had nobody",
    Unfilled.ABSENT_WITHOUT_COVER: "whoever has the shift is away, and nobody covers",
    Unfilled.NOBODY_NAMED: "the release has no named worker of that party",
    Unfilled.COVER_LOOP: "those who cover for one another are all away",
}
_OTHERS: Final[Mapping[str, str]] = {
    "answered": "the step was done, or its escalation was over, before this went",
    "acknowledged": "somebody had taken it before this went",
    "moved_on": "it had been passed on to the next person before this went",
    "unknown_notice": "what it was about is not known any more",
    "expired": "it could not go out for a day, and says something of yesterday",
    "out_of_hours": "it waits until offices open",
    "absent": "they are away or have left",
    "no_email": "no e-mail address of theirs is known",
    "no_mobile": "no mobile number of theirs is known",
    "number_failed": "texts to their number fail for good, until there is another number",
    "bundle_failed": "what it was told with did not reach them",
    "channel_stopped": "this channel stands still, because its provider refuses us",
    "outcome_unknown": "nobody can find out whether it was accepted",
    "no_answer": "nobody answered the call",
    "busy": "the line was busy",
    "machine": "an answering machine took the call",
    "hung_up": "the call was answered and no key was pressed",
    "canceled": "the call was cancelled",
    "call_failed": "the call could not be made",
    "validity_passed": "the time in which it may arrive was over",
    "address_unusable": "the address cannot be written to",
    "wording": "it could not be put into words",
    "reply": "by a reply of theirs",
}

REASONS: Final[Mapping[str, str]] = {**_OTHERS, **_PERSON, **_FOLDED, **_NOBODY}
"""Every coded reason of ours; a sentence without its capital and full stop."""

FAULTS: Final[Mapping[FaultClass, str]] = {
    FaultClass.NUM: "the number or address does not work, and a person must check it",
    FaultClass.OPT: "the recipient has opted out",
    FaultClass.CFG: "our own set-up is at fault, and the service owner is told",
    FaultClass.BODY: "the wording was refused",
    FaultClass.TRY: "it passes by itself, and the same may be sent again",
    FaultClass.UNK: "nobody knows whether it was accepted",
}
"""What each class of a provider's fault means."""


def reason_in_words(code: str, fault: FaultClass | None = None) -> str:
    """Return why, to go on a sentence with; a provider's code by its class, with the code."""
    if code in REASONS:
        return REASONS[code]
    if fault is not None:
        return f"{FAULTS[fault]} (code {code})"
    return f"code {code}"
