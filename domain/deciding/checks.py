"""What several commands ask of the release before they are accepted."""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from domain.commands import Actor
from domain.deciding.story import Story
from domain.errors import Refusal, Refused
from domain.facts import Appointment, AppointmentStatus
from domain.state import Phase, Release


def refuse(code: Refusal, message: str, field: str | None = None) -> NoReturn:
    """Refuse the command.

    Raises:
        Refused: Always.
    """
    raise Refused(code, message, field)


def asking(story: Story) -> Actor:
    """Return who asks; only a command asks for this, and a command always has somebody."""
    assert story.actor is not None  # noqa: S101 - what falls due by itself decides nothing
    return story.actor


def happened(story: Story, on: date, field: str = "on") -> None:
    """Refuse a day that has not come, or that lies before the person came into custody."""
    if on > story.today:
        message = "The date is in the future. Record it once it is true."
        refuse(Refusal.DATE_IN_FUTURE, message, field)
    if on < story.state.reception_on:
        message = "The date is before the reception into custody. Check the date."
        refuse(Refusal.DATE_TOO_EARLY, message, field)


def still_open(state: Release) -> None:
    """Refuse anything but a correction once the release is closed."""
    if not state.is_open:
        message = "This release is closed. Record a correction, or start the next release."
        refuse(Refusal.CLOSED, message)


def in_custody(state: Release) -> None:
    """Refuse what can be done only before release."""
    if state.phase is Phase.COMMUNITY:
        message = "The person has left already. Record what has happened since instead."
        refuse(Refusal.ALREADY_RELEASED, message)


def happened_in_custody(story: Story, on: date) -> None:
    """Refuse a day after the release; what was done before it may be recorded late."""
    happened(story, on)
    released = story.state.released
    if released is not None and on > released.on:
        message = "The person left before that date. Record only what was done until then."
        refuse(Refusal.ALREADY_RELEASED, message, "on")


def in_community(state: Release) -> None:
    """Refuse what can be true only after release."""
    if state.phase is Phase.CUSTODY:
        refuse(Refusal.NOT_RELEASED, "The person has not been released. Record the release first.")


def since_release(story: Story, on: date, field: str = "on") -> None:
    """Refuse a day before the release."""
    happened(story, on, field)
    if story.state.released and on < story.state.released.on:
        refuse(Refusal.DATE_TOO_EARLY, "The date is before the release. Check the date.", field)


def booked_appointment(state: Release, appointment_id: str) -> Appointment:
    """Return a booked appointment, or refuse an unknown or finished one."""
    found = next((each for each in state.appointments if each.id == appointment_id), None)
    if found is None:
        message = "There is no such appointment on this release. Choose one that is listed."
        refuse(Refusal.UNKNOWN_ITEM, message, "appointment")
    if found.status is not AppointmentStatus.BOOKED:
        message = "The outcome of this appointment is recorded already. Book another one."
        refuse(Refusal.ALREADY_DONE, message, "appointment")
    return found
