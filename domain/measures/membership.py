"""Who is in a measure's denominator and numerator, and why: the one place that decides it.

Counts are sums of these answers (`domain.measures.counting`), so an explanation of one release
can never disagree with the figure it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from domain.calendars import WorkingCalendar
from domain.measures import care_answers, continuity_answers
from domain.measures.answering import Answer, Asked, not_counted
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.exclusions import Exclusion, exclusion
from domain.measures.policy import MeasuresPolicy
from domain.measures.reasons import Because, Reason
from domain.measures.release import MeasuredRelease


class Membership(NamedTuple):
    """Whether one release is counted in one measure, and why.

    Attributes:
        counted: In the denominator.
        reached: In the numerator; never without being counted.
        why: Reasons in the order in which they were looked at.
    """

    measure: MeasureId
    counted: bool
    reached: bool
    why: tuple[Because, ...]

    @property
    def words(self) -> str:
        """The answer as one sentence."""
        said = "; ".join(each.words for each in self.why)
        if not self.counted:
            return f"Not counted because {said}."
        outcome = "as reached" if self.reached else "as not reached"
        return f"Counted, {outcome}, because {said}."


def membership(
    measure: MeasureId,
    release: MeasuredRelease,
    policy: MeasuresPolicy,
    calendar: WorkingCalendar,
) -> Membership:
    """Return whether a release counts in a proportion, and why.

    Raises:
        KeyError: The measure is no proportion, so there is nothing to be in.
        CalendarGapError: A Welsh wait runs over days that the bank-holiday list does not cover.
    """
    answer = _decide(_ANSWERS[measure], measure, Asked(release, policy, calendar))
    return Membership(measure, *answer)


def memberships(
    release: MeasuredRelease, policy: MeasuresPolicy, calendar: WorkingCalendar
) -> tuple[Membership, ...]:
    """Return the answers of every proportion, of the other nation as well."""
    return tuple(membership(each, release, policy, calendar) for each in _ANSWERS)


def _decide(answer: Callable[[Asked], Answer], measure: MeasureId, asked: Asked) -> Answer:
    left_out = exclusion(asked.release, asked.policy)
    if left_out is not None:
        return Answer(counted=False, reached=False, why=(_excluded(left_out, asked.release),))
    if asked.release.nation not in DEFINITIONS[measure].nations:
        return not_counted(Reason.OTHER_NATION)
    return answer(asked)


def _excluded(left_out: Exclusion, release: MeasuredRelease) -> Because:
    on = {
        Exclusion.DIED_BEFORE_RELEASE: release.died_on,
        Exclusion.RETURNED_BEFORE_RELEASE: release.returned_on,
        Exclusion.RETENTION_BEFORE_START: release.retained_on,
        Exclusion.STARTED_BEFORE_RELEASE: release.started_on,
    }.get(left_out)
    days = release.age if left_out is Exclusion.UNDER_AGE else None
    return Because(Reason(left_out), on, days)


_ANSWERS: Final[Mapping[MeasureId, Callable[[Asked], Answer]]] = {
    MeasureId.CONTINUITY_NEED: continuity_answers.need,
    MeasureId.CONTINUITY_REFERRED: continuity_answers.referred,
    MeasureId.CONTINUITY_NEED_STAYED: continuity_answers.stayed(continuity_answers.need),
    MeasureId.CONTINUITY_REFERRED_STAYED: continuity_answers.stayed(continuity_answers.referred),
    MeasureId.RETENTION_ALL: continuity_answers.retained_of_all,
    MeasureId.RETENTION_STARTED: continuity_answers.retained_of_started,
    MeasureId.WALES_WAIT: care_answers.wait,
    MeasureId.WALES_WAIT_WITH_DNA: care_answers.wait_or_did_not_attend,
    MeasureId.COVER_CONTINUOUS: care_answers.cover,
    MeasureId.NALOXONE_SUPPLIED: care_answers.naloxone,
}
