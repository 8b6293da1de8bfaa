"""What a measure needs to know of one release, and nothing that names a person.

Every measure is a reading of this one record, so whoever stores it can count again from it and
must get what a rollup says. Dates are London days on which a fact was true. What is not known is
None, which is never the same as no.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from domain.codes import EthnicityGroup, Nation, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import NaloxoneAnswer, RetentionOutcome
from domain.facts.fact import Day
from domain.journey import Step
from domain.policy import Severity


class Cover(StrEnum):
    """How the prescription stood on the day of release (R54).

    `NOT_DUE` is a person without opioid substitution treatment; `NOT_NEEDED` is left out of the
    percentage and `DECLINED` is not (rules, "Denominators with not required").
    """

    NOT_DUE = "not_due"
    NOT_NEEDED = "not_needed"
    DECLINED = "declined"
    UNRECORDED = "unrecorded"
    GAP = "gap"
    CONTINUOUS = "continuous"


class Acknowledgement(BaseModel):
    """How one escalation was first answered.

    Attributes:
        minutes: Whole minutes, rounded down, from opening to the first acknowledgement; None when
            nobody has acknowledged it.
    """

    model_config = ConfigDict(frozen=True)

    severity: Severity
    minutes: Annotated[int, Field(ge=0)] | None = None


class MeasuredRelease(BaseModel):
    """The facts of one prison exit that measures count by. A person can have several (Q3).

    Attributes:
        nation: Of the destination; it alone decides which nation's measures count the release.
        destination: ONS code of the upper-tier authority the person goes to (R13).
        released_on: R. A release that has not happened is not measured.
        age: In whole years on `released_on`.
        need: As the treatment picture says now; None when no screening was recorded.
        referred_on: The day the first referral was sent, whatever became of it.
        accepted: Whether a community service accepted a referral.
        appointed: Whether an appointment had a date, a place and was told to the person.
        seen: Whether any appointment was attended.
        missed: Whether any appointment was missed.
        started_on: The day structured treatment started; may lie outside every window.
        retained_on: The day of the twelve-week answer.
        returned_on: Recall or other return to custody.
        cover: Judged for the day of release.
        uncovered_days: Days without cover; zero unless `cover` is a gap.
        opiate_history: Whether naloxone and the overdose conversation are due (R62).
        lapsed: Steps that fell due unanswered at least once.
        merged: The release was recorded under a wrong or second number; another one counts.
        overlaps: Another release of the person covers the same time (`domain.measures.spells`).
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    release_id: str
    nation: Nation
    destination: str
    prison: str
    probation_region: str | None = None
    released_on: Day
    group: SubstanceGroup | None = None
    sex: Sex | None = None
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    ethnicity: EthnicityGroup | None = None
    need: TreatmentNeed | None = None
    referred_on: date | None = None
    accepted: bool = False
    appointed: bool = False
    seen: bool = False
    missed: bool = False
    started_on: date | None = None
    retention: RetentionOutcome | None = None
    retained_on: date | None = None
    died_on: date | None = None
    returned_on: date | None = None
    cover: Cover = Cover.NOT_DUE
    uncovered_days: Annotated[int, Field(ge=0)] = 0
    opiate_history: bool = False
    naloxone: NaloxoneAnswer | None = None
    naloxone_in_hand: bool | None = None
    lapsed: frozenset[Step] = frozenset()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    merged: bool = False
    overlaps: bool = False

    @property
    def days_to_start(self) -> int | None:
        """Calendar days from release to treatment start; negative when it started before (R3)."""
        return None if self.started_on is None else (self.started_on - self.released_on).days
