"""Deciding what life does to a release: moved, transferred, recalled, in hospital, died, merged."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from domain.commands import (
    CancelRelease,
    ChangeDestination,
    Merge,
    MoveReleaseDate,
    Recall,
    RecordDeath,
    RecordHospitalAdmission,
    RecordHospitalDischarge,
    Transfer,
)
from domain.deciding.checks import happened, in_community, in_custody, refuse, since_release
from domain.deciding.closing import close
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import ReferralStatus
from domain.journey import Step
from domain.release_day import release_day
from domain.rules import Rules
from domain.state import Closure, Release

JOURNEY_LENGTH: Final = timedelta(days=180)
"""How far beyond the release the bank holidays must be known: three weeks, twelve weeks, room."""

BROUGHT_FORWARD: Final = timedelta(days=14)
"""How far before it they must be known: further than any run of days on which nobody works."""


def expected_day(
    scheduled_on: date, state: Release, today: date, rules: Rules, *, as_given: bool
) -> date:
    """Return the day to plan for: the scheduled one after the day-of-release rule (R97 to R101).

    A release is never brought forward to a day that has passed (R100).

    Raises:
        Refused: The bank holidays are not published that far ahead.
    """
    if scheduled_on + JOURNEY_LENGTH > rules.calendar.covers_until:
        message = "Bank holidays are not known that far ahead. Come back nearer to the date."
        refuse(Refusal.DATE_TOO_LATE, message, "scheduled_on")
    if scheduled_on - BROUGHT_FORWARD < rules.calendar.covers_from:
        message = "Bank holidays are not known that far back. Check the date."
        refuse(Refusal.DATE_TOO_EARLY, message, "scheduled_on")
    if as_given:
        return scheduled_on
    moved = release_day(
        scheduled_on,
        state.release_type,
        rules.calendar,
        today_on=today,
        rule=rules.policy.day_of_release.rule,
    )
    earliest = max(state.reception_on, min(today, scheduled_on))
    return max(moved.released_on, earliest)


def move_release_date(story: Story, command: MoveReleaseDate) -> None:
    """Plan for another day; every due time is counted anew and lateness stays on the record."""
    in_custody(story.state)
    happened(story, command.on)
    state, today = story.state, story.today
    if command.scheduled_on < max(state.reception_on, command.on):
        message = "The new date is before the reception or the day it was decided. Check the date."
        refuse(Refusal.DATE_TOO_EARLY, message, "scheduled_on")
    expected = expected_day(
        command.scheduled_on, state, today, story.rules, as_given=command.as_given
    )
    if expected == state.expected_on and command.scheduled_on == state.scheduled_on:
        message = "The release is planned for that date already. Give another date."
        refuse(Refusal.NO_CHANGE, message, "scheduled_on")
    short = (expected - today).days < story.rules.policy.short_notice.under_days
    data = {
        "scheduled_on": command.scheduled_on.isoformat(),
        "expected_on": expected.isoformat(),
        "from": state.expected_on.isoformat(),
        "short_notice": short and (state.short_notice or expected < state.expected_on),
    }
    story.tell(EventKind.RELEASE_DATE_MOVED, data, on=command.on)


def transfer(story: Story, command: Transfer) -> None:
    """Give the release to another prison's teams with all work done so far."""
    in_custody(story.state)
    happened(story, command.on)
    if command.prison == story.state.prison:
        refuse(Refusal.NO_CHANGE, "The person is in that prison already. Check which.", "prison")
    data = {"prison": command.prison, "from": story.state.prison}
    story.tell(EventKind.TRANSFERRED, data, on=command.on)


def change_destination(story: Story, command: ChangeDestination) -> None:
    """Give the release to another area, probation unit or service.

    What others had accepted or acknowledged does not pass to whoever takes their place.
    """
    happened(story, command.on)
    data = command.model_dump(mode="json", exclude={"kind", "on"})
    known = story.state.model_dump(mode="json", include=set(data))
    if data == known:
        refuse(
            Refusal.NO_CHANGE,
            "The person is going there already. Change the part that differs.",
            "destination",
        )
    story.tell(EventKind.DESTINATION_CHANGED, data, on=command.on)
    _take_back_referral(story, command)


def _take_back_referral(story: Story, command: ChangeDestination) -> None:
    """Withdraw a referral to a service that will not receive the person after all."""
    referral = story.state.live_referral
    if referral is None or referral.service == command.service:
        return
    update = {"status": ReferralStatus.WITHDRAWN, "answered_on": command.on}
    data = referral.model_copy(update=update).model_dump(mode="json")
    story.tell(EventKind.REFERRAL_WITHDRAWN, data, on=command.on, step=Step.REFERRAL)


def recall(story: Story, command: Recall) -> None:
    """Close the community leg; the next release carries its history (R90)."""
    in_community(story.state)
    since_release(story, command.on)
    story.tell(EventKind.RECALLED, on=command.on)
    close(story, Closure.RECALLED)


def admit(story: Story, command: RecordHospitalAdmission) -> None:
    """Record that the person is in hospital."""
    happened(story, command.on)
    if story.state.in_hospital:
        message = "The person is recorded as in hospital already. Record the discharge first."
        refuse(Refusal.ALREADY_DONE, message)
    story.tell(EventKind.HOSPITAL_ADMITTED, on=command.on)


def discharge(story: Story, command: RecordHospitalDischarge) -> None:
    """Record that the person left hospital."""
    happened(story, command.on)
    if not story.state.in_hospital:
        message = "The person is not recorded as in hospital. Record the admission first."
        refuse(Refusal.WRONG_STATE, message)
    story.tell(EventKind.HOSPITAL_DISCHARGED, on=command.on)


def record_death(story: Story, command: RecordDeath) -> None:
    """Stop everything; a death within the ombudsman's days of release is marked (R113, R114).

    A death is taken down after the journey has ended too, so that whoever must know is told.
    """
    since_release(story, command.on)
    if story.state.died_on is not None:
        refuse(Refusal.ALREADY_DONE, "The death is recorded already. Do not record it again.")
    released = story.state.released
    limit = story.rules.policy.engagement.death_notifiable_within_days
    notifiable = released is not None and 0 <= (command.on - released.on).days <= limit
    story.tell(EventKind.DIED, {"notifiable": notifiable}, on=command.on)
    if story.state.is_open:
        close(story, Closure.DIED)


def cancel(story: Story, command: CancelRelease) -> None:
    """Close a release that will not happen."""
    in_custody(story.state)
    happened(story, command.on)
    story.tell(EventKind.CANCELLED, {"reason": command.reason}, on=command.on)
    close(story, Closure.CANCELLED)


def merge(story: Story, command: Merge) -> None:
    """Close the record of a person who has another one; the other one goes on."""
    happened(story, command.on)
    if command.into == story.state.release_id:
        refuse(
            Refusal.NO_CHANGE,
            "A release cannot be merged into itself. Choose the other one.",
            "into",
        )
    story.tell(EventKind.MERGED, {"merged_into": command.into}, on=command.on)
    close(story, Closure.MERGED)
