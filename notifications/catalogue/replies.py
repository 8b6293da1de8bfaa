"""What a reply means. It is untrusted and may be forged, so it can acknowledge or ask, no more."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final, NamedTuple

from notifications.catalogue.fields import REFERENCE

LONGEST_REPLY: Final = 1_600
"""Characters; providers join no more parts than this, and what is longer goes to a person."""

OPT_OUT_WORDS: Final = frozenset(
    {"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL", "STOPIO"}
)
"""Twilio's own on long numbers, and the Welsh for stop; no wording but the first invites one."""

OPT_IN_WORDS: Final = frozenset({"START", "UNSTOP"})
"""Twilio's own; YES, which some set-ups take as one, answers too many other questions."""


class Reading(StrEnum):
    """What a reply was understood as.

    Attributes:
        ACKNOWLEDGES: OK and a reference.
        PASSES_ON: PASS and a reference.
        COMES: 1, to a reminder.
        CHANGES: 2, to a reminder.
        STOPS: An opt-out word alone, which acts at once.
        RESUMES: An opt-in word alone.
        UNREAD: Anything else, "stop texting me" too: a person reads it.
    """

    ACKNOWLEDGES = "acknowledges"
    PASSES_ON = "passes_on"
    COMES = "comes"
    CHANGES = "changes"
    STOPS = "stops"
    RESUMES = "resumes"
    UNREAD = "unread"


class Reply(NamedTuple):
    """A reply as read; `reference` only with `ACKNOWLEDGES` and `PASSES_ON`.

    Whether the reference exists, and whether who wrote was asked, is for the caller to look up.
    """

    reading: Reading
    reference: str | None = None


_ANSWERS: Final = {
    "1": Reading.COMES,
    "2": Reading.CHANGES,
    **dict.fromkeys(OPT_OUT_WORDS, Reading.STOPS),
    **dict.fromkeys(OPT_IN_WORDS, Reading.RESUMES),
}
_ABOUT: Final = re.compile(r"(OKAY(?= )|OK|PASS) ?(?:REF )?([0-9A-Z ]+)", re.ASCII)
_VERBS: Final = {
    "OK": Reading.ACKNOWLEDGES,
    "OKAY": Reading.ACKNOWLEDGES,
    "PASS": Reading.PASSES_ON,
}
_MISREAD: Final = str.maketrans("ILO", "110")
_UNREAD: Final = Reply(Reading.UNREAD)


def read_reply(text: str) -> Reply:
    """Return what a reply means, whatever its case, spaces, punctuation or width of figures."""
    words = _plain(text)
    answer = _ANSWERS.get(words.replace(" ", ""))
    if answer is not None:
        return Reply(answer)
    about = _ABOUT.fullmatch(words)
    if about is None:
        return _UNREAD
    reference = about[2].replace(" ", "").translate(_MISREAD)
    if not REFERENCE.fullmatch(reference):
        return _UNREAD
    return Reply(_VERBS[about[1]], reference)


def _plain(text: str) -> str:
    """Return capitals and figures, with one space for whatever stood between them."""
    if len(text) > LONGEST_REPLY:
        return ""
    folded = unicodedata.normalize("NFKC", text).upper()
    return " ".join("".join(each if each.isalnum() else " " for each in folded).split())
