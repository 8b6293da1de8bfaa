"""The rules that travel with one release: the whole policy, and the years of calendar it needs."""

from __future__ import annotations

from datetime import date

from domain.deciding import NewRelease
from domain.rules import Rules


def pinned(rules: Rules, new: NewRelease) -> Rules:
    """Return the rules for `new`, with the bank holidays of the year before to two years after.

    Whole years, so that releases of one year share one calendar in a worker's memory. A release
    that outgrows it is given a newer calendar by command.
    """
    year = new.scheduled_on.year
    calendar = rules.calendar.narrowed_to(date(year - 1, 1, 1), date(year + 2, 12, 31))
    return Rules(policy=rules.policy, calendar=calendar)
