"""The dashboards over a real database, with the public lists: every choice is answered."""

from __future__ import annotations

import asyncio

from api.measures.answering import answer
from api.measures.query import MeasureQuery, question
from api.measures.questions import Topic
from domain.measures.policy import DEFAULT_MEASURES
from infra.database.engine import Database
from infra.measures.figures import shipped_figures
from infra.measures.reading import SqlMeasures
from infra.web.measures import StoredMeasures
from infra.web.places import PublicPlaces
from infra.web.store import StoreThreads
from tests.measures.cohorts import AREAS, TODAY, a_csv, load

ENGLISH, WELSH = AREAS[1], AREAS[3]
QUESTIONS: tuple[tuple[Topic, dict[str, str]], ...] = (
    (Topic.CONTINUITY, {"area": ENGLISH, "by": "age_band"}),
    (Topic.CONTINUITY, {"area": ENGLISH, "sex": "female"}),
    (Topic.CONTINUITY, {"region": "N52", "per": "quarter"}),
    (Topic.FUNNEL, {"area": ENGLISH, "group": "opiate"}),
    (Topic.FUNNEL, {"age": "25-34"}),
    (Topic.RETENTION, {"area": ENGLISH, "ethnicity": "white"}),
    (Topic.WAITS, {}),
    (Topic.WAITS, {"area": WELSH}),
    (Topic.ACKNOWLEDGEMENT, {"area": ENGLISH}),
    (Topic.ACKNOWLEDGEMENT, {"by": "prison"}),
)


async def answers(database: Database) -> list[int]:
    reference = shipped_figures().reference
    threads = StoreThreads(database.dialect)
    measures = StoredMeasures(SqlMeasures(database), reference, threads)
    found = []
    for topic, given in QUESTIONS:
        query = MeasureQuery.model_validate(given)
        asked = question(query, topic, PublicPlaces(reference), DEFAULT_MEASURES, TODAY)
        told = await answer(asked, measures, DEFAULT_MEASURES, TODAY)
        found.append(len(told.rows) + len(told.waits) + len(told.acknowledged))
    threads.close()
    return found


def test_every_choice_is_answered_from_the_database(database: Database) -> None:
    load(database, a_csv(400))

    assert all(asyncio.run(answers(database)))
