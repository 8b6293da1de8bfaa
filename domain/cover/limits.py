"""The figures of the cover check: policy data, each cited where the policy document holds it."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from domain.cover.supplies import Formulation

Days = Annotated[int, Field(ge=0, le=84)]
AtLeastOneDay = Annotated[int, Field(ge=1, le=84)]


class CoverLimits(BaseModel):
    """Days, all of them calendar days.

    Attributes:
        instalment_form_days: The longest an instalment form may last (R47).
        first_supply_within_days: How long after it became valid a form for a controlled drug of
            schedule 2, 3 or 4 may first be supplied (R49); the last of these days counts.
        gate_supply_days: The least supply at the gate when there is no form (R44).
        weekly_depot_days: How long a weekly injection lasts (R59).
        monthly_depot_days: How long a monthly injection lasts (R59).
        weekly_window_days: How far from its due day the next weekly one may be given (R60).
        monthly_window_days: How far from its due day the next monthly one may be given (R60).
        closed_days_margin: Days of cover wanted after the first working day, when nobody works
            on the day after release (R64).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    instalment_form_days: AtLeastOneDay = 14
    first_supply_within_days: Days = 28
    gate_supply_days: AtLeastOneDay = 7
    weekly_depot_days: AtLeastOneDay = 7
    monthly_depot_days: AtLeastOneDay = 28
    weekly_window_days: Days = 2
    monthly_window_days: Days = 7
    closed_days_margin: Days = 1

    def interval_days(self, formulation: Formulation) -> int:
        """Return how many days an injection covers, its own day included."""
        if formulation is Formulation.WEEKLY:
            return self.weekly_depot_days
        return self.monthly_depot_days

    def window_days(self, formulation: Formulation) -> int:
        """Return how many days early or late the next injection may be given."""
        if formulation is Formulation.WEEKLY:
            return self.weekly_window_days
        return self.monthly_window_days


DEFAULT_LIMITS: Final = CoverLimits()
