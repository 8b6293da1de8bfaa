"""Corrections: also accepted for a closed release, so that past rates can be put right."""

from __future__ import annotations

from typing import Literal

from domain.facts import (
    Code,
    Day,
    Fact,
    Instant,
    TreatmentPicture,
)


class CorrectRelease(Fact):
    """The recorded release was wrong; everything counted from it is counted anew."""

    kind: Literal["correct_release"] = "correct_release"
    at: Instant
    reason: Code


class CorrectTreatmentStart(Fact):
    """The recorded start was wrong; `on` None takes it back altogether."""

    kind: Literal["correct_treatment_start"] = "correct_treatment_start"
    on: Day | None
    reason: Code


class CorrectTreatmentPicture(Fact):
    """The recorded need, substances or opiate history were wrong."""

    kind: Literal["correct_treatment_picture"] = "correct_treatment_picture"
    treatment: TreatmentPicture
    reason: Code
