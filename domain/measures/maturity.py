"""When a period can be judged: once nobody in it can still start in time, and it is written down.

Recent releases would pull a rate down, because those who will start have not yet. So a period is
mature only when its last day is, and an immature one is marked and kept out of the headline.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from domain.measures.definitions import Definition
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.periods import Period, PeriodKind, period_of, shift
from domain.measures.policy import MeasuresPolicy


class Maturity(StrEnum):
    """How a period stands: `PROVISIONAL` figures are shown as such and not compared."""

    MATURE = "mature"
    PROVISIONAL = "provisional"
    FUTURE = "future"


def mature_through(definition: Definition, policy: MeasuresPolicy, on: date) -> date:
    """Return the last day of release that can be judged on a day.

    A release is countable when `on >= released_on + days to ripen + reporting lag`.
    """
    return on - timedelta(days=definition.ripens.days(policy) + policy.reporting_lag_days)


def maturity(period: Period, definition: Definition, policy: MeasuresPolicy, on: date) -> Maturity:
    """Return how a period stands on a day."""
    if period.first_on > on:
        return Maturity.FUTURE
    ripe = period.last_on <= mature_through(definition, policy, on)
    return Maturity.MATURE if ripe else Maturity.PROVISIONAL


def headline_period(
    definition: Definition,
    policy: MeasuresPolicy,
    on: date,
    disclosure: DisclosurePolicy | None = None,
) -> Period:
    """Return the latest mature year of twelve months.

    Args:
        definition: Of the measure.
        policy: With its reporting lag.
        on: Today, or the day as known on which the figure is asked for.
        disclosure: Given for anything smaller than a nation: then the year ends only with a month
            that the policy publishes.
    """
    month = (mature_through(definition, policy, on) + timedelta(days=1)).replace(day=1)
    step = disclosure.year_step_months if disclosure else 1
    last = shift(month, -1)
    return Period(PeriodKind.YEAR, shift(last, -(last.month % step)))


def periods_between(kind: PeriodKind, first_on: date, last_on: date) -> Iterable[Period]:
    """Return the periods that lie wholly between two days; years end with each month.

    Empty when none does.
    """
    length = 1 if kind is PeriodKind.YEAR else kind.months
    period = period_of(kind, first_on)
    while period.last_on <= last_on:
        if period.first_on >= first_on:
            yield period
        period = Period(kind, shift(period.last_month, length))
