"""An answer as it may be shown: figures, or why there is none, and what was left out of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from api.measures.questions import Question
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.classes import DisclosedMedian
from domain.measures.disclosure.publishing import Disclosed
from domain.measures.funnel import Stage
from domain.measures.maturity import Maturity
from domain.measures.periods import Period
from domain.measures.policy import MeasuresPolicy
from domain.measures.reporting import Figure
from domain.measures.waits import WaitBand
from domain.policy import Severity


class Row(NamedTuple):
    """One figure of one measure and group; the figure knows its period and how ripe it is."""

    measure: MeasureId
    group: str
    name: str
    figure: Figure


class FunnelRow(NamedTuple):
    """How far people with a treatment need got, None for both where numbers are small.

    Attributes:
        reached: How many reached each stage.
        lapses: Of those lost before a stage, how many had a step lapse; small numbers left out.
    """

    group: str
    name: str
    period: Period
    maturity: Maturity
    reached: Mapping[Stage, int] | None
    lapses: Mapping[Stage, Mapping[str, int]] | None


class WaitRow(NamedTuple):
    """The Welsh table of waits of one group and period; a withheld band is None."""

    group: str
    name: str
    period: Period
    maturity: Maturity
    bands: Mapping[WaitBand, int | None]


class AcknowledgementRow(NamedTuple):
    """How soon the escalations of one severity were acknowledged.

    Attributes:
        within_minutes: The limit that the figure counts by.
        figure: Escalations acknowledged within it, of all; or why it is withheld.
        half_within: Minutes within which at least half were; None where the figure is withheld,
            and where fewer than half were within the longest limit.
    """

    group: str
    name: str
    period: Period
    maturity: Maturity
    severity: Severity
    within_minutes: int
    figure: Disclosed
    half_within: int | None


class MedianRow(NamedTuple):
    """Days from release to treatment start; None where the rate itself is withheld."""

    group: str
    name: str
    period: Period
    median: DisclosedMedian


class Excluded(NamedTuple):
    """What is in none of the figures; a small number is None, as it is anywhere.

    Attributes:
        releases: With a reason of `domain.measures.exclusions`, in these periods.
        by_reason: The same, reason by reason.
        file_lines: Lines of files of past releases that could not be read, in these periods.
        file_lines_unplaced: Such lines whose area or exit date could not be read either.
    """

    releases: int | None
    by_reason: Mapping[str, int | None]
    file_lines: int | None
    file_lines_unplaced: int | None


class Answer(NamedTuple):
    """Everything that is shown for one question."""

    asked: Question
    policy: MeasuresPolicy
    rows: tuple[Row, ...]
    funnel: tuple[FunnelRow, ...]
    medians: tuple[MedianRow, ...]
    excluded: Excluded
    waits: tuple[WaitRow, ...] = ()
    acknowledged: tuple[AcknowledgementRow, ...] = ()


def measures_in(answer: Answer) -> tuple[MeasureId, ...]:
    """Return every measure that an answer tells, to be defined beside it."""
    others = {
        MeasureId.FUNNEL: answer.funnel,
        MeasureId.DAYS_TO_START: answer.medians,
        MeasureId.ACKNOWLEDGEMENT: answer.acknowledged,
    }
    told = (measure for measure, rows in others.items() if rows)
    return tuple(dict.fromkeys((*(each.measure for each in answer.rows), *told)))
