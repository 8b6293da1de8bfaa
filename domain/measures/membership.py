"""Who is in a measure's denominator and numerator, and why: the one place that decides it.

Counts are sums of these answers (`domain.measures.counting`), so an explanation of one release
can never disagree with the figure it explains.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from domain.calendars import WorkingCalendar
from domain.codes import TreatmentNeed
from domain.facts import NaloxoneAnswer
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.exclusions import Exclusion, exclusion
from domain.measures.funnel import is_retained, is_started_in_window
from domain.measures.policy import MeasuresPolicy
from domain.measures.reasons import Because, Reason
from domain.measures.release import Cover, MeasuredRelease
from domain.measures.waits import VALID, WaitBand, wait_band


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


class _Asked(NamedTuple):
    release: MeasuredRelease
    policy: MeasuresPolicy
    calendar: WorkingCalendar

    @property
    def window_ends_on(self) -> date:
        return self.release.released_on + timedelta(days=self.policy.window_to_day)


class _Answer(NamedTuple):
    counted: bool
    reached: bool
    why: tuple[Because, ...]


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
    answer = _decide(_ANSWERS[measure], measure, _Asked(release, policy, calendar))
    return Membership(measure, *answer)


def memberships(
    release: MeasuredRelease, policy: MeasuresPolicy, calendar: WorkingCalendar
) -> tuple[Membership, ...]:
    """Return the answers of every proportion, of the other nation as well."""
    return tuple(membership(each, release, policy, calendar) for each in _ANSWERS)


def _decide(answer: Callable[[_Asked], _Answer], measure: MeasureId, asked: _Asked) -> _Answer:
    left_out = exclusion(asked.release, asked.policy)
    if left_out is not None:
        return _Answer(counted=False, reached=False, why=(_excluded(left_out, asked.release),))
    if asked.release.nation not in DEFINITIONS[measure].nations:
        return _not_counted(Reason.OTHER_NATION)
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


def _not_counted(*reasons: Reason | Because) -> _Answer:
    why = tuple(each if isinstance(each, Because) else Because(each) for each in reasons)
    return _Answer(counted=False, reached=False, why=why)


def need_reason(release: MeasuredRelease) -> Reason:
    """Return what is known of the treatment need."""
    if release.need is TreatmentNeed.NEEDED:
        return Reason.NEED_IDENTIFIED
    return Reason.NO_NEED if release.need is TreatmentNeed.NOT_NEEDED else Reason.NOT_SCREENED


def _need(asked: _Asked) -> _Answer:
    reason = need_reason(asked.release)
    if reason is not Reason.NEED_IDENTIFIED:
        return _not_counted(reason)
    why = (Because(reason), _start_reason(asked), *_interruptions(asked))
    return _Answer(counted=True, reached=is_started_in_window(asked.release, asked.policy), why=why)


def _referred(asked: _Asked) -> _Answer:
    answer = _need(asked)
    if not answer.counted:
        return answer
    on = asked.release.referred_on
    if on is None or on > asked.window_ends_on:
        return _not_counted(answer.why[0], Reason.NO_REFERRAL)
    return answer._replace(why=(Because(Reason.REFERRAL_RECORDED, on), *answer.why))


def _stayed(answer: Callable[[_Asked], _Answer]) -> Callable[[_Asked], _Answer]:
    def without_deaths_and_returns(asked: _Asked) -> _Answer:
        found, interrupted = answer(asked), _interruptions(asked)
        return _not_counted(*interrupted) if found.counted and interrupted else found

    return without_deaths_and_returns


def _interruptions(asked: _Asked) -> tuple[Because, ...]:
    found = (
        (Reason.DIED_IN_WINDOW, asked.release.died_on),
        (Reason.RETURNED_IN_WINDOW, asked.release.returned_on),
    )
    last = asked.window_ends_on
    return tuple(Because(reason, on) for reason, on in found if on is not None and on <= last)


def _start_reason(asked: _Asked) -> Because:
    release, days = asked.release, asked.release.days_to_start
    if days is None:
        return Because(Reason.NOT_STARTED)
    if is_started_in_window(release, asked.policy):
        return Because(Reason.STARTED_IN_WINDOW, release.started_on, days)
    early = days < asked.policy.window_from_day
    reason = Reason.STARTED_TOO_EARLY if early else Reason.STARTED_TOO_LATE
    return Because(reason, release.started_on, days)


def _retained_of_all(asked: _Asked) -> _Answer:
    answer = _need(asked)
    if not answer.reached:
        return answer
    return answer._replace(
        reached=is_retained(asked.release), why=(*answer.why, Because(_retention_reason(asked)))
    )


def _retained_of_started(asked: _Asked) -> _Answer:
    if not _need(asked).reached:
        return _not_counted(*_need(asked).why)
    return _retained_of_all(asked)


def _retention_reason(asked: _Asked) -> Reason:
    if asked.release.retention is None:
        return Reason.RETENTION_UNRECORDED
    return Reason.RETAINED if is_retained(asked.release) else Reason.LEFT_EARLY


_NO_WAIT: Final = {
    WaitBand.NOT_REFERRED: Reason.NO_REFERRAL,
    WaitBand.NOT_STARTED: Reason.NOT_STARTED,
    WaitBand.DID_NOT_ATTEND: Reason.DID_NOT_ATTEND,
}


def _wait(asked: _Asked) -> _Answer:
    release, band = asked.release, wait_band(*asked)
    if band in _NO_WAIT:
        return _not_counted(_NO_WAIT[band])
    if band not in VALID:
        return _not_counted(Because(Reason.STARTED_BEFORE_REFERRAL, release.started_on))
    within = band is WaitBand.WITHIN_STANDARD
    assert release.started_on is not None and release.referred_on is not None  # noqa: S101, PT018 - a valid band has both
    days = (release.started_on - release.referred_on).days
    reason = Reason.WAIT_WITHIN if within else Reason.WAIT_LONGER
    return _Answer(counted=True, reached=within, why=(Because(reason, None, days),))


def _wait_or_did_not_attend(asked: _Asked) -> _Answer:
    answer = _wait(asked)
    gave_up = answer.why == (Because(Reason.DID_NOT_ATTEND),)
    return answer._replace(counted=True) if gave_up else answer


_COVER: Final = {
    Cover.NOT_DUE: Reason.NO_OPIATE_TREATMENT,
    Cover.NOT_NEEDED: Reason.COVER_NOT_NEEDED,
    Cover.CONTINUOUS: Reason.COVER_CONTINUOUS,
    Cover.GAP: Reason.COVER_GAP,
    Cover.UNRECORDED: Reason.COVER_UNRECORDED,
    Cover.DECLINED: Reason.COVER_DECLINED,
}


def _cover(asked: _Asked) -> _Answer:
    cover = asked.release.cover
    reason = Because(_COVER[cover], None, asked.release.uncovered_days)
    if cover in {Cover.NOT_DUE, Cover.NOT_NEEDED}:
        return _not_counted(reason)
    why = (Because(Reason.OPIATE_TREATMENT), reason)
    return _Answer(counted=True, reached=cover is Cover.CONTINUOUS, why=why)


_NALOXONE: Final = {
    None: Reason.NALOXONE_UNRECORDED,
    NaloxoneAnswer.DECLINED: Reason.NALOXONE_DECLINED,
    NaloxoneAnswer.SUPPLIED_AND_TRAINED: Reason.NALOXONE_SUPPLIED,
    NaloxoneAnswer.SUPPLIED_NOT_TRAINED: Reason.NALOXONE_SUPPLIED,
}


def _naloxone(asked: _Asked) -> _Answer:
    if not asked.release.opiate_history:
        return _not_counted(Reason.NO_OPIATE_HISTORY)
    reason = _NALOXONE[asked.release.naloxone]
    why = (Because(Reason.OPIATE_HISTORY), Because(reason))
    return _Answer(counted=True, reached=reason is Reason.NALOXONE_SUPPLIED, why=why)


_ANSWERS: Final[Mapping[MeasureId, Callable[[_Asked], _Answer]]] = {
    MeasureId.CONTINUITY_NEED: _need,
    MeasureId.CONTINUITY_REFERRED: _referred,
    MeasureId.CONTINUITY_NEED_STAYED: _stayed(_need),
    MeasureId.CONTINUITY_REFERRED_STAYED: _stayed(_referred),
    MeasureId.RETENTION_ALL: _retained_of_all,
    MeasureId.RETENTION_STARTED: _retained_of_started,
    MeasureId.WALES_WAIT: _wait,
    MeasureId.WALES_WAIT_WITH_DNA: _wait_or_did_not_attend,
    MeasureId.COVER_CONTINUOUS: _cover,
    MeasureId.NALOXONE_SUPPLIED: _naloxone,
}
