"""Measures of delivery: whether whoever should know was reached, in counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Query

from api.delivery_schemas import (
    AcknowledgingTimes,
    ChannelDelivery,
    DeliveryMeasures,
    FirstLevelShare,
    WeeklyLoad,
)
from api.documented import problems
from api.queries import PeriodQuery
from api.refusals import FieldFault, InvalidInputError
from api.security import Given, MeasureReader
from domain.london_time import london_date
from notifications.measures import DeliveryReport

router = APIRouter(prefix="/api/v1/measures", tags=["measures"])

LONGEST: Final = timedelta(days=366)
FOUR_WEEKS: Final = timedelta(days=27)


@router.get(
    "/delivery", summary="Read how well messages arrive", responses=problems(401, 403, 422, 503)
)
async def read_delivery(
    caller: MeasureReader, services: Given, query: Annotated[PeriodQuery, Query()]
) -> DeliveryMeasures:
    """Return the measures of a period of at most a year, by default of the last four weeks.

    Who: admin, auditor.
    """
    del caller  # both see the same counts
    first, last = _period(query, london_date(services.now()))
    return _shown(first, last, await services.desk.measures.report(first, last))


def _period(query: PeriodQuery, today: date) -> tuple[date, date]:
    last = query.last or today
    first = query.first or last - FOUR_WEEKS
    if first > last:
        raise InvalidInputError([FieldFault("from", "The period ends before it begins.")])
    if last - first >= LONGEST:
        raise InvalidInputError([FieldFault("from", "Ask for a year at most.")])
    return first, last


def _shown(first: date, last: date, report: DeliveryReport) -> DeliveryMeasures:
    level = report.first_level
    return DeliveryMeasures(
        first=first,
        last=last,
        acknowledging=[AcknowledgingTimes(**each._asdict()) for each in report.acknowledging],
        first_level=FirstLevelShare(**level._asdict(), share=level.share),
        pages=WeeklyLoad(**report.pages._asdict()),
        texts=WeeklyLoad(**report.texts._asdict()),
        arriving=[ChannelDelivery(**each._asdict()) for each in report.arriving],
        unactionable=report.unactionable,
    )
