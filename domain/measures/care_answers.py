"""Who is in the Welsh wait, the prescription's cover and naloxone, and why (R22, R54, R62)."""

from __future__ import annotations

from typing import Final

from domain.facts import NaloxoneAnswer
from domain.measures.answering import Answer, Asked, not_counted
from domain.measures.reasons import Because, Reason
from domain.measures.release import Cover
from domain.measures.waits import VALID, WaitBand, wait_band

_NO_WAIT: Final = {
    WaitBand.NOT_REFERRED: Reason.NO_REFERRAL,
    WaitBand.NOT_STARTED: Reason.NOT_STARTED,
    WaitBand.DID_NOT_ATTEND: Reason.DID_NOT_ATTEND,
}


def wait(asked: Asked) -> Answer:
    """Answer for the Welsh wait as in annual tables."""
    release, band = asked.release, wait_band(*asked)
    if band in _NO_WAIT:
        return not_counted(_NO_WAIT[band])
    if band not in VALID:
        return not_counted(Because(Reason.STARTED_BEFORE_REFERRAL, release.started_on))
    within = band is WaitBand.WITHIN_STANDARD
    assert release.started_on is not None and release.referred_on is not None  # noqa: S101, PT018 - a valid band has both
    days = (release.started_on - release.referred_on).days
    reason = Reason.WAIT_WITHIN if within else Reason.WAIT_LONGER
    return Answer(counted=True, reached=within, why=(Because(reason, None, days),))


def wait_or_did_not_attend(asked: Asked) -> Answer:
    """Answer for the Welsh wait as in quarterly tables (R24)."""
    answer = wait(asked)
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


def cover(asked: Asked) -> Answer:
    """Answer for the prescription's cover."""
    cover = asked.release.cover
    reason = Because(_COVER[cover], None, asked.release.uncovered_days)
    if cover in {Cover.NOT_DUE, Cover.NOT_NEEDED}:
        return not_counted(reason)
    why = (Because(Reason.OPIATE_TREATMENT), reason)
    return Answer(counted=True, reached=cover is Cover.CONTINUOUS, why=why)


_NALOXONE: Final = {
    None: Reason.NALOXONE_UNRECORDED,
    NaloxoneAnswer.DECLINED: Reason.NALOXONE_DECLINED,
    NaloxoneAnswer.SUPPLIED_AND_TRAINED: Reason.NALOXONE_SUPPLIED,
    NaloxoneAnswer.SUPPLIED_NOT_TRAINED: Reason.NALOXONE_SUPPLIED,
}


def naloxone(asked: Asked) -> Answer:
    """Answer for naloxone."""
    if not asked.release.opiate_history:
        return not_counted(Reason.NO_OPIATE_HISTORY)
    reason = _NALOXONE[asked.release.naloxone]
    why = (Because(Reason.OPIATE_HISTORY), Because(reason))
    return Answer(counted=True, reached=reason is Reason.NALOXONE_SUPPLIED, why=why)
