"""A caller's question: read, permitted and answered, the same for JSON, files and pages."""

from __future__ import annotations

from datetime import date

from api.measures.answering import answer
from api.measures.answers import Answer
from api.measures.query import MeasureQuery, question
from api.measures.questions import Question, Topic
from api.ports import Services
from domain.access import Subject
from domain.access_measures import may_measure
from domain.london_time import london_date
from domain.measures.policy import DEFAULT_MEASURES


async def answered(
    topic: Topic, query: MeasureQuery, caller: Subject, services: Services
) -> Answer:
    """Return the answer to what a caller asks.

    Raises:
        InvalidInputError: A code is on no list, or the months make no sense.
        NotPermitted: It is not theirs to ask.
        TooFineError: Nothing this fine is published.
        NotPublishedError: It is, but not for these periods.
        NothingAskedError: No whole period lies between the months.
        NoSuchMeasureError: The nation has no such measure.
        RecordUnavailableError: The database does not answer.
    """
    today = london_date(services.now())
    asked = question(query, topic, services.places, DEFAULT_MEASURES, today)
    return await permitted(asked, caller, services, today)


async def permitted(asked: Question, caller: Subject, services: Services, today: date) -> Answer:
    """Return the answer to a question, if it is theirs to ask.

    Raises:
        NotPermitted: It is not theirs to ask.
        TooFineError: Nothing this fine is published.
        NotPublishedError: It is, but not for these periods.
        NoSuchMeasureError: The nation has no such measure.
        RecordUnavailableError: The database does not answer.
    """
    may_measure(caller, asked.area, breaks_areas_down=asked.breaks_areas_down)
    return await answer(asked, services.measures, DEFAULT_MEASURES, today)
