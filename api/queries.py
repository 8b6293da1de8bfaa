"""The query parameters of lists, read into filters.

No parameter takes a name or a prison number: addresses end up in the logs of every proxy. Whoever
searches for a person knows the short reference, or reads the list.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.duty_bodies import Moment
from api.filters import EscalationFilter, MessageFilter, PageOf, ReleaseFilter, ReleaseOrder
from domain.codes import SubstanceGroup
from domain.facts import Code, Day
from domain.journey import Step
from domain.policy import Channel, Severity
from domain.state import LadderStatus, Phase
from notifications.messages import MessageStatus

_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str) and not _ISO_DATE.fullmatch(value):
        raise ValueError("Give a date as YYYY-MM-DD")
    return value


QueryDay = Annotated[Day, BeforeValidator(_iso)]


class PageQuery(BaseModel):
    """Which page; an unknown parameter is refused, so that a typing error never widens a list."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    page: Annotated[int, Field(ge=1, le=10_000, description="From 1.")] = 1
    per_page: Annotated[int, Field(ge=1, le=200)] = 50

    @property
    def wanted_page(self) -> PageOf:
        """The page as the record is asked for it."""
        return PageOf(number=self.page, size=self.per_page)


class ReleaseQuery(PageQuery):
    """Filters and order of a list of releases."""

    reference: Annotated[Code | None, Field(description="The short reference.")] = None
    prison: Code | None = None
    probation_unit: Code | None = None
    service: Code | None = None
    destination: Annotated[Code | None, Field(description="A local authority.")] = None
    phase: Phase | None = None
    step: Annotated[Step | None, Field(description="Where this step is open.")] = None
    overdue: Annotated[bool | None, Field(description="Whether a step is past its time.")] = None
    leaves_from: Annotated[
        QueryDay | None, Field(description="Released, or expected to be, on or after this day.")
    ] = None
    leaves_to: Annotated[
        QueryDay | None, Field(description="Released, or expected to be, on or before this day.")
    ] = None
    group: Annotated[
        SubstanceGroup | None, Field(description="The treatment group; clinical roles only.")
    ] = None
    sort: Annotated[
        ReleaseOrder, Field(description="A minus sorts from the last to the first.")
    ] = ReleaseOrder.LEAVES_ON

    @property
    def wanted(self) -> ReleaseFilter:
        """The filter as the record is asked for it."""
        given = self.model_dump(exclude={"page", "per_page", "sort"})
        return ReleaseFilter(order=self.sort, **given)


class EscalationQuery(PageQuery):
    """Filters of a list of escalations."""

    severity: Severity | None = None
    status: LadderStatus | None = None
    step: Step | None = None
    release_id: Code | None = None
    open: Annotated[bool | None, Field(description="True leaves out what is closed.")] = None

    @property
    def wanted(self) -> EscalationFilter:
        """The filter as the record is asked for it."""
        given = self.model_dump(exclude={"page", "per_page", "open"})
        return EscalationFilter(is_open=self.open, **given)


class EventQuery(BaseModel):
    """Which part of a trail."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    after: Annotated[int, Field(ge=0, le=10_000_000, description="Events after this number.")] = 0
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class StaffQuery(PageQuery):
    """Filters of a list of staff."""

    organisation: Annotated[
        Code | Literal["*"] | None, Field(description="One place; * is the service.")
    ] = None


class TaskQuery(PageQuery):
    """Filters of a list of data-quality tasks."""

    open: Annotated[bool | None, Field(description="True leaves out what is closed.")] = None


class RotaQuery(BaseModel):
    """Which part of a rota."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    at: Annotated[Moment | None, Field(description="Who is on duty then; now when left out.")] = (
        None
    )
    days: Annotated[int, Field(ge=1, le=92, description="How many days of shifts to show.")] = 14


class MessageQuery(PageQuery):
    """Filters of a list of messages."""

    release_id: Code | None = None
    channel: Channel | None = None
    status: MessageStatus | None = None
    since: Annotated[Moment | None, Field(description="Written then or later.")] = None

    @property
    def wanted(self) -> MessageFilter:
        """The filter as the record is asked for it."""
        return MessageFilter(**self.model_dump(exclude={"page", "per_page"}))


class ReplyQuery(PageQuery):
    """Filters of a list of replies."""

    open: Annotated[bool, Field(description="False lists those that were read.")] = True


class PeriodQuery(BaseModel):
    """A period of London days, both of them in it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    first: Annotated[
        QueryDay | None, Field(alias="from", description="Four weeks of days when left out.")
    ] = None
    last: Annotated[QueryDay | None, Field(alias="to", description="Today when left out.")] = None
