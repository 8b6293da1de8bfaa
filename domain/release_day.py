"""The day of release under the Offenders (Day of Release from Detention) Act 2023 (R97 to R101).

A release on a Friday, or on the eve of a bank holiday, leaves a person with services closed for
days. The Act lets it be brought forward; the prison's own calculator does so by stepping back
while the day, or the day after it, is not worked (R100). We follow that calculator step for step,
so that our expected day and the prison's are the same, and keep two flags beside the answer:

* `beyond_presumption`: the policy framework presumes one working day (R98); more needs a request.
* `beyond_cap`: the Act allows two *eligible* working days (R97). The calculator has no cap of its
  own. We count every working day, which is stricter than the Act's count, because a flag that
  asks a person to look costs less than an expected day that the law does not allow.

Change this file when the algorithm changes; its figures and release types are policy data.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_serializer

from domain.calendars import WorkingCalendar
from domain.codes import ReleaseType

FRIDAY: Final = 4
ONE_DAY: Final = timedelta(days=1)


class ReleaseDayRule(BaseModel):
    """The figures of the rule, as the policy document holds them.

    Attributes:
        eligible_types: The release types the rule moves (R100); every other type stays (R99).
        served_at_least_days: Days served since sentence below which nobody is moved (R98, R99).
        presumed_working_days: How far the framework presumes the move (R98).
        most_working_days: How far the Act allows it (R97).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    eligible_types: frozenset[ReleaseType] = frozenset(
        {
            ReleaseType.CONDITIONAL,
            ReleaseType.AUTOMATIC,
            ReleaseType.POST_RECALL,
            ReleaseType.EARLY_TRANSFER,
            ReleaseType.MID_TRANSFER,
            ReleaseType.LATE_TRANSFER,
        },
    )
    served_at_least_days: Annotated[int, Field(ge=0, le=366)] = 28
    presumed_working_days: Annotated[int, Field(ge=0, le=5)] = 1
    most_working_days: Annotated[int, Field(ge=0, le=5)] = 2

    # A set iterates in another order in every process; sorted, equal rules are equal bytes.
    @field_serializer("eligible_types")
    def _in_order(self, eligible_types: frozenset[ReleaseType]) -> list[ReleaseType]:
        return sorted(eligible_types)


DEFAULT_RULE: Final = ReleaseDayRule()


class AwkwardDay(StrEnum):
    """What makes a day a bad one to be released on; the first that holds is named."""

    BANK_HOLIDAY = "bank_holiday"
    WEEKEND = "weekend"
    FRIDAY = "friday"
    EVE_OF_BANK_HOLIDAY = "eve_of_bank_holiday"


class ReleaseDay(BaseModel):
    """The expected day of release and how it follows from the scheduled one.

    Attributes:
        scheduled_on: The date the sentence gives.
        released_on: The day the prison is expected to release on; never later.
        awkward: Why the scheduled day is a bad one, also when the release is not moved.
        is_eligible: Whether the rule applies to this release at all.
        days_moved: Calendar days between the two.
        working_days_moved: Working days between the two, the scheduled day not counted.
        beyond_presumption: More working days than the framework presumes.
        beyond_cap: More working days than the Act allows by our stricter count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scheduled_on: date
    released_on: date
    awkward: AwkwardDay | None
    is_eligible: bool
    days_moved: int
    working_days_moved: int
    beyond_presumption: bool
    beyond_cap: bool


def release_day(
    scheduled_on: date,
    release_type: ReleaseType,
    calendar: WorkingCalendar,
    *,
    today_on: date | None = None,
    days_served: int | None = None,
    rule: ReleaseDayRule = DEFAULT_RULE,
) -> ReleaseDay:
    """Return the day the prison is expected to release on.

    The answer can lie before `today_on` when the scheduled day is only a day or two away: the
    chance to move was missed, and the caller must ask rather than assume.

    Args:
        scheduled_on: The date the sentence gives.
        release_type: Decides whether the rule applies.
        calendar: Bank holidays of England and Wales.
        today_on: The London date today; a scheduled day before it is left alone (R100). None
            takes every scheduled day as still to come.
        days_served: Days served since sentence; None when not known, which is taken as enough.
        rule: The policy's figures.

    Raises:
        CalendarGapError: The calendar does not cover the days around `scheduled_on`.
    """
    is_eligible = (
        release_type in rule.eligible_types
        and (today_on is None or scheduled_on >= today_on)
        and (days_served is None or days_served >= rule.served_at_least_days)
    )
    released_on = _brought_forward(scheduled_on, calendar) if is_eligible else scheduled_on
    moved = -calendar.working_days_between(scheduled_on, released_on)
    return ReleaseDay(
        scheduled_on=scheduled_on,
        released_on=released_on,
        awkward=awkward_day(scheduled_on, calendar),
        is_eligible=is_eligible,
        days_moved=(scheduled_on - released_on).days,
        working_days_moved=moved,
        beyond_presumption=moved > rule.presumed_working_days,
        beyond_cap=moved > rule.most_working_days,
    )


def awkward_day(on: date, calendar: WorkingCalendar) -> AwkwardDay | None:
    """Return why `on` is a bad day to be released on, or None when it is not.

    Raises:
        CalendarGapError: The calendar does not cover `on` and the day after it.
    """
    if calendar.is_bank_holiday(on):
        return AwkwardDay.BANK_HOLIDAY
    if calendar.is_working_day(on) and calendar.is_working_day(on + ONE_DAY):
        return None
    if on.weekday() == FRIDAY:
        return AwkwardDay.FRIDAY
    if on.weekday() > FRIDAY:
        return AwkwardDay.WEEKEND
    return AwkwardDay.EVE_OF_BANK_HOLIDAY


def is_friday_or_eve(on: date, calendar: WorkingCalendar) -> bool:
    """Return whether nobody works on the day after `on`: a Friday, or the eve of a bank holiday.

    Used to warn ahead, whatever the release type and whether or not the rule may move it.

    Raises:
        CalendarGapError: The day after `on` is a weekday that the calendar does not cover.
    """
    return not calendar.is_working_day(on + ONE_DAY)


def _brought_forward(on: date, calendar: WorkingCalendar) -> date:
    while not calendar.is_working_day(on) or not calendar.is_working_day(on + ONE_DAY):
        on -= ONE_DAY
    return on
