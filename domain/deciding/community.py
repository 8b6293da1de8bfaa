"""Deciding release day and what community services record after it."""

from __future__ import annotations

from datetime import date, timedelta

from domain.commands import (
    EndJourney,
    RecordContact,
    RecordContactAttempt,
    RecordRelease,
    RecordRetention,
    RecordTreatmentStart,
)
from domain.continuity import is_covered
from domain.deciding.checks import (
    asking,
    booked_appointment,
    happened,
    in_community,
    in_custody,
    refuse,
    since_release,
)
from domain.deciding.closing import close
from domain.deciding.reviews import open_review
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import (
    AppointmentStatus,
    ContactAttempt,
    NearMissKind,
    ReleaseRecord,
    RetentionOutcome,
    TreatmentStart,
)
from domain.journey import Step
from domain.london_time import london_date
from domain.state import Closure, StepStatus


def record_release(story: Story, command: RecordRelease) -> None:
    """Record that the person has left; without cover that is a near miss at once (R118).

    Cover is judged from the day they really left: arranged for a later day, it does not help.
    """
    in_custody(story.state)
    on = london_date(command.at)
    if command.at > story.now:
        message = "The release is in the future. Record it once it is true."
        refuse(Refusal.DATE_IN_FUTURE, message, "at")
    happened(story, on, "at")
    _check_last_dose(story, command, on)
    record = ReleaseRecord(on=on, **command.model_dump(exclude={"kind"}))
    story.tell(EventKind.RELEASED, record.model_dump(mode="json"), on=on, step=Step.RELEASE)
    if story.state.has_opiate_treatment and not _goes_without_gap(story):
        open_review(story, NearMissKind.RELEASED_WITHOUT_COVER, on)


def _check_last_dose(story: Story, command: RecordRelease, on: date) -> None:
    dose_on = command.last_supervised_dose_on
    if dose_on is None:
        return
    happened(story, dose_on, "last_supervised_dose_on")
    if dose_on > on:
        message = "The last supervised dose cannot be after the release. Check the date."
        refuse(Refusal.DATE_TOO_LATE, message, "last_supervised_dose_on")


def _goes_without_gap(story: Story) -> bool:
    """Whether medicine goes on from the day of release as it was, or somebody said it need not."""
    step = story.state.steps[Step.PRESCRIPTION]
    settled = (StepStatus.NOT_NEEDED, StepStatus.DECLINED)
    return step.status in settled or is_covered(story.state, story.rules)


def record_contact(story: Story, command: RecordContact) -> None:
    """Record whether the person came; a miss asks for a new appointment and an attempt."""
    in_community(story.state)
    since_release(story, command.on)
    appointment = booked_appointment(story.state, command.appointment)
    if command.on < london_date(appointment.at):
        message = "The appointment has not taken place yet on that date. Check the date."
        refuse(Refusal.DATE_TOO_EARLY, message, "on")
    status = AppointmentStatus.ATTENDED if command.attended else AppointmentStatus.MISSED
    kind = EventKind.APPOINTMENT_ATTENDED if command.attended else EventKind.APPOINTMENT_MISSED
    told = appointment.model_copy(update={"status": status, "outcome_on": command.on})
    story.tell(kind, told.model_dump(mode="json"), on=command.on, step=Step.FIRST_CONTACT)


def record_attempt(story: Story, command: RecordContactAttempt) -> None:
    """Record one attempt to reach a person who was not seen."""
    in_community(story.state)
    since_release(story, command.on)
    attempt = ContactAttempt(on=command.on, by=asking(story).role, reached=command.reached)
    data = attempt.model_dump(mode="json")
    story.tell(EventKind.CONTACT_ATTEMPTED, data, on=command.on, step=Step.FIRST_CONTACT)


def record_treatment_start(story: Story, command: RecordTreatmentStart) -> None:
    """Record that structured treatment started; whether it counts is the window's business."""
    in_community(story.state)
    since_release(story, command.on)
    if story.state.treatment_start:
        message = "A treatment start is recorded already. Correct it if it is wrong."
        refuse(Refusal.ALREADY_DONE, message)
    start = TreatmentStart(on=command.on, service=command.service).model_dump(mode="json")
    story.tell(EventKind.TREATMENT_STARTED, start, on=command.on, step=Step.ENGAGEMENT)


def record_retention(story: Story, command: RecordRetention) -> None:
    """Record the twelve-week answer; "still in treatment" cannot be said before the day (R17)."""
    start = story.state.treatment_start
    if start is None:
        message = "No treatment start is recorded. Record it before the twelve-week answer."
        refuse(Refusal.OUT_OF_ORDER, message)
    if story.state.retention is not None:
        message = "The twelve-week answer is recorded already. Complete the open review to finish."
        refuse(Refusal.ALREADY_DONE, message)
    since_release(story, command.on)
    if command.on < start.on:
        refuse(Refusal.DATE_TOO_EARLY, "The date is before treatment started. Check it.", "on")
    reached = start.on + timedelta(days=story.rules.policy.engagement.retention_days)
    if command.outcome is RetentionOutcome.IN_TREATMENT and command.on < reached:
        message = "Twelve weeks of treatment are not over on that date. Record it once they are."
        refuse(Refusal.DATE_TOO_EARLY, message, "on")
    data = command.model_dump(mode="json", include={"outcome", "on"})
    story.tell(EventKind.RETENTION_RECORDED, data, on=command.on, step=Step.RETENTION)


def end_journey(story: Story, command: EndJourney) -> None:
    """End a journey in which treatment will not start, by a person's coded decision."""
    in_community(story.state)
    since_release(story, command.on)
    if story.state.treatment_start:
        message = "Treatment has started. Record how it stands after twelve weeks instead."
        refuse(Refusal.WRONG_STATE, message)
    story.tell(EventKind.JOURNEY_ENDED, {"reason": command.reason}, on=command.on)
    close(story, Closure.NOT_ENGAGED)
