"""What is asked of the measures, and which published table answers it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from domain.codes import Nation, SubstanceGroup
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


MEASURES: Final[Mapping[tuple[Topic, Nation], tuple[MeasureId, ...]]] = {
    (Topic.CONTINUITY, Nation.ENGLAND): (
        MeasureId.CONTINUITY_NEED,
        MeasureId.CONTINUITY_REFERRED,
        MeasureId.CONTINUITY_NEED_STAYED,
        MeasureId.CONTINUITY_REFERRED_STAYED,
    ),
    (Topic.CONTINUITY, Nation.WALES): (MeasureId.WALES_WAIT, MeasureId.WALES_WAIT_WITH_DNA),
    (Topic.RETENTION, Nation.ENGLAND): (MeasureId.RETENTION_ALL, MeasureId.RETENTION_STARTED),
    (Topic.RETENTION, Nation.WALES): (),
    (Topic.FUNNEL, Nation.ENGLAND): (MeasureId.COVER_CONTINUOUS, MeasureId.NALOXONE_SUPPLIED),
    (Topic.FUNNEL, Nation.WALES): (MeasureId.COVER_CONTINUOUS, MeasureId.NALOXONE_SUPPLIED),
}
"""The proportions that answer each topic; the funnel itself is no proportion."""

TOLD_BY_THE_FUNNEL: Final[Mapping[Nation, tuple[MeasureId, ...]]] = {
    Nation.ENGLAND: (MeasureId.CONTINUITY_NEED, MeasureId.RETENTION_ALL),
    Nation.WALES: (),
}
"""Rates that can be read off a funnel, which is therefore withheld wherever one of them is."""


class Question(NamedTuple):
    """One question; `periods` are of one kind and in order.

    Attributes:
        area: Only releases to this local authority; likewise `prison` and `group`.
        known_on: As known at the end of this London day, None for now.
    """

    topic: Topic
    nation: Nation
    cut: Cut
    periods: tuple[Period, ...]
    area: str | None = None
    prison: str | None = None
    group: SubstanceGroup | None = None
    known_on: date | None = None

    @property
    def breaks_areas_down(self) -> bool:
        """Whether the answer tells groups within local authorities."""
        is_area = self.area is not None or self.cut is Cut.DESTINATION
        is_group = self.group is not None or self.cut not in {Cut.NATION, Cut.DESTINATION}
        return is_area and is_group


class NothingAskedError(ThroughcareError):
    """The months asked for hold no period of that kind that is published."""

    def __init__(self, kind: PeriodKind) -> None:
        """Name the kind."""
        super().__init__(
            f"There is no whole {kind} between these months that is published. Years of a nation "
            "end with any month, of other groups with March, June, September or December, and "
            "within an area with March."
        )


class TooFineError(ThroughcareError):
    """A combination was asked for that is published for nobody."""

    def __init__(self) -> None:
        """Say what is published."""
        super().__init__(
            "Figures this fine are not published, because small numbers could be worked out. "
            "Narrow by one of area, prison or group; within an area, ask for the year to March "
            "by substance group, sex, age band or ethnicity."
        )


class NoSuchMeasureError(ThroughcareError):
    """The nation has no measure of that topic."""

    def __init__(self) -> None:
        """Say why."""
        super().__init__(
            "Wales has no measure of twelve-week retention from prison: its figures are gathered "
            "from referrals (R21). Ask for continuity or the funnel."
        )


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
    if asked.topic is Topic.RETENTION and asked.nation is Nation.WALES:
        raise NoSuchMeasureError
    found = _table(asked)
    for each in asked.periods:
        refuse_unpublished(found.cut, each, policy)
        if found.within is not None and not _is_breakdown_year(each, policy):
            raise TooFineError
    if found.within is not None and found.within not in policy.breakdowns:
        raise TooFineError
    return found


def _is_breakdown_year(period: Period, policy: DisclosurePolicy) -> bool:
    return period.kind is PeriodKind.YEAR and period.last_month.month == policy.year_ends_in


def _table(asked: Question) -> Basis:
    given = {
        cut: value
        for cut, value in (
            (Cut.DESTINATION, asked.area),
            (Cut.PRISON, asked.prison),
            (Cut.SUBSTANCE_GROUP, asked.group),
        )
        if value is not None
    }
    own = given.pop(asked.cut, None)
    others = dict(given)
    if not others:
        return Basis(asked.cut, row=own)
    area = others.pop(Cut.DESTINATION, None)
    if area is not None:
        return _within_area(asked.cut, area, own, others)
    return _narrowed(asked.cut, own, others)


def _within_area(cut: Cut, area: str, own: str | None, others: dict[Cut, str]) -> Basis:
    if not others:
        if cut is Cut.NATION:
            return Basis(Cut.DESTINATION, row=area, named=WHOLE)
        return Basis(Cut.DESTINATION, within=cut, row=area, column=own)
    if cut is Cut.NATION and set(others) == {Cut.SUBSTANCE_GROUP}:
        (group,) = others.values()
        return Basis(Cut.DESTINATION, Cut.SUBSTANCE_GROUP, area, group, WHOLE)
    raise TooFineError


def _narrowed(cut: Cut, own: str | None, others: dict[Cut, str]) -> Basis:
    if len(others) > 1 or (own is not None and cut is not Cut.DESTINATION):
        raise TooFineError
    ((other, value),) = others.items()
    if cut is Cut.NATION:
        return Basis(other, row=value, named=WHOLE)
    if cut is Cut.DESTINATION and other is Cut.SUBSTANCE_GROUP:
        return Basis(Cut.DESTINATION, other, row=own, column=value)
    raise TooFineError
