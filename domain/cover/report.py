"""What a cover check says: every day with what covers it, and every problem.

Change this file when the shape of the answer changes.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.cover.problems import CoverProblem


class Source(StrEnum):
    """What covers a day; where several do, the first in this order is named."""

    RELEASED_DOSE = "released_dose"
    DEPOT = "depot"
    TAKE_HOME = "take_home"
    FORM = "form"
    NONE = "none"


class CoverDay(BaseModel):
    """One London day and what covers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: date
    source: Source

    @property
    def covered(self) -> bool:
        """Whether anything covers the day."""
        return self.source is not Source.NONE


class CoverReport(BaseModel):
    """The answer of a cover check.

    Attributes:
        days: Every day checked, in order, from the day of release.
        problems: Every problem, in the order found; each code once for each form or injection.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: tuple[CoverDay, ...]
    problems: tuple[CoverProblem, ...]

    @property
    def uncovered_on(self) -> tuple[date, ...]:
        """Every checked day that nothing covers, in order."""
        return tuple(day.on for day in self.days if not day.covered)

    @property
    def is_continuous(self) -> bool:
        """Whether no day is uncovered and no problem blocks."""
        return not self.uncovered_on and not any(each.is_blocking for each in self.problems)
