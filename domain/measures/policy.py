"""The figures behind the measures, each with its source.

They are not pinned to a release as the journey's policy is: a rate compares places, so everybody
in it is counted by the same figures. A changed figure is a new `version`, printed beside the rate.
"""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from domain.measures.disclosure.policy import DisclosurePolicy
from domain.policy.citing import Certainty, Citation, Document

Days = Annotated[int, Field(ge=0, le=400)]


class MeasuresPolicy(Document):
    """How releases are counted, when a period is ripe and what may be published.

    Attributes:
        window_from_day: First day after release on which a start counts; 0 is the same day.
        window_to_day: Last day on which it counts, included.
        retention_days: How long after the start a person must still be in treatment.
        reporting_lag_days: How long facts may take to be recorded after they were true.
        tolerated_days_before: A start up to so many days before release is not an error of the
            record; it still does not count as started after release.
        days_to_start_at_most: The last day that the distribution of days to start shows by itself.
        wales_working_days: The Welsh waiting-time standard, from referral.
        wales_settle_days: After how many calendar days a Welsh release can be judged by it.
        target_percent: The national ambition for the need-based rate.
    """

    version: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]{2,39}$")]
    window_from_day: Days
    window_to_day: Days
    retention_days: Days
    reporting_lag_days: Days
    adult_age: Annotated[int, Field(ge=0, le=30)]
    tolerated_days_before: Days
    days_to_start_at_most: Days
    wales_working_days: Days
    wales_settle_days: Days
    target_percent: Annotated[int, Field(ge=1, le=100)]
    disclosure: DisclosurePolicy
    cites: dict[str, Citation]

    @model_validator(mode="after")
    def _figures_are_cited_and_agree(self) -> Self:
        missing = set(type(self).model_fields) - {"version", "cites"} - set(self.cites)
        if missing:
            msg = f"no citation for {', '.join(sorted(missing))}"
            raise ValueError(msg)
        if not self.window_from_day <= self.window_to_day <= self.days_to_start_at_most:
            msg = "window_from_day, window_to_day and days_to_start_at_most must be in order"
            raise ValueError(msg)
        return self


def _cited(source: str, certainty: Certainty, note: str = "") -> Citation:
    return Citation(source=source, certainty=certainty, note=note)


DEFAULT_MEASURES: Final = MeasuresPolicy(
    version="measures-2026-11",
    window_from_day=0,
    window_to_day=21,
    retention_days=84,
    reporting_lag_days=30,
    adult_age=18,
    tolerated_days_before=0,
    days_to_start_at_most=84,
    wales_working_days=20,
    wales_settle_days=31,
    target_percent=75,
    disclosure=DisclosurePolicy(),
    cites={
        "window_from_day": _cited("R3", Certainty.LOW, "That the same day counts is our reading."),
        "window_to_day": _cited(
            "R1, R3; SEC-2021, SEC-2024",
            Certainty.HIGH,
            "Three weeks is sourced; that day 21 itself still counts is our reading.",
        ),
        "retention_days": _cited(
            "R17; S-001",
            Certainty.HIGH,
            "Twelve weeks is sourced; leaving earlier as complete counts from memory.",
        ),
        "reporting_lag_days": _cited("rules, Maturity", Certainty.DEFAULT, "Not sourced: ours."),
        "adult_age": _cited("R11; SEC-2020, SEC-2024", Certainty.HIGH),
        "tolerated_days_before": _cited("R3", Certainty.DEFAULT, "None is tolerated unless set."),
        "days_to_start_at_most": _cited("R17", Certainty.DEFAULT, "Twelve weeks, as retention."),
        "wales_working_days": _cited("R22; DHCW, StatsWales", Certainty.HIGH),
        "wales_settle_days": _cited(
            "R22",
            Certainty.DEFAULT,
            "20 working days from a referral made by the day of release, bank holidays included.",
        ),
        "target_percent": _cited(
            "R18; S-001, ILLY-2023",
            Certainty.HIGH,
            "The inspection report words it as retained, the strategy as engaged in three weeks.",
        ),
        "disclosure": _cited(
            "rules, Suppression; NDTMS-SUP",
            Certainty.MEDIUM,
            "Fewer than five is sourced from an older page; the rest is ours (ADR 10).",
        ),
    },
)
"""The shipped figures."""
