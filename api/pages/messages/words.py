"""Messages in words for staff: what is told, to whom, by which channel, and how it stands."""

from __future__ import annotations

from typing import Final

from api.message_records import MessageRecord, RecipientRecord
from api.pages.due import Tag
from api.pages.places import PlaceNames
from api.pages.roles import ROLES
from api.pages.rotas.words import place_name
from domain.duty.posts import WHOLE_SERVICE, Team
from domain.policy import Channel, Severity, Target
from domain.wording import SEVERITIES
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, RecipientKind
from notifications.notices import Audience
from notifications.reason_words import reason_in_words
from notifications.status_words import STATUS_WORDS
from notifications.trail import Happened
from notifications.wires import FaultClass

TITLES: Final = {
    Wording.STEP_DUE_SOON: "A step is due soon",
    Wording.STEP_LAPSED: "A step lapsed",
    Wording.ESCALATED: "An escalation was passed on",
    Wording.HELP_ASKED: "A colleague asks for help with a step",
    Wording.NEEDED_NOW: "A named person is needed now",
    Wording.RELEASE_DATE_MOVED: "The release date moved",
    Wording.HANDOVER_READY: "The handover pack is ready",
    Wording.ATTENDANCE_WANTED: "Was the appointment kept?",
    Wording.TEXTS_NOT_ARRIVING: "Texts to the person are not arriving",
    Wording.REPLY_TO_READ: "A reply to read",
    Wording.RELEASE_CLOSED: "The work is closed",
    Wording.DEATH_RECORDED: "A death is recorded",
    Wording.DIGEST: "Digest of a day",
    Wording.YOURS_NOW: "The work is yours now",
    Wording.TAKEN: "A colleague has taken it",
    Wording.TRANSFERRED: "The person was transferred",
    Wording.CHAIN_EXHAUSTED: "Nobody has answered",
    Wording.BUNDLE: "Several at once",
    Wording.STORM: "Many of one cause",
    Wording.LOOK_AHEAD: "Due while offices are closed",
    Wording.SENDING_STOPPED: "Messages are not going out",
    Wording.FIRST_TEXT: "First text to the person",
    Wording.APPOINTMENT_BOOKED: "Appointment booked",
    Wording.APPOINTMENT_REMINDER: "Reminder of the appointment",
    Wording.APPOINTMENT_DAY: "Morning of the appointment",
    Wording.APPOINTMENT_MISSED: "Appointment missed",
    Wording.APPOINTMENT_MOVED: "Appointment moved",
    Wording.COMING: "Answer: they are coming",
    Wording.CHANGE_WANTED: "Answer: somebody will call",
    Wording.NOT_READ: "Answer: call us instead",
}
"""What each wording tells, in a few words; docs/messages.md has the wordings."""

CHANNELS: Final = {
    Channel.WORKLIST: "Worklist",
    Channel.EMAIL: "E-mail",
    Channel.SMS: "Text",
    Channel.VOICE: "Call",
}
SENT_BY: Final = {each: CHANNELS[each] for each in (Channel.SMS, Channel.EMAIL, Channel.VOICE)}
"""The channels by which a message travels."""

STANDS: Final = {
    MessageStatus.HELD: Tag("Waits for others", "govuk-tag--yellow"),
    MessageStatus.QUEUED: Tag("Waits for its time", "govuk-tag--blue"),
    MessageStatus.SENDING: Tag("Being handed over", "govuk-tag--teal"),
    MessageStatus.ACCEPTED: Tag("Handed over", "govuk-tag--teal"),
    MessageStatus.DELIVERED: Tag("Arrived", "govuk-tag--green"),
    MessageStatus.ANSWERED: Tag("Answered", "govuk-tag--green"),
    MessageStatus.FAILED: Tag("Did not arrive", "govuk-tag--red"),
    MessageStatus.SKIPPED: Tag("Not sent, on purpose", "govuk-tag--grey"),
    MessageStatus.FOLDED: Tag("Told with others", "govuk-tag--grey"),
}
"""How a message stands, as a tag."""

_ONLY_HERE: Final = Tag("Written here only", "govuk-tag--grey")
_ONLY_HERE_WORDS: Final = (
    "was written on this machine's console, where the embedded default sends everything; "
    "nobody received it"
)

AUDIENCES: Final = {
    Target.NAMED_WORKER: "the named worker",
    Target.DUTY_ROTA: "whoever is on duty",
    Target.DEPUTY: "the deputy",
    Target.TEAM_MANAGER: "the team manager",
    Target.ON_CALL_MANAGER: "the on-call manager",
    Target.HEAD_OF_SERVICE: "the head of service",
    Target.SERVICE_OWNER: "the service owner",
    Audience.STEP_OWNER: "whoever owns the step",
    Audience.ALL_PARTIES: "all four parties",
    Audience.DEATH_LEAD: "the lead when a person has died",
    Audience.OTHERS_PAGED: "everybody else who was called",
    Audience.PERSON: "the person",
}
"""Whom a notice was for."""

FAULT_CLASSES: Final = {
    FaultClass.NUM: "Number or address does not work",
    FaultClass.OPT: "Opted out",
    FaultClass.CFG: "Our own set-up",
    FaultClass.BODY: "The wording",
    FaultClass.TRY: "Passes by itself",
    FaultClass.UNK: "Outcome not known",
}

HAPPENED: Final = {
    Happened.PLANNED: "Planned",
    Happened.HELD: "Held, to be told with others",
    Happened.SKIPPED: "Not sent, on purpose",
    Happened.NOBODY_THERE: "Nobody was there",
    Happened.BROUGHT_FORWARD: "Brought forward",
    Happened.SENDING: "Given to the channel",
    Happened.POSTPONED: "Put off",
    Happened.ACCEPTED: "Handed over",
    Happened.FOUND_AGAIN: "Found to have been handed over",
    Happened.OUTCOME_UNKNOWN: "Not known whether it went",
    Happened.REFUSED: "Refused, to be tried again",
    Happened.RECEIPT: "The provider reported",
    Happened.DELIVERED: "Arrived",
    Happened.FAILED: "Did not arrive",
    Happened.ANSWERED: "Answered",
    Happened.FOLDED: "Told with others",
    Happened.TAKEN: "Taken by whoever answered",
    Happened.PASSED_ON: "Passed on by whoever answered",
    Happened.OPTED_OUT: "They replied STOP",
    Happened.OPTED_IN: "They replied START",
    Happened.REDACTED: "The provider has forgotten the text",
    Happened.AGREED: "Agreement to texts recorded",
    Happened.NOT_AGREED: "No agreement to texts recorded",
    Happened.AT_RISK: "Recorded that the phone is not safe",
    Happened.NOT_AT_RISK: "Recorded that the phone is safe",
    Happened.LANGUAGE_CHOSEN: "Language chosen",
    Happened.NUMBER_CHANGED: "Number changed",
    Happened.NUMBER_CHECKED: "Number checked",
}
"""What was decided or learnt of a message."""

TO: Final = {RecipientKind.STAFF: "Staff", RecipientKind.PERSON: "People leaving prison"}


def title_of(wording: str) -> str:
    """Return what a message tells."""
    return TITLES[Wording(wording)]


def tag_of(message: MessageRecord) -> Tag:
    """Return how a message stands, as a tag that claims no more than is known."""
    if message.only_here and message.status is MessageStatus.ACCEPTED:
        return _ONLY_HERE
    return STANDS[message.status]


def stands(message: MessageRecord) -> str:
    """Return how a message stands and why, as a sentence about it."""
    if message.only_here and message.status is MessageStatus.ACCEPTED:
        words = _ONLY_HERE_WORDS
    else:
        words = STATUS_WORDS[message.status]
    why = f": {reason_in_words(message.reason, message.fault)}" if message.reason else ""
    return f"It {words}{why}."


def recipient_of(recipient: RecipientRecord, places: PlaceNames) -> str:
    """Return whom something was for: the role and place of staff, nobody's name."""
    if recipient.kind is RecipientKind.PERSON:
        return "The person"
    if recipient.role is None or recipient.organisation is None:
        return "Somebody who is known no more"
    if recipient.organisation == WHOLE_SERVICE:
        return "Team of the service owner"
    place = place_name(Team(recipient.organisation, recipient.role), places)
    return f"{ROLES[recipient.role]}, {place}"


def severity_in_words(severity: Severity) -> str:
    """Return how grave a message is."""
    return f"{severity.value}, {SEVERITIES[severity]}"
