"""Measures of delivery, as they are sent: counts, and never a person."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas import Resource
from domain.policy import Channel, Severity
from notifications.wires import FaultClass


class AcknowledgingTimes(Resource):
    """How fast escalations of one severity were taken."""

    severity: Severity
    opened: int
    acknowledged: int
    median_minutes: Annotated[float | None, Field(description="Null: none was taken.")]
    p90_minutes: Annotated[float | None, Field(description="Nine of ten were at least as fast.")]
    exhausted: Annotated[int, Field(description="Nobody took them on any rung; the target is 0.")]


class FirstLevelShare(Resource):
    """How often the first people asked took an escalation, of those that are past them."""

    taken: int
    passed: int
    share: Annotated[float | None, Field(description="From 0 to 1.")]


class WeeklyLoad(Resource):
    """How much reaches one person in a week; weeks without any are not counted."""

    people: int
    total: int
    median: float | None
    p90: int | None
    most: int
    target: Annotated[int, Field(description="At most so many.")]
    above: Annotated[int, Field(description="How often it was more.")]


class ChannelDelivery(Resource):
    """What became of the messages of one channel."""

    channel: Channel
    handed_over: int
    arrived: Annotated[int, Field(description="Confirmed by the network or by an answer.")]
    failed: Annotated[dict[FaultClass, int], Field(description="By the class of the fault.")]


class DeliveryMeasures(Resource):
    """How well pages and texts reached people from one London day to another."""

    first: date
    last: date
    acknowledging: list[AcknowledgingTimes]
    first_level: FirstLevelShare
    pages: Annotated[
        WeeklyLoad, Field(description="To staff, by week from Monday; above counts S1 and S2.")
    ]
    texts: Annotated[
        WeeklyLoad, Field(description="To a person leaving prison, the most in any seven days.")
    ]
    arriving: list[ChannelDelivery]
    unactionable: Annotated[
        dict[str, int], Field(description="Pages that were not sent, by the reason.")
    ]
