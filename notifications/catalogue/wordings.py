"""Every message there is, by name. What each says stands in `staff` and `person`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """ISO 639-1 codes of the languages that a text may be asked for in."""

    ENGLISH = "en"
    WELSH = "cy"


class Wording(StrEnum):
    """A typed message: to staff first, then to the person leaving prison."""

    STEP_DUE_SOON = "step_due_soon"
    STEP_LAPSED = "step_lapsed"
    ESCALATED = "escalated"
    NEEDED_NOW = "needed_now"
    RELEASE_DATE_MOVED = "release_date_moved"
    HANDOVER_READY = "handover_ready"
    ATTENDANCE_WANTED = "attendance_wanted"
    TEXTS_NOT_ARRIVING = "texts_not_arriving"
    REPLY_TO_READ = "reply_to_read"
    RELEASE_CLOSED = "release_closed"
    DEATH_RECORDED = "death_recorded"
    DIGEST = "digest"
    YOURS_NOW = "yours_now"
    TAKEN = "taken"
    TRANSFERRED = "transferred"
    CHAIN_EXHAUSTED = "chain_exhausted"
    BUNDLE = "bundle"
    STORM = "storm"
    LOOK_AHEAD = "look_ahead"
    SENDING_STOPPED = "sending_stopped"
    HELP_ASKED = "help_asked"

    FIRST_TEXT = "first_text"
    APPOINTMENT_BOOKED = "appointment_booked"
    APPOINTMENT_REMINDER = "appointment_reminder"
    APPOINTMENT_DAY = "appointment_day"
    APPOINTMENT_MISSED = "appointment_missed"
    APPOINTMENT_MOVED = "appointment_moved"
    COMING = "coming"
    CHANGE_WANTED = "change_wanted"
    NOT_READ = "not_read"


class Entry(NamedTuple):
    """One wording as it is written.

    Attributes:
        number: Its number in the catalogue: P for professionals, C for the person.
        to: Whom it is for, in words.
        when: When it is sent, in words.
        text: The text message; a field stands in braces.
        subject: Of the e-mail; none for a wording that is never mailed.
        body: Of the e-mail, before its closing lines.
    """

    number: str
    to: str
    when: str
    text: str
    subject: str = ""
    body: str = ""
