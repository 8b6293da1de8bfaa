"""Why one release is counted or not, as codes that stay and words that may change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple


class Reason(StrEnum):
    """Codes of membership; clients may match on them. The first seven are the exclusions."""

    MERGED = "merged"
    OVERLAPPING_RELEASE = "overlapping_release"
    UNDER_AGE = "under_age"
    DIED_BEFORE_RELEASE = "died_before_release"
    RETURNED_BEFORE_RELEASE = "returned_before_release"
    RETENTION_BEFORE_START = "retention_before_start"
    STARTED_BEFORE_RELEASE = "started_before_release"

    OTHER_NATION = "other_nation"
    NOT_SCREENED = "not_screened"
    NO_NEED = "no_need"
    NEED_IDENTIFIED = "need_identified"
    REFERRAL_RECORDED = "referral_recorded"
    NO_REFERRAL = "no_referral"
    DIED_IN_WINDOW = "died_in_window"
    RETURNED_IN_WINDOW = "returned_in_window"
    STARTED_IN_WINDOW = "started_in_window"
    STARTED_TOO_LATE = "started_too_late"
    STARTED_TOO_EARLY = "started_too_early"
    NOT_STARTED = "not_started"
    RETAINED = "retained"
    LEFT_EARLY = "left_early"
    RETENTION_UNRECORDED = "retention_unrecorded"

    WAIT_WITHIN = "wait_within"
    WAIT_LONGER = "wait_longer"
    STARTED_BEFORE_REFERRAL = "started_before_referral"
    DID_NOT_ATTEND = "did_not_attend_before_assessment"

    NO_OPIATE_TREATMENT = "no_opiate_treatment"
    COVER_NOT_NEEDED = "cover_not_needed"
    OPIATE_TREATMENT = "opiate_treatment"
    COVER_CONTINUOUS = "cover_continuous"
    COVER_GAP = "cover_gap"
    COVER_UNRECORDED = "cover_unrecorded"
    COVER_DECLINED = "cover_declined"
    NO_OPIATE_HISTORY = "no_opiate_history"
    OPIATE_HISTORY = "opiate_history"
    NALOXONE_SUPPLIED = "naloxone_supplied"
    NALOXONE_DECLINED = "naloxone_declined"
    NALOXONE_UNRECORDED = "naloxone_unrecorded"


class Because(NamedTuple):
    """One reason, with the day of the fact and the number of days it turns on, where it has them.

    `days` counts from release, for waits in calendar days from referral, for cover without cover.
    """

    reason: Reason
    on: date | None = None
    days: int | None = None

    @property
    def words(self) -> str:
        """The reason as a sentence part, after "counted because" or "not counted because"."""
        said = _WORDS[self.reason]
        if self.days is not None:
            said = said.replace("{days}", f"{self.days:,}")
            said = said.replace("{noun}", "day" if abs(self.days) == 1 else "days")
        if self.on is not None:
            said = said.replace("{on}", f"{self.on.day} {self.on:%B %Y}")
        return said


_WORDS: Final[Mapping[Reason, str]] = {
    Reason.MERGED: "it was recorded under a wrong or second number and is counted elsewhere",
    Reason.OVERLAPPING_RELEASE: "another release of the same person covers the same time",
    Reason.UNDER_AGE: "the person was {days} years old; only adults are counted",
    Reason.DIED_BEFORE_RELEASE: "death is recorded before the release, on {on}",
    Reason.RETURNED_BEFORE_RELEASE: "a return to custody is recorded before the release, on {on}",
    Reason.RETENTION_BEFORE_START: "the twelve-week answer, on {on}, has no start before it",
    Reason.STARTED_BEFORE_RELEASE: "treatment is recorded as started before release, on {on}",
    Reason.OTHER_NATION: "the destination is in the other nation, which has measures of its own",
    Reason.NOT_SCREENED: "nobody recorded whether treatment was needed",
    Reason.NO_NEED: "no treatment need was found",
    Reason.NEED_IDENTIFIED: "a treatment need was identified",
    Reason.REFERRAL_RECORDED: "a referral was recorded on {on}",
    Reason.NO_REFERRAL: "no referral was recorded by the end of the window",
    Reason.DIED_IN_WINDOW: "the person died within the window, on {on}",
    Reason.RETURNED_IN_WINDOW: "the person returned to custody within the window, on {on}",
    Reason.STARTED_IN_WINDOW: "treatment started {days} {noun} after release, on {on}",
    Reason.STARTED_TOO_LATE: "treatment started {days} {noun} after release, outside the window",
    Reason.STARTED_TOO_EARLY: "treatment started before release, on {on}",
    Reason.NOT_STARTED: "no treatment start is recorded",
    Reason.RETAINED: "the person was in treatment, or had completed it, at twelve weeks",
    Reason.LEFT_EARLY: "the person left treatment before twelve weeks",
    Reason.RETENTION_UNRECORDED: "no twelve-week answer is recorded",
    Reason.WAIT_WITHIN: "the wait from referral was within the standard, {days} {noun} in all",
    Reason.WAIT_LONGER: "the wait from referral was longer than the standard, {days} {noun} in all",
    Reason.STARTED_BEFORE_REFERRAL: "treatment is recorded as started before the referral, on {on}",
    Reason.DID_NOT_ATTEND: "the person was referred and did not attend before assessment",
    Reason.NO_OPIATE_TREATMENT: "the person was not on opioid substitution treatment",
    Reason.COVER_NOT_NEEDED: "a prescription was recorded as not needed",
    Reason.OPIATE_TREATMENT: "the person was on opioid substitution treatment",
    Reason.COVER_CONTINUOUS: "every day until the first community prescriber was covered",
    Reason.COVER_GAP: "cover had a gap or another fault; days without cover: {days}",
    Reason.COVER_UNRECORDED: "no prescription was recorded",
    Reason.COVER_DECLINED: "the person declined a prescription",
    Reason.NO_OPIATE_HISTORY: "the person has no known history of opiate use",
    Reason.OPIATE_HISTORY: "the person has a history of opiate use",
    Reason.NALOXONE_SUPPLIED: "naloxone was supplied",
    Reason.NALOXONE_DECLINED: "the person declined naloxone",
    Reason.NALOXONE_UNRECORDED: "no answer about naloxone was recorded",
}
