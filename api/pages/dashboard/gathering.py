"""Everything that one dashboard shows, asked for part by part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from api.measures.answers import Answer
from api.measures.query import MeasureQuery
from api.measures.questions import Topic
from api.pages.dashboard.asking import (
    Asker,
    NotShown,
    elsewhere_query,
    file_href,
    headline_query,
    of_period,
    trend_query,
)
from api.pages.dashboard.figures import MAIN, Line, definitions_of, rows_of
from api.pages.dashboard.funnel import Funnel, funnel_of
from api.pages.dashboard.groups import Groups, Reader, groups_of
from api.pages.dashboard.headline import Headline, beside_of, headline_of
from api.pages.dashboard.national import (
    PublishedYear,
    beside_published,
    last_month_of,
    published_years,
)
from api.pages.dashboard.quality import Quality, quality_of
from api.pages.dashboard.trend import Trend, trend_of
from domain.codes import Nation
from domain.london_time import london_date
from domain.measures.cuts import Cut
from domain.measures.definitions import Definition
from domain.measures.policy import MeasuresPolicy
from domain.measures.statistics.proportion import Proportion

UNKNOWN: Final = (Cut.SUBSTANCE_GROUP, Cut.SEX, Cut.AGE_BAND, Cut.ETHNICITY)
"""The cuts of which the page says how many releases are not recorded."""


class Files(NamedTuple):
    """Where the same figures are as files."""

    trend: str
    groups: str | None
    funnel: str | None
    retention: str | None


class Dashboard(NamedTuple):
    """What a dashboard shows; a part is None where there is no release, `NotShown` with reasons.

    Attributes:
        beside: Every measure of the latest years, for reading the headline with.
        national: Empty for anything smaller than England.
        elsewhere: The line of the other nation for the same prison, None without a prison.
    """

    headline: Headline | None
    beside: tuple[Line, ...]
    trend: Trend | NotShown | None
    groups: Groups | NotShown | None
    funnel: Funnel | NotShown | None
    quality: Quality
    national: tuple[PublishedYear, ...]
    elsewhere: Line | None
    definitions: tuple[Definition, ...]
    policy: MeasuresPolicy
    files: Files


async def gather(asker: Asker) -> Dashboard:
    """Return everything for what was chosen.

    Raises:
        NotPermitted: It is another's area.
        TooFineError: Nothing this fine is published; `NotPublishedError` likewise.
        InvalidInputError: A code is on no list.
        RecordUnavailableError: The database does not answer.
    """
    choices = asker.choices
    answer = await asker.latest(Topic.CONTINUITY, headline_query(choices))
    today = london_date(asker.services.now())
    line = await asker.part(Topic.CONTINUITY, trend_query(choices, today))
    funnel = await asker.part(Topic.FUNNEL, headline_query(choices))
    retention = await asker.part(Topic.RETENTION, headline_query(choices))
    by_group = await asker.part(Topic.CONTINUITY, headline_query(choices, choices.cut))
    told = [each for each in (answer, retention, funnel) if isinstance(each, Answer)]
    trend = line if isinstance(line, NotShown) else trend_of(line)
    return Dashboard(
        headline=headline_of(answer),
        beside=beside_of(*told),
        trend=trend,
        groups=await _groups(asker, answer, by_group),
        funnel=funnel if isinstance(funnel, NotShown) else funnel_of(funnel),
        quality=quality_of(
            answer,
            await _by_each(asker, UNKNOWN),
            trend.provisional if isinstance(trend, Trend) else 0,
        ),
        national=await _national(asker),
        elsewhere=await _elsewhere(asker),
        definitions=definitions_of(iter(told)),
        policy=answer.policy,
        files=_files(asker, today, by_group, funnel, retention),
    )


async def _groups(
    asker: Asker, headline: Answer, by_group: Answer | NotShown
) -> Groups | NotShown | None:
    if isinstance(by_group, NotShown):
        return by_group
    nation = await _nations_rate(asker, headline, by_group)
    return groups_of(by_group, nation, Reader(asker.caller.areas))


async def _nations_rate(asker: Asker, headline: Answer, by_group: Answer) -> Proportion | None:
    """Return the nation's rate of the period of a table, None where it is not shown."""
    last = by_group.asked.periods[-1].last_month
    is_whole = not (asker.choices.area or asker.choices.prison or asker.choices.group)
    same = headline.asked.periods[-1].last_month == last
    found = headline if is_whole and same else await asker.years((last,))
    rows = rows_of(found, MAIN[asker.choices.nation])
    return rows[0].figure.mature_rate if rows else None


async def _by_each(asker: Asker, cuts: Sequence[Cut]) -> list[Answer]:
    """Return the headline by each cut; nothing for what is published once a year only."""
    choices = asker.choices
    if choices.area or choices.prison or choices.group:
        return []
    asked = [await asker.part(Topic.CONTINUITY, headline_query(choices, each)) for each in cuts]
    return [each for each in asked if isinstance(each, Answer)]


async def _national(asker: Asker) -> tuple[PublishedYear, ...]:
    choices = asker.choices
    is_whole = not (choices.area or choices.prison or choices.group)
    if choices.nation is not Nation.ENGLAND or not is_whole:
        return ()
    published = published_years(asker.services.measures.published(), choices.known)
    if not published:
        return ()
    months: tuple[date, ...] = tuple(last_month_of(each) for each in published)
    return beside_published(published, await asker.years(months))


async def _elsewhere(asker: Asker) -> Line | None:
    """Return how many of a prison's releases the other nation counts: none is lost silently."""
    if asker.choices.prison is None:
        return None
    query = elsewhere_query(asker.choices)
    found = await asker.part(Topic.CONTINUITY, query)
    if isinstance(found, NotShown):
        return None
    return next(iter(beside_of(found)), None)


def _files(
    asker: Asker,
    today: date,
    by_group: Answer | NotShown,
    funnel: Answer | NotShown,
    retention: Answer | NotShown,
) -> Files:
    choices = asker.choices
    query = headline_query(choices)
    return Files(
        trend=file_href(Topic.CONTINUITY, trend_query(choices, today)),
        groups=_href(Topic.CONTINUITY, headline_query(choices, choices.cut), by_group),
        funnel=_href(Topic.FUNNEL, query, funnel),
        retention=_href(Topic.RETENTION, query, retention),
    )


def _href(topic: Topic, query: MeasureQuery, found: Answer | NotShown) -> str | None:
    """Return the address of just what the page shows, None where it shows nothing."""
    if isinstance(found, NotShown):
        return None
    return file_href(topic, of_period(query, found.asked.periods[-1]))
