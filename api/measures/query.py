"""The query parameters of measures, read into a question."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from api.measures.questions import (
    ONCE_A_YEAR,
    NothingAskedError,
    Question,
    Topic,
    is_yearly,
)
from api.narrowing import narrowed_to
from api.ports import Places
from api.queries import QueryDay
from api.refusals import FieldFault, InvalidInputError
from domain.codes import Nation
from domain.facts import Code
from domain.identifiers import UnknownCodeError
from domain.measures.cuts import GROUPS, NOT_RECORDED, Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.maturity import headline_period, periods_between
from domain.measures.periods import Period, PeriodKind, shift
from domain.measures.policy import MeasuresPolicy

_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
_MOST: Final = 60

NationOf = Callable[[str], Nation]
"""Returns the nation of a local authority."""


def _first_of_month(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        if not _MONTH.fullmatch(value):
            raise ValueError("Give a month as YYYY-MM")
        return f"{value[:7]}-01"
    return value


Month = Annotated[date, BeforeValidator(_first_of_month), Field(ge=date(2000, 1, 1))]


class By(StrEnum):
    """What the rows of an answer are: a cut, or a whole nation by length of period."""

    NATION = "nation"
    PROBATION_REGION = "probation_region"
    DESTINATION = "destination"
    PRISON = "prison"
    SUBSTANCE_GROUP = "substance_group"
    SEX = "sex"
    AGE_BAND = "age_band"
    ETHNICITY = "ethnicity"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def _one_of(cut: Cut) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(GROUPS[cut])})


def _in_list(cut: Cut, value: str) -> str:
    if value not in GROUPS[cut]:
        raise ValueError(f"Give one of: {', '.join(GROUPS[cut])}")
    return value


GroupKey = Annotated[
    str, AfterValidator(partial(_in_list, Cut.SUBSTANCE_GROUP)), _one_of(Cut.SUBSTANCE_GROUP)
]
SexKey = Annotated[str, AfterValidator(partial(_in_list, Cut.SEX)), _one_of(Cut.SEX)]
AgeKey = Annotated[str, AfterValidator(partial(_in_list, Cut.AGE_BAND)), _one_of(Cut.AGE_BAND)]
EthnicityKey = Annotated[
    str, AfterValidator(partial(_in_list, Cut.ETHNICITY)), _one_of(Cut.ETHNICITY)
]

_KINDS: Final = frozenset(each.value for each in PeriodKind)


class MeasureQuery(BaseModel):
    """What is asked; an unknown parameter is refused, so that a typing error never widens it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, populate_by_name=True)

    first: Annotated[
        Month | None,
        Field(alias="from", description="First month of release, as YYYY-MM. A day is its month."),
    ] = None
    last: Annotated[Month | None, Field(alias="to", description="Last month of release.")] = None
    by: Annotated[
        By,
        Field(
            description="What the rows are: a cut, or `month`, `quarter` or `year` of the nation."
        ),
    ] = By.NATION
    per: Annotated[
        PeriodKind | None,
        Field(description="Length of the periods; years of twelve months unless `by` says it."),
    ] = None
    nation: Annotated[
        Nation | None, Field(description="That of the area, or England, unless given.")
    ] = None
    area: Annotated[Code | None, Field(description="Only releases to this authority.")] = None
    prison: Annotated[Code | None, Field(description="Only releases from this prison.")] = None
    region: Annotated[
        Code | None, Field(description="Only releases under this probation region.")
    ] = None
    group: Annotated[GroupKey | None, Field(description="Only this treatment group.")] = None
    sex: Annotated[SexKey | None, Field(description="Only this sex.")] = None
    age: Annotated[
        AgeKey | None, Field(description="Only this age band, on the day of release.")
    ] = None
    ethnicity: Annotated[EthnicityKey | None, Field(description="Only this ethnic group.")] = None
    as_known_on: Annotated[
        QueryDay | None,
        Field(description="Figures as they were known at the end of a month: its last day."),
    ] = None

    @property
    def cut(self) -> Cut:
        """What the rows are."""
        return Cut.NATION if self.by.value in _KINDS else Cut(self.by.value)

    @property
    def kind(self) -> PeriodKind:
        """How long the periods are."""
        if self.by.value in _KINDS:
            return PeriodKind(self.by.value)
        return self.per or PeriodKind.YEAR


def question(
    query: MeasureQuery, topic: Topic, places: Places, policy: MeasuresPolicy, today: date
) -> Question:
    """Return what a query asks, every code by its current one.

    Raises:
        InvalidInputError: A code is on no list, or the months are in the wrong order or too many.
        NothingAskedError: No whole period lies between the months.
    """
    area = _current(query.area, "area", places.local_authority)
    prison = _current(query.prison, "prison", places.prison)
    region = query.region
    if region != NOT_RECORDED:
        region = _current(region, "region", places.probation_region)
    is_welsh = topic is Topic.WAITS if area is None else area.startswith("W")
    nation = query.nation or (Nation.WALES if is_welsh else Nation.ENGLAND)
    if area is not None and area.startswith("W") != (nation is Nation.WALES):
        raise InvalidInputError([FieldFault("nation", "This area is in the other nation")])
    if query.as_known_on is not None:
        _refuse_within_a_month(query.as_known_on)
    periods = _periods(query, topic, nation, policy, query.as_known_on or today)
    return Question(
        topic=topic,
        nation=nation,
        cut=query.cut,
        periods=periods,
        area=area,
        prison=prison,
        region=region,
        group=query.group,
        sex=query.sex,
        age=query.age,
        ethnicity=query.ethnicity,
        known_on=query.as_known_on,
    )


def _current(code: str | None, field: str, find: Callable[[str], str]) -> str | None:
    if code is None:
        return None
    try:
        return find(code)
    except UnknownCodeError as error:
        raise InvalidInputError([FieldFault(field, error.message)]) from None


def _refuse_within_a_month(on: date) -> None:
    """Figures of two neighbouring days would tell what was recorded of one person in between."""
    if on != shift(on.replace(day=1), 1) - date.resolution:
        reason = "Give the last day of a month: figures are kept apart by month"
        raise InvalidInputError([FieldFault("as_known_on", reason)])


def _periods(
    query: MeasureQuery, topic: Topic, nation: Nation, policy: MeasuresPolicy, today: date
) -> tuple[Period, ...]:
    headline = _headline(topic, nation, policy, today)
    latest = headline.last_month
    if is_yearly(topic, query.cut, narrowed_to(query)):
        latest = shift(latest, -((latest.month - policy.disclosure.year_ends_in) % 12))
    last = query.last or (latest if query.first is None else today.replace(day=1))
    first = query.first or shift(last, -11)
    if first > last:
        raise InvalidInputError([FieldFault("from", "The first month is after the last")])
    last_day = shift(last, 1) - date.resolution
    found = tuple(
        each
        for each in periods_between(query.kind, first, last_day)
        if _is_published(each, topic, query, policy)
    )
    if not found:
        raise NothingAskedError(query.kind)
    if len(found) > _MOST:
        reason = f"That are {len(found)} periods. Ask for at most {_MOST} at once"
        raise InvalidInputError([FieldFault("from", reason)])
    return found


def _is_published(
    period: Period, topic: Topic, query: MeasureQuery, policy: MeasuresPolicy
) -> bool:
    """Of several rolling years only those are answered that are published."""
    is_nation = query.cut is Cut.NATION and not narrowed_to(query) and topic not in ONCE_A_YEAR
    if period.kind is not PeriodKind.YEAR or is_nation:
        return True
    if is_yearly(topic, query.cut, narrowed_to(query)):
        return period.last_month.month == policy.disclosure.year_ends_in
    return not period.last_month.month % policy.disclosure.year_step_months


def _headline(topic: Topic, nation: Nation, policy: MeasuresPolicy, today: date) -> Period:
    measure = {
        Topic.CONTINUITY: MeasureId.CONTINUITY_NEED,
        Topic.RETENTION: MeasureId.RETENTION_ALL,
        Topic.FUNNEL: MeasureId.FUNNEL,
        Topic.WAITS: MeasureId.WALES_WAIT,
        Topic.ACKNOWLEDGEMENT: MeasureId.ACKNOWLEDGEMENT,
    }[topic]
    if nation is Nation.WALES and topic in {Topic.CONTINUITY, Topic.RETENTION}:
        measure = MeasureId.WALES_WAIT
    return headline_period(DEFINITIONS[measure], policy, today, policy.disclosure)
