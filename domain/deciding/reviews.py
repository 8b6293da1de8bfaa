"""Deciding near misses, their reviews, and signs of exploitation."""

from __future__ import annotations

from datetime import date

from domain.commands import (
    FlagExploitation,
    RecordNearMiss,
    RecordReview,
    RecordSafeguardingReferral,
)
from domain.deciding.checks import happened, refuse
from domain.deciding.story import Story
from domain.errors import Refusal
from domain.events import EventKind
from domain.facts import ExploitationFlag, NearMissKind, NearMissReview
from domain.journey import Step
from domain.state import StepStatus


def record_near_miss(story: Story, command: RecordNearMiss) -> None:
    """Open a review of something that nearly killed, or could have (R117, R118)."""
    happened(story, command.on)
    open_review(story, command.near_miss, command.on)


def open_review(story: Story, kind: NearMissKind, on: date) -> None:
    """Tell of a near miss on `on`; its review is due from now."""
    review = NearMissReview(
        id=f"n{len(story.state.reviews) + 1}", kind=kind, happened_on=on, opened_at=story.now
    )
    data = review.model_dump(mode="json")
    story.tell(EventKind.NEAR_MISS_RECORDED, data, on=on, step=Step.REVIEW)


def record_review(story: Story, command: RecordReview) -> None:
    """Add contact, agencies, outcome or who was told to a review; what is there stays."""
    happened(story, command.on)
    known = next((each for each in story.state.reviews if each.id == command.review), None)
    if known is None:
        message = "There is no such review on this release. Choose one that is listed."
        refuse(Refusal.UNKNOWN_ITEM, message, "review")
    if command.contacted_on is not None:
        happened(story, command.contacted_on, "contacted_on")
    update = {
        "contacted_on": command.contacted_on or known.contacted_on,
        "agencies": tuple(dict.fromkeys((*known.agencies, *command.agencies))),
        "outcome": command.outcome or known.outcome,
        "told": tuple(dict.fromkeys((*known.told, *command.told))),
    }
    data = known.model_copy(update=update).model_dump(mode="json")
    story.tell(EventKind.REVIEW_RECORDED, data, on=command.on, step=Step.REVIEW)


def flag_exploitation(story: Story, command: FlagExploitation) -> None:
    """Record one sign; enough of them without a referral are an alert (R122).

    One more sign after somebody saw no risk asks for another look.
    """
    happened(story, command.on)
    flag = ExploitationFlag(sign=command.sign, on=command.on)
    data = flag.model_dump(mode="json")
    story.tell(EventKind.EXPLOITATION_FLAGGED, data, on=command.on, step=Step.SAFEGUARDING)
    alert = story.state.steps.get(Step.SAFEGUARDING)
    if alert is not None and alert.status is StepStatus.NOT_NEEDED:
        story.tell(EventKind.STEP_OPENED, on=command.on, step=Step.SAFEGUARDING)


def record_safeguarding(story: Story, command: RecordSafeguardingReferral) -> None:
    """Record that the authority was told."""
    happened(story, command.on)
    story.tell(EventKind.SAFEGUARDING_REFERRED, on=command.on, step=Step.SAFEGUARDING)
