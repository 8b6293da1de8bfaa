"""Plots of a referral: not sent, not answered, rejected, taken back, declined."""

from __future__ import annotations

from typing import Final

from domain.codes import Role
from domain.commands import (
    AcceptReferral,
    AcknowledgeEscalation,
    RecordDeclined,
    RecordReferralReceived,
    RejectReferral,
    SendReferral,
    WithdrawReferral,
)
from domain.facts import RejectionReason
from domain.journey import Step
from infra.demo.arranging import in_custody
from infra.demo.case import Case
from infra.demo.diary import Diary
from infra.demo.plots.plot import Plot

_NO_REFERRAL: Final = (Step.REFERRAL,)


def _not_sent(diary: Diary) -> None:
    in_custody(diary, but=_NO_REFERRAL)


def _not_sent_but_taken_on(diary: Diary) -> None:
    _not_sent(diary)
    diary.afterwards(Role.RESETTLEMENT, AcknowledgeEscalation(step=Step.REFERRAL))


def _sent_late(diary: Diary) -> None:
    case = diary.case
    _not_sent(diary)
    sent = SendReferral(on=case.today, service=case.service)
    diary.afterwards(Role.RESETTLEMENT, sent)
    diary.afterwards(Role.PROVIDER, AcceptReferral(on=case.today))


def _not_answered(diary: Diary) -> None:
    _not_sent(diary)
    diary.write(SendReferral(on=diary.case.ago(3), service=diary.case.service))


def _in_hand(diary: Diary) -> None:
    _not_answered(diary)
    diary.write(RecordReferralReceived(on=diary.case.ago(2)))


def _rejected(diary: Diary) -> None:
    _in_hand(diary)
    reason = diary.case.choose(tuple(RejectionReason), "rejection")
    diary.write(RejectReferral(on=diary.case.ago(1), reason=reason))


def _accepted_elsewhere(diary: Diary) -> None:
    case = diary.case
    _rejected(diary)
    diary.write(
        SendReferral(on=case.ago(1), service=_another_service(case)),
        AcceptReferral(on=case.today),
    )


def _taken_back(diary: Diary) -> None:
    _not_answered(diary)
    diary.write(WithdrawReferral(on=diary.case.ago(1)))


def _declined(diary: Diary) -> None:
    case = diary.case
    _not_sent(diary)
    answer = RecordDeclined(on=case.ago(5), step=Step.REFERRAL, reason="wants_no_treatment")
    diary.write(answer)


def _another_service(case: Case) -> str:
    others = [each for each in case.reference.services.entries if each != case.service]
    return case.choose(others, "another service")


REFERRAL: Final = (
    Plot("referral_not_sent", _not_sent, 13, 26, held_days=12),
    Plot("referral_taken_on", _not_sent_but_taken_on, 13, 26, held_days=12),
    Plot("referral_sent_late", _sent_late, 13, 26, held_days=12),
    Plot("referral_not_answered", _not_answered, 13, 35, held_days=7),
    Plot("referral_in_hand", _in_hand, 13, 35, held_days=7),
    Plot("referral_rejected", _rejected, 13, 35, held_days=7),
    Plot("referral_accepted_elsewhere", _accepted_elsewhere, 13, 35, held_days=7),
    Plot("referral_taken_back", _taken_back, 13, 35, held_days=7),
    Plot("referral_declined", _declined, 13, 35, held_days=7),
    Plot("on_track", in_custody, 1, 35, weight=3),
)
"""Plots of a referral, and of people for whom all is done in time."""
