"""What professionals are told: a reference, what to do, and where to sign in.

Nothing here may name a person, a service, a medicine or a place, nor hint at health or justice
(R124, R132): a test holds the list. A reference is the only thing that names a release, and the
address it stands in grants nothing. One text is one part of GSM-7 with the longest plausible
values; another test holds that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notifications.catalogue.wordings import Entry, Wording

STAFF: Final[Mapping[Wording, Entry]] = {
    Wording.STEP_DUE_SOON: Entry(
        "P1",
        "the worker of the step",
        "a step is assigned, or due soon; as part of the digest",
        "Handover ref {reference}: a task is due by {by} on {on}. Sign in to see it: {link}",
        "Handover {reference}: a task is due on {on}",
        "A task of yours is due by {by} on {on}.\n\nSee it here: {link}",
    ),
    Wording.STEP_LAPSED: Entry(
        "P2",
        "the worker of the step",
        "a step lapsed",
        "Handover ref {reference}: a task was due on {on} and is not recorded as done. "
        "Please act or record it: {link}",
        "Handover {reference}: a task was due on {on}",
        "A task was due on {on} and is not recorded as done.\n\n"
        "Please do it, or record that it was done: {link}",
    ),
    Wording.ESCALATED: Entry(
        "P3",
        "the next person on the ladder",
        "nobody took a lapsed step, or what was taken is still open",
        "Handover ref {reference} is overdue and has come to you. Reply OK {reference} to take "
        "it, or open {link}",
        "Handover {reference} is overdue and has come to you",
        "A task is overdue. Nobody has taken it so far, so it has come to you.\n\n"
        "Take it or pass it on here: {link}",
    ),
    Wording.NEEDED_NOW: Entry(
        "P4",
        "whoever is on duty",
        "S1: at once, at any hour",
        "URGENT handover ref {reference}: a named person is needed now. Reply OK {reference} to "
        "take it, PASS {reference} to pass it on. No reply in {minutes} minutes means a call.",
        "URGENT: handover {reference} needs a named person now",
        "A named person is needed now.\n\nTake it or pass it on within {minutes} minutes; after "
        "that you are called, and then somebody else is asked: {link}",
    ),
    Wording.RELEASE_DATE_MOVED: Entry(
        "P5",
        "all four parties",
        "the expected date moved",
        "Handover ref {reference}: the key date has CHANGED, so your task dates have moved. "
        "Please check them: {link}",
        "Handover {reference}: the key date has changed",
        "The key date has changed, so the dates of your tasks have moved.\n\n"
        "Please check them: {link}",
    ),
    Wording.HANDOVER_READY: Entry(
        "P6",
        "all four parties",
        "the pack is sent and must be acknowledged (R37)",
        "Handover ref {reference}: the pack is ready. Please confirm by {on} that you have it: "
        "{link}",
        "Handover {reference}: the pack is ready",
        "The pack is ready.\n\nPlease read it and confirm by {on} that you have it: {link}",
    ),
    Wording.ATTENDANCE_WANTED: Entry(
        "P7",
        "the keyworker and the supervising officer",
        "an appointment has passed without an outcome (R87, R93)",
        "Handover ref {reference}: please record whether the appointment on {on} was kept: {link}",
        "Handover {reference}: was the appointment on {on} kept?",
        "Please record whether the appointment on {on} was kept: {link}",
    ),
    Wording.TEXTS_NOT_ARRIVING: Entry(
        "P8",
        "the keyworker",
        "texts to the person fail for good, or the number was withdrawn",
        "Handover ref {reference}: texts to this person are not arriving. Please check how to "
        "reach them: {link}",
        "Handover {reference}: texts are not arriving",
        "Texts to this person are not arriving.\n\n"
        "Please check how to reach them, and record what you agreed: {link}",
    ),
    Wording.REPLY_TO_READ: Entry(
        "P9",
        "the keyworker; out of hours, whoever is on duty",
        "the person replied 2, wrote something, or wants no more texts",
        "Handover ref {reference}: a reply has come in that a person needs to read: {link}",
        "Handover {reference}: a reply to read",
        "A reply to a text has come in that a person needs to read: {link}",
    ),
    Wording.RELEASE_CLOSED: Entry(
        "P10",
        "all four parties",
        "the work is closed; as part of the digest",
        "Handover ref {reference} is closed. Nothing more for you to do. Details: {link}",
        "Handover {reference} is closed",
        "This handover is closed. There is nothing more for you to do.\n\nDetails: {link}",
    ),
    Wording.DEATH_RECORDED: Entry(
        "P11",
        "the death lead alone (R114)",
        "a death is recorded: a call first, then this",
        "Handover ref {reference}: please call the duty manager before any contact is made. "
        "Then see {link}",
        "Handover {reference}: call the duty manager first",
        "Please call the duty manager before any contact is made.\n\nThen see {link}",
    ),
    Wording.DIGEST: Entry(
        "P12",
        "anybody with work of S3 or S4, or over the cap of texts",
        "once each working morning, when something changed",
        "Handover: your list has changed. Tasks due: {count}, overdue: {overdue}. See it here: "
        "{link}",
        "Handover: tasks due {count}, overdue {overdue}",
        "Your list has changed.\n\nTasks due: {count}\nOverdue: {overdue}\n\nSee it here: {link}",
    ),
    Wording.YOURS_NOW: Entry(
        "P13",
        "who acknowledged",
        "at once, as a receipt",
        "Thank you. Ref {reference} is yours now. It passes on if nothing is recorded by {by} on "
        "{on}.",
        "Handover {reference} is yours now",
        "Thank you. This is yours now.\n\n"
        "It passes on to somebody else if nothing is recorded by {by} on {on}.",
    ),
    Wording.TAKEN: Entry(
        "P14",
        "the others who were asked",
        "somebody acknowledged",
        "Handover ref {reference} has been taken by a colleague. Nothing more for you to do.",
        "Handover {reference} has been taken",
        "A colleague has taken this. There is nothing more for you to do.",
    ),
    Wording.TRANSFERRED: Entry(
        "P15",
        "all four parties",
        "the person moved, so that others are responsible",
        "Handover ref {reference}: who is responsible has CHANGED. Please check what is yours "
        "now: {link}",
        "Handover {reference}: who is responsible has changed",
        "Who is responsible has changed.\n\nPlease check what is yours now: {link}",
    ),
    Wording.CHAIN_EXHAUSTED: Entry(
        "P16",
        "the service owner",
        "the top of a ladder was reached without an answer, and at fixed times after",
        "Handover ref {reference}: everybody on the ladder was asked and nobody has answered. "
        "Please act: {link}",
        "Handover {reference}: nobody has answered",
        "Everybody on the ladder was asked and nobody has answered.\n\n"
        "It comes back to you until somebody acts: {link}",
    ),
    Wording.BUNDLE: Entry(
        "P17",
        "who is asked for several S2 within a quarter of an hour",
        "when the quarter is over",
        "Handover: tasks that need your answer: {count}. See them here: {link}",
        "Handover: tasks that need your answer: {count}",
        "Tasks that need your answer: {count}\n\nSee them here: {link}",
    ),
    Wording.STORM: Entry(
        "P18",
        "each manager, and the service owner",
        "one cause would have sent a storm of pages (R86)",
        "Handover: tasks that changed together, for one reason: {count}. This is the only message "
        "about them. See {link}",
        "Handover: tasks that changed together: {count}",
        "Tasks that changed together, for one reason: {count}\n\n"
        "This is the only message about them. See them here: {link}",
    ),
    Wording.LOOK_AHEAD: Entry(
        "P19",
        "the workers of the steps",
        "at midday before a weekend or a bank holiday (R64, R97)",
        "Handover: tasks that fall due while offices are closed: {count}. Please do them by {by} "
        "on {on}: {link}",
        "Handover: do before offices close: {count}",
        "Tasks that fall due while offices are closed: {count}\n\n"
        "Please do them by {by} on {on}: {link}",
    ),
    Wording.SENDING_STOPPED: Entry(
        "P20",
        "the service owner",
        "the provider refuses our set-up, so that nothing goes out",
        "Handover: messages are not going out. The provider answered {code}. Please act: {link}",
        "Handover: messages are not going out",
        "Messages are not going out, because the provider answered {code}.\n\n"
        "Please see what is waiting, and correct the set-up: {link}",
    ),
    Wording.HELP_ASKED: Entry(
        "P21",
        "whoever is above the worker of the step",
        "the worker says that they cannot do it as planned",
        "Handover ref {reference}: a colleague cannot do a task as planned and asks for help. "
        "Reply OK {reference} to take it, or open {link}",
        "Handover {reference}: a colleague asks for help",
        "A colleague cannot do a task as planned and asks for help.\n\n"
        "Take it or pass it on here: {link}",
    ),
}
"""The wordings for staff, in the order of the catalogue."""

CLOSING: Final = "This message names nobody on purpose: sign in to see more. Do not reply to it."
"""The last line of every e-mail."""
