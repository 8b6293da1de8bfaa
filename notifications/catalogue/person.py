"""What the person leaving prison is told, only once they agreed.

A forename at most, a date, a time, one thing to do and a number to call: their phone may be shared
and its screen read by anybody. No link, no service, no worker, no place, no consequence.
`{greeting}` is "Hello" with the forename, or without where it would not fit (see `names`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notifications.catalogue.wordings import Entry, Wording

PERSON: Final[Mapping[Wording, Entry]] = {
    Wording.FIRST_TEXT: Entry(
        "C1",
        "the person",
        "on the day of release; the number was checked with them before",
        "{greeting} We will text you from this number about your appointments. To stop, reply "
        "STOP. Questions? Call {phone}.",
    ),
    Wording.APPOINTMENT_BOOKED: Entry(
        "C2",
        "the person",
        "an appointment is booked",
        "{greeting} You have an appointment on {on} at {at}, at the place we agreed. To change "
        "it please call {phone}.",
    ),
    Wording.APPOINTMENT_REMINDER: Entry(
        "C3",
        "the person",
        "two working days before",
        "{greeting} Your appointment is on {on} at {at}. Reply 1 if you can come, 2 if you need "
        "to change it. Questions? Call {phone}.",
    ),
    Wording.APPOINTMENT_DAY: Entry(
        "C4",
        "the person",
        "the morning of the day, not before nine",
        "{greeting} Your appointment is on {on} at {at}. If you cannot come, please call {phone}.",
    ),
    Wording.APPOINTMENT_MISSED: Entry(
        "C5",
        "the person",
        "an appointment was missed",
        "{greeting} Sorry that we missed you on {on}. Please call {phone} and we will find "
        "another time. You are still welcome.",
    ),
    Wording.APPOINTMENT_MOVED: Entry(
        "C6",
        "the person",
        "an appointment moved",
        "{greeting} Your appointment has moved. It is now on {on} at {at}. Please forget the "
        "earlier time. Questions? Call {phone}.",
    ),
    Wording.COMING: Entry("C7", "the person", "they replied 1", "Thank you. See you then."),
    Wording.CHANGE_WANTED: Entry(
        "C8",
        "the person",
        "they replied 2",
        "Thank you. Somebody will call you by {by} on {on}. Or call {phone}.",
    ),
    Wording.NOT_READ: Entry(
        "C9",
        "the person",
        "they replied anything else; once in 12 hours",
        "Sorry, texts to this number are not read straight away. Please call {phone}. In an "
        "emergency call 999. To talk to somebody, call Samaritans on 116 123.",
    ),
}
"""The wordings for the person, in the order of the catalogue."""
