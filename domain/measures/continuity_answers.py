"""Who is in the English rates of continuity and retention, and why (R1 to R9, R17)."""

from __future__ import annotations

from collections.abc import Callable

from domain.measures.answering import Answer, Asked, need_reason, not_counted
from domain.measures.funnel import is_retained, is_started_in_window
from domain.measures.reasons import Because, Reason


def need(asked: Asked) -> Answer:
    """Answer for the need-based rate."""
    reason = need_reason(asked.release)
    if reason is not Reason.NEED_IDENTIFIED:
        return not_counted(reason)
    why = (Because(reason), _start_reason(asked), *_interruptions(asked))
    return Answer(counted=True, reached=is_started_in_window(asked.release, asked.policy), why=why)


def referred(asked: Asked) -> Answer:
    """Answer for the referral-based rate."""
    answer = need(asked)
    if not answer.counted:
        return answer
    on = asked.release.referred_on
    if on is None or on > asked.window_ends_on:
        return not_counted(answer.why[0], Reason.NO_REFERRAL)
    return answer._replace(why=(Because(Reason.REFERRAL_RECORDED, on), *answer.why))


def stayed(answer: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Return a rate's answer without deaths and returns to custody in the window (R9)."""

    def without_deaths_and_returns(asked: Asked) -> Answer:
        found, interrupted = answer(asked), _interruptions(asked)
        return not_counted(*interrupted) if found.counted and interrupted else found

    return without_deaths_and_returns


def _interruptions(asked: Asked) -> tuple[Because, ...]:
    found = (
        (Reason.DIED_IN_WINDOW, asked.release.died_on),
        (Reason.RETURNED_IN_WINDOW, asked.release.returned_on),
    )
    last = asked.window_ends_on
    return tuple(Because(reason, on) for reason, on in found if on is not None and on <= last)


def _start_reason(asked: Asked) -> Because:
    release, days = asked.release, asked.release.days_to_start
    if days is None:
        return Because(Reason.NOT_STARTED)
    if is_started_in_window(release, asked.policy):
        return Because(Reason.STARTED_IN_WINDOW, release.started_on, days)
    early = days < asked.policy.window_from_day
    reason = Reason.STARTED_TOO_EARLY if early else Reason.STARTED_TOO_LATE
    return Because(reason, release.started_on, days)


def retained_of_all(asked: Asked) -> Answer:
    """Answer for retention of all with a need."""
    answer = need(asked)
    if not answer.reached:
        return answer
    return answer._replace(
        reached=is_retained(asked.release), why=(*answer.why, Because(_retention_reason(asked)))
    )


def retained_of_started(asked: Asked) -> Answer:
    """Answer for retention of those who started in the window."""
    if not need(asked).reached:
        return not_counted(*need(asked).why)
    return retained_of_all(asked)


def _retention_reason(asked: Asked) -> Reason:
    if asked.release.retention is None:
        return Reason.RETENTION_UNRECORDED
    return Reason.RETAINED if is_retained(asked.release) else Reason.LEFT_EARLY
