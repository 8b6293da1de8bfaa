"""Near misses, their reviews, and signs of exploitation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from domain.codes import Role
from domain.facts import (
    Code,
    Day,
    ExploitationSign,
    Fact,
    NearMissKind,
    ReviewOutcome,
)


class RecordNearMiss(Fact):
    """Something nearly killed, or could have; opens a review."""

    kind: Literal["record_near_miss"] = "record_near_miss"
    on: Day
    near_miss: NearMissKind


class RecordReview(Fact):
    """Add to a review; it closes when contact, both agencies, outcome and telling are there."""

    kind: Literal["record_review"] = "record_review"
    on: Day
    review: Code
    contacted_on: Day | None = None
    agencies: Annotated[tuple[Code, ...], Field(max_length=12)] = ()
    outcome: ReviewOutcome | None = None
    told: Annotated[tuple[Role, ...], Field(max_length=7)] = ()


class FlagExploitation(Fact):
    """A sign of exploitation; repeated signs without a safeguarding referral are an alert."""

    kind: Literal["flag_exploitation"] = "flag_exploitation"
    on: Day
    sign: ExploitationSign


class RecordSafeguardingReferral(Fact):
    """A safeguarding referral was made to the authority where the person is (R121)."""

    kind: Literal["record_safeguarding_referral"] = "record_safeguarding_referral"
    on: Day
