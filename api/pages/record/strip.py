"""The cover of a prescription as a strip of days, for clinical roles only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.cover import CoverReport, Source
from domain.cover.wording import days_in_words

SOURCES: Final = {
    Source.RELEASED_DOSE: ("Before release", "dose"),
    Source.DEPOT: ("Injection", "depot"),
    Source.TAKE_HOME: ("From the gate", "gate"),
    Source.FORM: ("Pharmacy", "form"),
    Source.NONE: ("Nothing", "none"),
}
"""What covers a day, in words and as the name of a look."""


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip."""

    on: date
    text: str
    look: str
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """The whole strip with what it means.

    Attributes:
        sentence: The answer in words, with every uncovered day named.
        problems: What to put right, the blocking ones first.
    """

    days: tuple[StripDay, ...]
    sentence: str
    is_continuous: bool
    problems: tuple[str, ...]


def strip_of(report: CoverReport) -> Strip:
    """Return a cover report as its page shows it."""
    problems = sorted(report.problems, key=lambda each: not each.is_blocking)
    return Strip(
        days=tuple(
            StripDay(each.on, *SOURCES[each.source], is_covered=each.covered)
            for each in report.days
        ),
        sentence=_sentence(report),
        is_continuous=report.is_continuous,
        problems=tuple(each.sentence for each in problems),
    )


def _sentence(report: CoverReport) -> str:
    uncovered = report.uncovered_on
    if uncovered:
        count = "1 day has" if len(uncovered) == 1 else f"{len(uncovered)} days have"
        return f"{count} no medicine: {days_in_words(uncovered)}."
    if not report.days:
        return "No day could be checked."
    span = f"{days_in_words([report.days[0].on])} to {days_in_words([report.days[-1].on])}"
    if report.is_continuous:
        return f"Every day is covered, {span}."
    return f"Every day has a supply, {span}, but something must be put right first."
