"""Deciding corrections: a fact was wrong, and everything counted from it is counted anew."""

from __future__ import annotations

from typing import Any

from domain.commands import CorrectRelease, CorrectTreatmentPicture, CorrectTreatmentStart
from domain.deciding.checks import happened, refuse
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import TreatmentStart
from domain.journey import Step
from domain.london_time import london_date


def correct_release(story: Story, command: CorrectRelease) -> None:
    """Put the recorded moment of release right."""
    released = story.state.released
    if released is None:
        refuse(Refusal.NOT_RELEASED, "No release is recorded yet. Record it instead.")
    if command.at > story.now:
        refuse(Refusal.DATE_IN_FUTURE, "The release is in the future. Check the date.", "at")
    on = london_date(command.at)
    happened(story, on, "at")
    start = story.state.treatment_start
    if start is not None and start.on < on:
        message = "Treatment is recorded as started before that date. Correct the start first."
        refuse(Refusal.DATE_TOO_LATE, message, "at")
    corrected = released.model_copy(update={"at": command.at, "on": on})
    data = {**corrected.model_dump(mode="json"), **_was(released.on.isoformat(), command.reason)}
    story.tell(EventKind.RELEASE_CORRECTED, data, on=on, step=Step.RELEASE)


def correct_treatment_start(story: Story, command: CorrectTreatmentStart) -> None:
    """Put the recorded treatment start right, or take it back."""
    known = story.state.treatment_start
    released = story.state.released
    if known is None or released is None:
        refuse(Refusal.WRONG_STATE, "No treatment start is recorded yet. Record it instead.")
    start = None
    if command.on is not None:
        happened(story, command.on)
        if command.on < released.on:
            refuse(Refusal.DATE_TOO_EARLY, "The date is before the release. Check the date.", "on")
        if story.state.retention is not None and command.on > story.state.retention.on:
            message = "The twelve-week answer is about a day before that. Check the date."
            refuse(Refusal.DATE_TOO_LATE, message, "on")
        start = TreatmentStart(on=command.on, service=known.service).model_dump(mode="json")
    data = {"start": start, **_was(known.on.isoformat(), command.reason)}
    on = command.on or known.on
    story.tell(EventKind.TREATMENT_START_CORRECTED, data, on=on, step=Step.ENGAGEMENT)


def correct_treatment_picture(story: Story, command: CorrectTreatmentPicture) -> None:
    """Put the recorded need, substances or opiate history right.

    Once the person has left there is no screening to record, so a need that prison staff never
    recorded is put right this way too.
    """
    if story.state.treatment is None and story.state.released is None:
        refuse(Refusal.WRONG_STATE, "No treatment need is recorded. Record the screening instead.")
    data = {**command.treatment.model_dump(mode="json"), "why": command.reason}
    story.tell(EventKind.TREATMENT_PICTURE_CORRECTED, data, step=Step.SCREENING)


def _was(before: str, reason: str) -> dict[str, Any]:
    return {"was": before, "why": reason}
