"""The questions of one dashboard, put to the measures as its reader may."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlencode

from api.measures.answers import Answer
from api.measures.calling import answered, permitted
from api.measures.query import By, MeasureQuery
from api.measures.questions import (
    NoSuchMeasureError,
    NothingAskedError,
    Question,
    TooFineError,
    Topic,
)
from api.narrowing import FILTERS
from api.pages.dashboard.choices import Choices
from api.ports import Services
from domain.access import Subject
from domain.access_denials import NotPermitted
from domain.london_time import london_date
from domain.measures.cuts import Cut
from domain.measures.disclosure.publishing import NotPublishedError
from domain.measures.periods import Period, PeriodKind, shift

_UNPUBLISHED: Final = (TooFineError, NotPublishedError, NothingAskedError, NoSuchMeasureError)

MONTHS_BACK: Final = {PeriodKind.MONTH: 23, PeriodKind.QUARTER: 35, PeriodKind.YEAR: 47}
"""How far the line over time goes back, before the last whole month."""


class NotShown(NamedTuple):
    """Why a part of the page has no figures."""

    words: str


class Asker(NamedTuple):
    """Asks for the figures of one page; the parts of it are asked for one by one."""

    services: Services
    caller: Subject
    choices: Choices

    async def latest(self, topic: Topic, query: MeasureQuery) -> Answer:
        """Return the latest year that can be judged, or the year to March if more of it is shown.

        What is too small for every quarter is published for the year to March only.

        Raises:
            NotPermitted: It is another's area.
            TooFineError: Nothing this fine is published; `NotPublishedError` likewise.
            InvalidInputError: A code is on no list.
        """
        found = await answered(topic, query, self.caller, self.services)
        period = found.asked.periods[-1]
        year_end = year_end_before(period, found.policy.disclosure.year_ends_in)
        if is_whole(self.choices, query) or year_end == period:
            return found
        earlier = await answered(topic, of_period(query, year_end), self.caller, self.services)
        return earlier if shown_in(earlier) > shown_in(found) else found

    async def part(self, topic: Topic, query: MeasureQuery) -> Answer | NotShown:
        """Return the figures of a part of the page, or why there are none."""
        try:
            if query.first is None:
                return await self.latest(topic, query)
            return await answered(topic, query, self.caller, self.services)
        except _UNPUBLISHED as error:
            return NotShown(error.message)
        except NotPermitted:
            return NotShown("These are shown to the commissioner of each area, for that area.")

    async def years(self, last_months: tuple[date, ...]) -> Answer:
        """Return the nation's rate for years that end with these months, to stand beside others'.

        Raises:
            RecordUnavailableError: The database does not answer.
        """
        periods = tuple(Period(PeriodKind.YEAR, each) for each in last_months)
        choices = self.choices
        asked = Question(
            Topic.CONTINUITY, choices.nation, Cut.NATION, periods, known_on=choices.known
        )
        return await permitted(asked, self.caller, self.services, london_date(self.services.now()))


def is_whole(choices: Choices, query: MeasureQuery) -> bool:
    """Return whether a question is about a whole nation, of which every year is published."""
    return query.cut is Cut.NATION and choices.is_whole


def year_end_before(period: Period, month: int) -> Period:
    """Return the latest year that ends with a month and not after a period."""
    return Period(
        PeriodKind.YEAR, shift(period.last_month, -((period.last_month.month - month) % 12))
    )


def of_period(query: MeasureQuery, period: Period) -> MeasureQuery:
    """Return the same question for one period."""
    return query.model_copy(update={"first": period.first_on, "last": period.last_month})


def shown_in(answer: Answer) -> int:
    """Return how many figures and funnels of an answer are not withheld."""
    figures = sum(each.figure.rate is not None for each in answer.rows)
    return figures + sum(each.reached is not None for each in answer.funnel)


def headline_query(choices: Choices, by: Cut = Cut.NATION) -> MeasureQuery:
    """Return the question for the latest year that can be judged."""
    return MeasureQuery(
        by=By(by.value),
        nation=choices.nation,
        area=choices.area,
        prison=choices.prison,
        region=choices.region,
        group=choices.group,
        sex=choices.sex,
        age=choices.age,
        ethnicity=choices.ethnicity,
        as_known_on=choices.known,
    )


def total_query(choices: Choices, table: Answer) -> MeasureQuery:
    """Return the question for everybody whom the groups of a table add up to."""
    cut = table.asked.cut
    everybody = (
        choices.model_copy(update={FILTERS[cut]: None}) if cut in choices.narrowed else choices
    )
    return of_period(headline_query(everybody), table.asked.periods[-1])


def groups_query(choices: Choices) -> MeasureQuery:
    """Return the question for the groups to compare: all of a cut, also when one is chosen."""
    cut = choices.cut
    of_all = {FILTERS[cut]: None} if cut in choices.narrowed else {}
    return headline_query(choices.model_copy(update=of_all), cut)


def quarters_query(choices: Choices, today: date) -> MeasureQuery:
    """Return the question for the last four whole quarters."""
    month = shift((choices.known or today).replace(day=1), -1)
    last = shift(month, -(month.month % 3))
    return headline_query(choices).model_copy(
        update={"first": shift(last, -11), "last": last, "per": PeriodKind.QUARTER}
    )


def trend_query(choices: Choices, today: date) -> MeasureQuery:
    """Return the question for the line over time, up to the last whole month."""
    kind, last = choices.line_by, shift((choices.known or today).replace(day=1), -1)
    return headline_query(choices).model_copy(
        update={"first": shift(last, -MONTHS_BACK[kind]), "last": last, "per": kind}
    )


def elsewhere_query(choices: Choices) -> MeasureQuery:
    """Return the question for the same prison's releases to the other nation."""
    return headline_query(choices.model_copy(update={"nation": choices.other_nation}))


def file_href(topic: Topic, query: MeasureQuery) -> str:
    """Return the address of the same figures as a file."""
    told = query.model_dump(mode="json", by_alias=True, exclude_none=True)
    return f"/dashboard/{topic.value}.csv?{urlencode(told)}"
