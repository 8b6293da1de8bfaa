"""Answers of measures as they are sent in JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from api.measures.answers import (
    AcknowledgementRow,
    Answer,
    Excluded,
    FunnelRow,
    MedianRow,
    Row,
    WaitRow,
    measures_in,
)
from api.schemas import Resource
from domain.codes import Nation
from domain.measures.cuts import Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.publishing import Withheld
from domain.measures.maturity import Maturity
from domain.measures.periods import Period
from domain.measures.statistics.comparing import Comparison
from domain.policy import Severity


class MeasureDefinition(Resource):
    """What a measure means, in the version by which it was counted."""

    id: MeasureId
    version: int
    title: str
    counts: str
    of: str
    leaves_out: str
    source: str


class MeasurePeriod(Resource):
    """A period of release, both days included."""

    code: str
    first_day: date
    last_day: date
    maturity: Annotated[
        Maturity, Field(description="Provisional: too early to be judged, and in no headline.")
    ]


class MeasureFigure(Resource):
    """One figure, or why there is none; percentages are not rounded."""

    measure: MeasureId
    group: str
    group_name: str
    period: MeasurePeriod
    numerator: int | None
    denominator: int | None
    percent: float | None
    lower_95: float | None
    upper_95: float | None
    against_target: Comparison | None
    withheld: Withheld | None


class MeasureFunnel(Resource):
    """How many people with a treatment need reached each stage; null where numbers are small."""

    group: str
    group_name: str
    period: MeasurePeriod
    reached: dict[str, int] | None
    lapsed_before_loss: Annotated[
        dict[str, dict[str, int]] | None,
        Field(description="Of those lost before a stage, how many had a step lapse."),
    ]


class MeasureMedian(Resource):
    """Days from release to treatment start; null days with words lie beyond twelve weeks."""

    group: str
    group_name: str
    period: str
    days: float | None
    words: str | None
    withheld: Withheld | None


class MeasureWaits(Resource):
    """The Welsh table of waits from referral to treatment; null where a number is withheld."""

    group: str
    group_name: str
    period: MeasurePeriod
    bands: dict[str, int | None]


class MeasureAcknowledgement(Resource):
    """How soon the escalations of one severity were acknowledged; they are no releases."""

    group: str
    group_name: str
    period: MeasurePeriod
    severity: Severity
    within_minutes: int
    acknowledged_within: int | None
    escalations: int | None
    half_within_minutes: Annotated[
        int | None,
        Field(description="Null where withheld, or if fewer than half were within three days."),
    ]
    withheld: Withheld | None


class MeasureExcluded(Resource):
    """What is in none of the figures; null stands for a number from 1 to 4."""

    releases: int | None
    by_reason: dict[str, int | None]
    file_lines: int | None
    file_lines_unplaced: int | None


class MeasureAnswer(Resource):
    """Figures of one nation: England and Wales are measured differently and never mixed."""

    nation: Nation
    by: Cut
    area: str | None
    prison: str | None
    region: str | None
    group: str | None
    sex: str | None
    age: str | None
    ethnicity: str | None
    as_known_on: date | None
    policy_version: str
    definitions: list[MeasureDefinition]
    figures: list[MeasureFigure]
    funnel: list[MeasureFunnel]
    days_to_start: list[MeasureMedian]
    waits: list[MeasureWaits]
    acknowledged: list[MeasureAcknowledgement]
    excluded: MeasureExcluded


def as_sent(found: Answer) -> MeasureAnswer:
    """Return an answer as it is sent."""
    asked = found.asked
    shown = measures_in(found)
    return MeasureAnswer(
        nation=asked.nation,
        by=asked.cut,
        area=asked.area,
        prison=asked.prison,
        region=asked.region,
        group=asked.group,
        sex=asked.sex,
        age=asked.age,
        ethnicity=asked.ethnicity,
        as_known_on=asked.known_on,
        policy_version=found.policy.version,
        definitions=[_definition(each) for each in shown],
        figures=[_figure(each) for each in found.rows],
        funnel=[_funnel(each) for each in found.funnel],
        days_to_start=[_median(each) for each in found.medians],
        waits=[_waits(each) for each in found.waits],
        acknowledged=[_acknowledged(each) for each in found.acknowledged],
        excluded=_excluded(found.excluded),
    )


def _definition(measure: MeasureId) -> MeasureDefinition:
    found = DEFINITIONS[measure]
    return MeasureDefinition(
        id=found.id,
        version=found.version,
        title=found.title,
        counts=found.counts,
        of=found.of,
        leaves_out=found.leaves_out,
        source=found.source,
    )


def _period(period: Period, ripe: Maturity) -> MeasurePeriod:
    return MeasurePeriod(
        code=period.code, first_day=period.first_on, last_day=period.last_on, maturity=ripe
    )


def _figure(row: Row) -> MeasureFigure:
    figure = row.figure
    rate, interval = figure.rate, figure.interval
    return MeasureFigure(
        measure=row.measure,
        group=row.group,
        group_name=row.name,
        period=_period(figure.period, figure.maturity),
        numerator=rate.x if rate else None,
        denominator=rate.n if rate else None,
        percent=rate.percent if rate else None,
        lower_95=100 * interval.lower if interval else None,
        upper_95=100 * interval.upper if interval else None,
        against_target=figure.against_target,
        withheld=figure.shown.withheld,
    )


def _funnel(row: FunnelRow) -> MeasureFunnel:
    reached = None if row.reached is None else {str(k): n for k, n in row.reached.items()}
    lapses = None if row.lapses is None else {str(k): dict(v) for k, v in row.lapses.items()}
    return MeasureFunnel(
        group=row.group,
        group_name=row.name,
        period=_period(row.period, row.maturity),
        reached=reached,
        lapsed_before_loss=lapses,
    )


def _median(row: MedianRow) -> MeasureMedian:
    return MeasureMedian(
        group=row.group,
        group_name=row.name,
        period=row.period.code,
        days=row.median.days,
        words=row.median.words,
        withheld=row.median.withheld,
    )


def _waits(row: WaitRow) -> MeasureWaits:
    return MeasureWaits(
        group=row.group,
        group_name=row.name,
        period=_period(row.period, row.maturity),
        bands={band.value: number for band, number in row.bands.items()},
    )


def _acknowledged(row: AcknowledgementRow) -> MeasureAcknowledgement:
    figure = row.figure.figure
    return MeasureAcknowledgement(
        group=row.group,
        group_name=row.name,
        period=_period(row.period, row.maturity),
        severity=row.severity,
        within_minutes=row.within_minutes,
        acknowledged_within=figure.x if figure else None,
        escalations=figure.n if figure else None,
        half_within_minutes=row.half_within,
        withheld=row.figure.withheld,
    )


def _excluded(found: Excluded) -> MeasureExcluded:
    return MeasureExcluded(
        releases=found.releases,
        by_reason=dict(found.by_reason),
        file_lines=found.file_lines,
        file_lines_unplaced=found.file_lines_unplaced,
    )
