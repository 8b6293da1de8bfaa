"""Near misses and their reviews, and signs of exploitation."""

from __future__ import annotations

from enum import StrEnum

from pydantic import AwareDatetime

from domain.codes import (
    Role,
)
from domain.facts.fact import Code, Day, Fact


class NearMissKind(StrEnum):
    """What opens a review (R117, R118)."""

    NON_FATAL_OVERDOSE = "non_fatal_overdose"
    RELEASED_WITHOUT_COVER = "released_without_cover"
    MISSED_FIRST_NIGHT = "missed_first_night"


class ReviewOutcome(StrEnum):
    """What a joint review found (R119)."""

    PRACTICE_CHANGED = "practice_changed"
    LEARNING_SHARED = "learning_shared"
    NO_FURTHER_ACTION = "no_further_action"


class NearMissReview(Fact):
    """A review: the person contacted, both agencies named, an outcome and who was told."""

    id: Code
    kind: NearMissKind
    happened_on: Day
    opened_at: AwareDatetime
    contacted_on: Day | None = None
    agencies: tuple[Code, ...] = ()
    outcome: ReviewOutcome | None = None
    told: tuple[Role, ...] = ()


class ExploitationSign(StrEnum):
    """Signs that repeated become an alert (R122)."""

    CUCKOOING = "cuckooing"
    COUNTY_LINES = "county_lines"
    REPEATED_ASSAULT = "repeated_assault"


class ExploitationFlag(Fact):
    """One sign and the day it was seen."""

    sign: ExploitationSign
    on: Day
