"""What is asked of the measures, and which published table answers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from api.narrowing import narrowed_to
from domain.codes import Nation
from domain.errors import ThroughcareError
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.publishing import refuse_unpublished
from domain.measures.periods import Period, PeriodKind


class Topic(StrEnum):
    """What a question is about; each is an address of its own."""

    CONTINUITY = "continuity"
    RETENTION = "retention"
    FUNNEL = "funnel"
    WAITS = "waits"
    ACKNOWLEDGEMENT = "acknowledgement"


MEASURES: Final[Mapping[tuple[Topic, Nation], tuple[MeasureId, ...]]] = {
    (Topic.CONTINUITY, Nation.ENGLAND): (
        MeasureId.CONTINUITY_NEED,
        MeasureId.CONTINUITY_REFERRED,
        MeasureId.CONTINUITY_NEED_STAYED,
        MeasureId.CONTINUITY_REFERRED_STAYED,
    ),
    (Topic.CONTINUITY, Nation.WALES): (MeasureId.WALES_WAIT, MeasureId.WALES_WAIT_WITH_DNA),
    (Topic.RETENTION, Nation.ENGLAND): (MeasureId.RETENTION_ALL, MeasureId.RETENTION_STARTED),
    (Topic.FUNNEL, Nation.ENGLAND): (MeasureId.COVER_CONTINUOUS, MeasureId.NALOXONE_SUPPLIED),
    (Topic.FUNNEL, Nation.WALES): (MeasureId.COVER_CONTINUOUS, MeasureId.NALOXONE_SUPPLIED),
    (Topic.WAITS, Nation.WALES): (MeasureId.WALES_WAIT, MeasureId.WALES_WAIT_WITH_DNA),
    (Topic.ACKNOWLEDGEMENT, Nation.ENGLAND): (),
    (Topic.ACKNOWLEDGEMENT, Nation.WALES): (),
}
"""The proportions that answer each topic, for the nations that have it.

Stages, bands of waits and acknowledgement times are no proportions of releases.
"""

ONCE_A_YEAR: Final = frozenset({Topic.WAITS, Topic.ACKNOWLEDGEMENT})
"""What is published of whatever is smaller than a nation for the year to March alone."""

TOLD_BY_THE_FUNNEL: Final[Mapping[Nation, tuple[MeasureId, ...]]] = {
    Nation.ENGLAND: (MeasureId.CONTINUITY_NEED, MeasureId.RETENTION_ALL),
    Nation.WALES: (),
}
"""Rates that can be read off a funnel, which is therefore withheld wherever one of them is."""


class Question(NamedTuple):
    """One question; `periods` are of one kind and in order.

    Attributes:
        area: Only releases to this local authority; likewise the other filters (`api.narrowing`).
        known_on: As known at the end of this London day, None for now.
    """

    topic: Topic
    nation: Nation
    cut: Cut
    periods: tuple[Period, ...]
    area: str | None = None
    prison: str | None = None
    region: str | None = None
    group: str | None = None
    sex: str | None = None
    age: str | None = None
    ethnicity: str | None = None
    known_on: date | None = None

    @property
    def breaks_areas_down(self) -> bool:
        """Whether the answer tells groups within local authorities."""
        narrowed = narrowed_to(self)
        tells_bands = self.topic is Topic.WAITS and self.cut is Cut.DESTINATION and not narrowed
        return is_breakdown(self.cut, narrowed) or tells_bands


def is_yearly(topic: Topic, cut: Cut, narrowed: Mapping[Cut, str]) -> bool:
    """Return whether figures are published for the year to March alone."""
    is_smaller = cut is not Cut.NATION or bool(narrowed)
    return is_breakdown(cut, narrowed) or (topic in ONCE_A_YEAR and is_smaller)


def is_breakdown(cut: Cut, narrowed: Mapping[Cut, str]) -> bool:
    """Return whether figures are about groups within authorities."""
    asked = {cut, *narrowed} - {Cut.NATION}
    return Cut.DESTINATION in asked and len(asked) > 1


class NothingAskedError(ThroughcareError):
    """The months asked for hold no period of that kind that is published."""

    def __init__(self, kind: PeriodKind) -> None:
        """Name the kind."""
        super().__init__(
            f"There is no whole {kind} between these months that is published. Years of a nation "
            "end with any month, of other groups with March, June, September or December, and "
            "within an area with March."
        )


_PUBLISHED: Final = (
    "Narrow by one of prison, region, treatment group, sex, age or ethnicity. Within one area, "
    "narrow or compare by one of treatment group, sex, age or ethnicity, for the year to March."
)
_PUBLISHED_OF: Final[Mapping[Topic, str]] = {
    Topic.WAITS: (
        "Waits are told by band for all of Wales, by quarter and year, and for one local "
        "authority, for the year to March."
    ),
    Topic.ACKNOWLEDGEMENT: (
        "Acknowledgement times are told for a nation, by quarter and year, and for the groups of "
        "one cut, for the year to March."
    ),
}


class TooFineError(ThroughcareError):
    """A combination was asked for that is published for nobody."""

    def __init__(self, published: str = _PUBLISHED) -> None:
        """Say what is `published`, and why no more is."""
        super().__init__(
            "Figures this fine are not published: from tables that overlap, single people could be "
            f"worked out by subtraction. {published}"
        )


class NoSuchMeasureError(ThroughcareError):
    """The nation has no measure of that topic."""

    def __init__(self, topic: Topic) -> None:
        """Say why the nation has none of this topic."""
        super().__init__(_WITHOUT[topic])


_WITHOUT: Final[Mapping[Topic, str]] = {
    Topic.RETENTION: (
        "Wales has no measure of twelve-week retention from prison: its figures are gathered "
        "from referrals (R21). Ask for continuity or the funnel."
    ),
    Topic.WAITS: (
        "England has no measure of waits from referral: its rate counts days from release (R1). "
        "Ask for continuity, or for Wales."
    ),
}


class Basis(NamedTuple):
    """The published table from which an answer is read.

    Attributes:
        cut: Its rows.
        within: Its columns, when it is a table of authorities by the groups of another cut.
        row: The only row to show, None for all; likewise `column`.
        named: What the shown group is called.
    """

    cut: Cut
    within: Cut | None = None
    row: str | None = None
    column: str | None = None
    named: str | None = None


def basis_of(asked: Question, policy: DisclosurePolicy) -> Basis:
    """Return the table that answers a question.

    Raises:
        TooFineError: None is published that does.
        NotPublishedError: It is, but not for these periods.
        NoSuchMeasureError: The nation has no such measure.
        NothingAskedError: No period was asked for.
    """
    if (asked.topic, asked.nation) not in MEASURES:
        raise NoSuchMeasureError(asked.topic)
    found = _table(asked)
    if asked.topic in ONCE_A_YEAR and not _is_told(asked.topic, found, asked.periods, policy):
        raise TooFineError(_PUBLISHED_OF[asked.topic])
    for each in asked.periods:
        refuse_unpublished(found.cut, each, policy)
        if found.within is not None and not _is_breakdown_year(each, policy):
            raise TooFineError
    if found.within is not None and found.within not in policy.breakdowns:
        raise TooFineError
    return found


def _is_told(
    topic: Topic, found: Basis, periods: tuple[Period, ...], policy: DisclosurePolicy
) -> bool:
    """Return whether waits by band, or acknowledgement times, are published of a table."""
    if found.cut is Cut.NATION:
        step = policy.year_step_months
        return all(
            each.kind is not PeriodKind.MONTH and not each.last_month.month % step
            for each in periods
        )
    of_all = topic is Topic.ACKNOWLEDGEMENT or found.cut is Cut.DESTINATION
    yearly = all(_is_breakdown_year(each, policy) for each in periods)
    return of_all and yearly and found.within is None


def _is_breakdown_year(period: Period, policy: DisclosurePolicy) -> bool:
    return period.kind is PeriodKind.YEAR and period.last_month.month == policy.year_ends_in


def _table(asked: Question) -> Basis:
    others = narrowed_to(asked)
    own = others.pop(asked.cut, None)
    area = others.pop(Cut.DESTINATION, None)
    if len(others) > 1 or (others and own is not None and asked.cut is not Cut.DESTINATION):
        raise TooFineError
    other, value = next(iter(others.items()), (None, None))
    if area is not None:
        return _within_area(asked.cut, area, own, other, value)
    if other is None:
        return Basis(asked.cut, row=own)
    if asked.cut is Cut.NATION:
        return Basis(other, row=value, named=WHOLE)
    if asked.cut is Cut.DESTINATION:
        return Basis(Cut.DESTINATION, other, row=own, column=value)
    raise TooFineError


def _within_area(
    cut: Cut, area: str, own: str | None, other: Cut | None, value: str | None
) -> Basis:
    if cut is not Cut.NATION:
        if other is not None:
            raise TooFineError
        return Basis(Cut.DESTINATION, within=cut, row=area, column=own)
    return Basis(Cut.DESTINATION, other, area, value, WHOLE)
