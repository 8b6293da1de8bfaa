"""How far the figures can be relied on: what is left out, what is unknown, what is too early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from api.measures.answers import Answer
from api.pages.dashboard.figures import MAIN, rows_of
from api.pages.dashboard.groups import CUTS
from domain.measures.cuts import NOT_RECORDED
from domain.measures.disclosure.publishing import Withheld
from domain.measures.exclusions import Exclusion

REASONS: Final[Mapping[str, str]] = {
    Exclusion.MERGED: "Recorded under a wrong or a second number; the other record counts",
    Exclusion.OVERLAPPING_RELEASE: "Another release of the same person covers the same time",
    Exclusion.UNDER_AGE: "Younger than 18 on the day of release",
    Exclusion.DIED_BEFORE_RELEASE: "A death recorded before the release",
    Exclusion.RETURNED_BEFORE_RELEASE: "A return to custody recorded before the release",
    Exclusion.RETENTION_BEFORE_START: "A twelve-week answer without a start before it",
    Exclusion.STARTED_BEFORE_RELEASE: "Treatment recorded as started before the release",
}


class Counted(NamedTuple):
    """A number of releases or lines with what it is of; `*` where it is small."""

    words: str
    number: str


class Quality(NamedTuple):
    """What is shown of the quality of the figures.

    Attributes:
        excluded: How many releases are in no figure, and `reasons` why.
        file_lines: Lines of loaded files that could not be used, in these months; `unplaced` are
            those of which not even area or month could be read.
        unknown: Releases whose group is not recorded, for each cut that was asked for.
        provisional: Periods on the page that are too early to be judged.
    """

    period: str
    excluded: str
    reasons: tuple[Counted, ...]
    file_lines: str
    unplaced: str
    unknown: tuple[Counted, ...]
    provisional: int


def quality_of(answer: Answer, by_group: Iterable[Answer], provisional: int) -> Quality:
    """Return what is to be known about an answer.

    Args:
        answer: Of the headline.
        by_group: The same figures by several cuts, of which the unknown groups are shown.
        provisional: How many periods of the line over time are too early to be judged.
    """
    left_out = answer.excluded
    return Quality(
        period=answer.asked.periods[-1].words,
        excluded=starred(left_out.releases),
        reasons=tuple(
            Counted(REASONS[reason], starred(number))
            for reason, number in left_out.by_reason.items()
        ),
        file_lines=starred(left_out.file_lines),
        unplaced=starred(left_out.file_lines_unplaced),
        unknown=tuple(_unknown(each) for each in by_group),
        provisional=provisional,
    )


def starred(number: int | None) -> str:
    """Return a number as it is shown; None stands for a small one."""
    return Withheld.SMALL_NUMBERS.symbol if number is None else f"{number:,}"


def _unknown(answer: Answer) -> Counted:
    rows = rows_of(answer, MAIN[answer.asked.nation])
    figure = next((each.figure for each in rows if each.group == NOT_RECORDED), None)
    name = CUTS[answer.asked.cut]
    if figure is None:
        return Counted(name, "0")
    if figure.rate is None:
        return Counted(name, figure.shown.withheld.symbol if figure.shown.withheld else "0")
    return Counted(name, f"{figure.rate.n:,}")
