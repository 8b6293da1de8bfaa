"""Everything that one dashboard shows, asked for part by part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from api.measures.answers import Answer
from api.measures.query import MeasureQuery
from api.measures.questions import Topic
from api.pages.dashboard.acknowledged import Acknowledged, acknowledged_of
from api.pages.dashboard.asking import (
    Asker,
    NotShown,
    elsewhere_query,
    file_href,
    groups_query,
    headline_query,
    of_period,
    quarters_query,
    total_query,
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
from api.pages.dashboard.waiting import Waits, waits_of
from domain.codes import Nation
from domain.london_time import london_date
from domain.measures.cuts import Cut
from domain.measures.definitions import Definition
from domain.measures.policy import MeasuresPolicy
from domain.measures.reporting import Figure

UNKNOWN: Final = (Cut.PROBATION_REGION, Cut.SUBSTANCE_GROUP, Cut.SEX, Cut.AGE_BAND, Cut.ETHNICITY)
"""The cuts of which the page says how many releases are not recorded."""


class Files(NamedTuple):
    """Where the same figures are as files."""

    trend: str
    groups: str | None
    funnel: str | None
    retention: str | None
    waits: str | None
    acknowledged: str | None


class Dashboard(NamedTuple):
    """What a dashboard shows; a part is None where there is no release, `NotShown` with reasons.

    Attributes:
        beside: Every measure of the latest years, for reading the headline with.
        national: Empty for anything smaller than England.
        elsewhere: The line of the other nation for the same group, None for nations and areas.
        waits: Welsh waits by band, None for England.
    """

    headline: Headline | None
    beside: tuple[Line, ...]
    trend: Trend | NotShown | None
    groups: Groups | NotShown | None
    funnel: Funnel | NotShown | None
    waits: Waits | NotShown | None
    acknowledged: Acknowledged | NotShown | None
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
    by_group = await asker.part(Topic.CONTINUITY, groups_query(choices))
    waits = await _waits(asker)
    acknowledged = await asker.part(Topic.ACKNOWLEDGEMENT, headline_query(choices))
    answers = (answer, retention, funnel, waits, acknowledged)
    told = [each for each in answers if isinstance(each, Answer)]
    trend = line if isinstance(line, NotShown) else trend_of(line)
    return Dashboard(
        headline=headline_of(answer),
        beside=beside_of(*(each for each in told if each is not waits)),
        trend=trend,
        groups=await _groups(asker, answer, by_group),
        funnel=funnel if isinstance(funnel, NotShown) else _funnel(funnel),
        waits=waits_of(waits) if isinstance(waits, Answer) else waits,
        acknowledged=await _acknowledged(asker, acknowledged, today),
        quality=quality_of(
            answer,
            await _by_each(asker, UNKNOWN),
            trend.provisional if isinstance(trend, Trend) else 0,
        ),
        national=await _national(asker),
        elsewhere=await _elsewhere(asker),
        definitions=definitions_of(told),
        policy=answer.policy,
        files=Files(
            trend=file_href(Topic.CONTINUITY, trend_query(choices, today)),
            groups=_href(groups_query(choices), by_group),
            funnel=_href(headline_query(choices), funnel),
            retention=_href(headline_query(choices), retention),
            waits=_href(headline_query(choices), waits),
            acknowledged=_href(headline_query(choices), acknowledged),
        ),
    )


def _funnel(answer: Answer) -> Funnel | NotShown | None:
    """Return the funnel; within a group of one area only its rates are published."""
    asked = answer.asked
    if asked.breaks_areas_down:
        return NotShown(
            "Stages are published for an area as a whole, and for one group of a nation: both "
            "together would let single people be worked out by subtraction."
        )
    return funnel_of(answer)


async def _waits(asker: Asker) -> Answer | NotShown | None:
    """Return the Welsh waits by band; England has none."""
    if asker.choices.nation is not Nation.WALES:
        return None
    return await asker.part(Topic.WAITS, headline_query(asker.choices))


async def _acknowledged(
    asker: Asker, year: Answer | NotShown, today: date
) -> Acknowledged | NotShown | None:
    if isinstance(year, NotShown):
        return year
    quarters: Answer | NotShown | None = None
    if asker.choices.is_whole:
        asked = quarters_query(asker.choices, today)
        quarters = await asker.part(Topic.ACKNOWLEDGEMENT, asked)
    return acknowledged_of(year, quarters if isinstance(quarters, Answer) else None)


async def _groups(
    asker: Asker, headline: Answer, by_group: Answer | NotShown
) -> Groups | NotShown | None:
    if isinstance(by_group, NotShown):
        return by_group
    nation = await _nations_figure(asker, headline, by_group)
    total = nation
    if not asker.choices.is_whole:
        of_all = await asker.part(Topic.CONTINUITY, total_query(asker.choices, by_group))
        total = _figure(of_all) if isinstance(of_all, Answer) else None
    return groups_of(
        by_group,
        nation.mature_rate if nation else None,
        Reader(asker.caller.areas),
        total.rate if total else None,
    )


async def _nations_figure(asker: Asker, headline: Answer, by_group: Answer) -> Figure | None:
    """Return the nation's figure of the period of a table."""
    last = by_group.asked.periods[-1].last_month
    same = headline.asked.periods[-1].last_month == last
    return _figure(headline if asker.choices.is_whole and same else await asker.years((last,)))


def _figure(answer: Answer) -> Figure | None:
    rows = rows_of(answer, MAIN[answer.asked.nation])
    return rows[0].figure if rows else None


async def _by_each(asker: Asker, cuts: Sequence[Cut]) -> list[Answer]:
    """Return the headline by each cut; nothing for what is published once a year only."""
    choices = asker.choices
    if not choices.is_whole:
        return []
    asked = [await asker.part(Topic.CONTINUITY, headline_query(choices, each)) for each in cuts]
    return [each for each in asked if isinstance(each, Answer)]


async def _national(asker: Asker) -> tuple[PublishedYear, ...]:
    choices = asker.choices
    if choices.nation is not Nation.ENGLAND or not choices.is_whole:
        return ()
    published = published_years(asker.services.measures.published(), choices.known)
    if not published:
        return ()
    months: tuple[date, ...] = tuple(last_month_of(each) for each in published)
    return beside_published(published, await asker.years(months))


async def _elsewhere(asker: Asker) -> Line | None:
    """Return how many of a group's releases the other nation counts: none is lost silently."""
    if asker.choices.area is not None or asker.choices.is_whole:
        return None
    found = await asker.part(Topic.CONTINUITY, elsewhere_query(asker.choices))
    if isinstance(found, NotShown):
        return None
    return next(iter(beside_of(found)), None)


def _href(query: MeasureQuery, found: Answer | NotShown | None) -> str | None:
    """Return the address of just what the page shows, None where it shows nothing."""
    if not isinstance(found, Answer):
        return None
    return file_href(found.asked.topic, of_period(query, found.asked.periods[-1]))
