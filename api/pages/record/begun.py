"""Whether work on an open step has begun, as far as its reader may see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from domain.journey import Step
from domain.state import Release

_FIRST_FACTS: Final[dict[Step, Callable[[Release], object]]] = {
    Step.SCREENING: lambda shown: shown.answers,
    Step.PLAN: lambda shown: shown.actions,
    Step.REFERRAL: lambda shown: shown.live_referral,
    Step.PRESCRIPTION: lambda shown: shown.prescription or shown.last_dose,
    Step.NALOXONE: lambda shown: shown.naloxone,
    Step.APPOINTMENT: lambda shown: shown.next_appointment,
    Step.ESSENTIALS: lambda shown: shown.essentials,
    Step.LICENCE: lambda shown: shown.conditions,
    Step.HANDOVER: lambda shown: shown.handover,
    Step.FIRST_CONTACT: lambda shown: shown.attempts,
    Step.REVIEW: lambda shown: any(each.outcome for each in shown.reviews),
}


def has_begun(shown: Release, step: Step) -> bool:
    """Return whether any fact of a step is recorded; most steps need more than their first."""
    fact = _FIRST_FACTS.get(step)
    return bool(fact and fact(shown))
