"""Rates by group, each with its interval, in the order of their names: they are never ranked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from api.charts.by_group import rates_by_group
from api.charts.frame import Chart
from api.measures.answers import Answer, Row
from api.pages.dashboard.figures import MAIN, MATURITY, Line, line_of, rows_of
from domain.codes import Nation
from domain.measures.counts import EnglandCounts, WalesCounts
from domain.measures.cuts import NOT_RECORDED, Cut
from domain.measures.definitions import DEFINITIONS
from domain.measures.disclosure.publishing import Withheld
from domain.measures.reporting import Figure, RateTable
from domain.measures.statistics.comparing import Comparison, compare
from domain.measures.statistics.proportion import Proportion

MANY: Final = 30
"""More groups than this are drawn only when somebody opens the drawing."""

CUTS: Final = {
    Cut.NATION: "Nation",
    Cut.DESTINATION: "Local authority",
    Cut.PROBATION_REGION: "Probation region",
    Cut.PRISON: "Prison",
    Cut.SUBSTANCE_GROUP: "Substance group",
    Cut.SEX: "Sex",
    Cut.AGE_BAND: "Age",
    Cut.ETHNICITY: "Ethnicity",
}
"""What each cut is called in a heading and in the list to choose from."""

_PLURALS: Final = {
    Cut.DESTINATION: "local authorities",
    Cut.PROBATION_REGION: "probation regions",
    Cut.PRISON: "prisons",
    Cut.SUBSTANCE_GROUP: "substance groups",
    Cut.SEX: "groups by sex",
    Cut.AGE_BAND: "age groups",
    Cut.ETHNICITY: "ethnic groups",
}
_AGAINST: Final = {
    Comparison.BETTER: "Above",
    Comparison.SIMILAR: "Not clearly different",
    Comparison.WORSE: "Below",
}


class GroupLine(NamedTuple):
    """One group in the table.

    Attributes:
        href: Its own page, None where there is none for the reader.
        against: How it stands against the nation's rate; empty where that cannot be said.
    """

    line: Line
    href: str | None
    against: str


class Groups(NamedTuple):
    """What is shown of rates by group.

    Attributes:
        chart: None where no figure at all can be shown.
        is_long: Whether there are too many for a drawing that stands open.
        mine: The reader's own among many, to stand before the others.
        adds_up: How the groups make up everybody, those not recorded and withheld included.
    """

    title: str
    period: str
    maturity: str
    column: str
    nation: str
    summary: str
    chart: Chart | None
    is_long: bool
    mine: tuple[GroupLine, ...]
    lines: tuple[GroupLine, ...]
    adds_up: str


class Reader(NamedTuple):
    """Whose pages a table leads to.

    Attributes:
        areas: The local authorities of a commissioner, None for all of them.
    """

    areas: frozenset[str] | None


def groups_of(
    answer: Answer, nation: Proportion | None, reader: Reader, total: Proportion | None = None
) -> Groups | None:
    """Return the table of an answer by group; None without any release.

    Args:
        answer: Of one nation and one period.
        nation: The nation's rate of the same period as it may be shown, to compare with.
        reader: Whose own areas come first and have pages to go to.
        total: Everybody whom the groups add up to, as it may be shown.
    """
    asked = answer.asked
    definition = DEFINITIONS[MAIN[asked.nation]]
    rows = [_compared(each, nation) for each in rows_of(answer, definition.id)]
    if not rows:
        return None
    rows.sort(key=_place)
    chart = _drawn(answer, rows, nation)
    figure = rows[0].figure
    is_long = len(rows) > MANY
    lines = tuple(_line(each, asked.cut, reader) for each in rows)
    return Groups(
        title=f"{definition.title}, by {CUTS[asked.cut].lower()}",
        period=figure.period.words,
        maturity=MATURITY[figure.maturity],
        column=CUTS[asked.cut],
        nation=asked.nation.capitalize(),
        summary=chart.summary,
        chart=chart if any(each.figure.rate for each in rows) else None,
        is_long=is_long,
        mine=tuple(each for each in lines if each.href) if is_long and reader.areas else (),
        lines=lines,
        adds_up=_sum_in_words(rows, total),
    )


def _sum_in_words(rows: Sequence[Row], total: Proportion | None) -> str:
    """Say whether the groups add up; a sum is not said where one of them is withheld."""
    unknown = next((each.figure for each in rows if each.group == NOT_RECORDED), None)
    missing = "0"
    if unknown is not None:
        withheld = unknown.shown.withheld
        missing = f"{unknown.rate.n:,}" if unknown.rate else withheld.symbol if withheld else "0"
    recorded = f"Not recorded: {missing}."
    if total is None:
        return f"The total of these groups is withheld. {recorded}"
    hidden = sum(each.figure.shown.withheld is Withheld.SMALL_NUMBERS for each in rows)
    if hidden:
        are = "group is" if hidden == 1 else "groups are"
        return f"{hidden} {are} withheld and part of the total of {total.n:,}. {recorded}"
    added = sum(each.figure.rate.n for each in rows if each.figure.rate)
    return f"The groups add up to {added:,}, of a total of {total.n:,}. {recorded}"


def _place(row: Row) -> tuple[bool, str]:
    return row.group == NOT_RECORDED, row.name.casefold()


def _compared(row: Row, nation: Proportion | None) -> Row:
    rate = row.figure.mature_rate
    if rate is None or nation is None:
        return row
    against = compare(rate, nation.value)
    return row._replace(figure=row.figure._replace(against_nation=against))


def _line(row: Row, cut: Cut, reader: Reader) -> GroupLine:
    found = row.figure.against_nation
    is_theirs = reader.areas is None or row.group in reader.areas
    has_page = cut is Cut.DESTINATION and is_theirs and row.group != NOT_RECORDED
    return GroupLine(
        line_of(row.name, row.figure),
        f"/dashboard/areas/{row.group}" if has_page else None,
        _AGAINST[found] if found else "",
    )


def _drawn(answer: Answer, rows: Iterable[Row], nation: Proportion | None) -> Chart:
    """Draw one nation; the type of the table keeps the other one out."""
    asked = answer.asked
    figures: dict[str, Figure] = {each.group: each.figure for each in rows}
    names = {each.group: each.name for each in rows}
    definition, groups = DEFINITIONS[MAIN[asked.nation]], _PLURALS[asked.cut]
    rate = nation.value if nation else None
    if asked.nation is Nation.WALES:
        welsh = RateTable(definition, WalesCounts, figures)
        return rates_by_group(welsh, names, uid="groups", groups=groups, nation=rate)
    english = RateTable(definition, EnglandCounts, figures)
    return rates_by_group(english, names, uid="groups", groups=groups, nation=rate)
