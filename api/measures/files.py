"""Answers as tidy CSV: one line for each figure, and a dictionary of the columns.

A line says all that it needs by itself, so that files can be put together and filtered.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final, NamedTuple

from api.measures.answers import AcknowledgementRow, Answer, FunnelRow, Row, WaitRow
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.publishing import Withheld
from domain.measures.maturity import Maturity
from domain.measures.periods import Period


class Column(NamedTuple):
    """One column of the files, for the data dictionary."""

    name: str
    kind: str
    meaning: str


COLUMNS: Final = (
    Column("nation", "code", "england or wales, by destination; never to be added or compared"),
    Column("measure", "code", "Which measure; the API and docs/measures.md define each"),
    Column("definition_version", "number", "Figures of different versions are not comparable"),
    Column("policy_version", "code", "By which figures (window, reporting lag) it was counted"),
    Column("stage", "code", "Stage of the funnel; empty for proportions"),
    Column("band", "code", "Band of the Welsh waits; empty for others"),
    Column("severity", "code", "Of the escalations, S1 to S4; empty for others"),
    Column("within_minutes", "number", "Limit that counts as acknowledged; empty for others"),
    Column("half_within_minutes", "number", "Half were acknowledged within; empty if later"),
    Column("by", "code", "What the groups are, for example destination or sex"),
    Column("group", "code", "The group: an ONS code, a prison's code, or a word; all is everybody"),
    Column("group_name", "text", "What people call the group"),
    Column("area", "code", "Only releases to this local authority; empty for all"),
    Column("prison", "code", "Only releases from this prison; empty for all"),
    Column("probation_region", "code", "Only releases under this region; empty for all"),
    Column("treatment_group", "code", "Only this treatment group; empty for all"),
    Column("sex", "code", "Only this sex; empty for all"),
    Column("age_band", "code", "Only this age band, on the day of release; empty for all"),
    Column("ethnicity", "code", "Only this ethnic group; empty for all"),
    Column("period", "code", "2026-10, 2026-Q4 or year-to-2026-12, by day of release"),
    Column("first_day", "date", "First day of the period"),
    Column("last_day", "date", "Last day of the period, included"),
    Column("maturity", "code", "mature, provisional (too early to be judged) or future"),
    Column("numerator", "number", "Releases, or escalations, that reached it; empty when withheld"),
    Column("denominator", "number", "Releases, or escalations, counted; empty when withheld"),
    Column("percent", "number", "100 * numerator / denominator, four decimals"),
    Column("lower_95", "number", "Lower end of the 95% Wilson interval, in percent"),
    Column("upper_95", "number", "Upper end of the 95% Wilson interval, in percent"),
    Column("withheld", "code", "small_numbers or no_releases when there is no figure"),
    Column("as_known_on", "date", "Figures as known at the end of this day; empty for now"),
    Column(
        "excluded_releases",
        "number",
        "Releases in no figure of the nation, group or area; * when withheld",
    ),
    Column("excluded_file_lines", "number", "Unusable lines of loaded files; * for 1 to 4"),
)
"""The columns of every file of measures, in order."""


def tidy(found: Answer) -> str:
    """Return an answer as a CSV file with headings."""
    text = io.StringIO()
    writer = csv.DictWriter(
        text, [each.name for each in COLUMNS], restval="", lineterminator="\r\n"
    )
    writer.writeheader()
    for line in _lines(found):
        writer.writerow({name: _cell(value) for name, value in line.items()})
    return text.getvalue()


def dictionary() -> str:
    """Return the data dictionary as a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(Column._fields)
    writer.writerows(COLUMNS)
    return text.getvalue()


def _cell(value: object) -> object:
    return "" if value is None else value


def _lines(found: Answer) -> Iterator[dict[str, object]]:
    common = _common(found)
    for row in found.rows:
        yield {**common, **_proportion(row)}
    for each in found.funnel:
        yield from ({**common, **line} for line in _stages(each))
    for waits in found.waits:
        yield from ({**common, **line} for line in _bands(waits))
    for acknowledged in found.acknowledged:
        yield {**common, **_escalations(acknowledged)}


def _common(found: Answer) -> dict[str, object]:
    asked = found.asked
    return {
        "nation": asked.nation.value,
        "policy_version": found.policy.version,
        "by": asked.cut.value,
        "area": asked.area,
        "prison": asked.prison,
        "probation_region": asked.region,
        "treatment_group": asked.group,
        "sex": asked.sex,
        "age_band": asked.age,
        "ethnicity": asked.ethnicity,
        "as_known_on": asked.known_on,
        "excluded_releases": _starred(found.excluded.releases),
        "excluded_file_lines": _starred(found.excluded.file_lines),
    }


def _starred(number: int | None) -> object:
    return "*" if number is None else number


def _place(group: str, name: str, period: Period, ripe: Maturity) -> dict[str, object]:
    return {
        "group": group,
        "group_name": name,
        "period": period.code,
        "first_day": period.first_on,
        "last_day": period.last_on,
        "maturity": ripe.value,
    }


def _proportion(row: Row) -> dict[str, object]:
    figure = row.figure
    rate, interval = figure.rate, figure.interval
    return {
        **_place(row.group, row.name, figure.period, figure.maturity),
        "measure": row.measure.value,
        "definition_version": DEFINITIONS[row.measure].version,
        "numerator": rate.x if rate else None,
        "denominator": rate.n if rate else None,
        "percent": f"{rate.percent:.4f}" if rate else None,
        "lower_95": f"{100 * interval.lower:.4f}" if interval else None,
        "upper_95": f"{100 * interval.upper:.4f}" if interval else None,
        "withheld": figure.shown.withheld,
    }


def _stages(row: FunnelRow) -> Iterator[dict[str, object]]:
    own = {
        **_place(row.group, row.name, row.period, row.maturity),
        "measure": MeasureId.FUNNEL.value,
        "definition_version": DEFINITIONS[MeasureId.FUNNEL].version,
    }
    if row.reached is None:
        yield {**own, "withheld": "small_numbers"}
        return
    first = max(row.reached.values(), default=0)
    for stage, number in row.reached.items():
        yield {**own, "stage": stage.value, "numerator": number, "denominator": first}


def _bands(row: WaitRow) -> Iterator[dict[str, object]]:
    own = {
        **_place(row.group, row.name, row.period, row.maturity),
        "measure": MeasureId.WALES_WAIT.value,
        "definition_version": DEFINITIONS[MeasureId.WALES_WAIT].version,
    }
    for band, number in row.bands.items():
        hidden = Withheld.SMALL_NUMBERS if number is None else None
        yield {**own, "band": band.value, "numerator": number, "withheld": hidden}


def _escalations(row: AcknowledgementRow) -> dict[str, object]:
    figure = row.figure.figure
    return {
        **_place(row.group, row.name, row.period, row.maturity),
        "measure": MeasureId.ACKNOWLEDGEMENT.value,
        "definition_version": DEFINITIONS[MeasureId.ACKNOWLEDGEMENT].version,
        "severity": row.severity.value,
        "within_minutes": row.within_minutes,
        "half_within_minutes": row.half_within,
        "numerator": figure.x if figure else None,
        "denominator": figure.n if figure else None,
        "percent": f"{figure.percent:.4f}" if figure else None,
        "withheld": row.figure.withheld,
    }
