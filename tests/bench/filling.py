"""Fills a database with many open releases: a few journeys by the real rules, and copies."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from domain.london_time import london_date
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.read_model import SqlReadModel
from infra.database.tables import PersonRow, ReleaseRow, StepRow, table_of
from tests.builders import Journey, a_screening, at
from tests.database.projections import project

ORIGINALS = 20
AT_ONCE = 500
LETTERS = string.ascii_uppercase + string.digits


def fill(database: Database, read_model: SqlReadModel, count: int) -> str:
    """Put `count` open releases into a database; returns the id of one with a whole history."""
    today = london_date(datetime.now(UTC))
    people = PeopleStore(database)
    for number in range(ORIGINALS):
        release_id = f"original-{number:02}"
        leaves_on = today + timedelta(days=3 + 4 * number)
        journey = _journey(release_id, leaves_on, today)
        person = NewPerson(f"A{number:04}AA", "Jo", f"Original{number}", date(1990, 1, 1))
        people.register(person, release_id, leaves_on - timedelta(days=180))
        project(read_model, journey)
    _copy(database, count - ORIGINALS)
    return "original-00"


def _journey(release_id: str, leaves_on: date, today: date) -> Journey:
    began_on = today - timedelta(days=10)
    journey = Journey(
        release_id=release_id,
        reception_on=leaves_on - timedelta(days=180),
        scheduled_on=leaves_on,
        release_type="remand_end",
        now=at(began_on),
    )
    journey.submit(a_screening(began_on))
    journey.wait_until(at(today, 6))
    return journey


def _copy(database: Database, count: int) -> None:
    pick = random.Random(7)
    releases, people, steps = (table_of(each) for each in (ReleaseRow, PersonRow, StepRow))
    with database.read() as session:
        originals = [dict(each) for each in session.execute(select(releases)).mappings()]
        persons = {each["id"]: dict(each) for each in session.execute(select(people)).mappings()}
        known = [dict(each) for each in session.execute(select(steps)).mappings()]
    rows = _rows(count, originals, persons, known, pick)
    batch: dict[str, list[dict[str, Any]]] = {"people": [], "releases": [], "steps": []}
    for person, release, own in rows:
        batch["people"].append(person)
        batch["releases"].append(release)
        batch["steps"].extend(own)
        if len(batch["people"]) >= AT_ONCE:
            _write(database, batch)
    _write(database, batch)


def _rows(
    count: int,
    originals: list[dict[str, Any]],
    persons: Mapping[str, dict[str, Any]],
    steps: list[dict[str, Any]],
    pick: random.Random,
) -> Iterator[tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]]:
    for number in range(count):
        original = originals[number % len(originals)]
        name = "".join(pick.choices(string.ascii_lowercase, k=8))
        person = persons[original["person_id"]] | {
            "id": f"p-{number}",
            "prison_number": f"B{number % 10_000:04}{LETTERS[number // 10_000 % 26]}C",
            "surname": name.title(),
            "surname_key": name,
        }
        release_id, on = f"copy-{number:06}", original["leaves_on"] + timedelta(days=number % 80)
        release = original | {
            "id": release_id,
            "person_id": person["id"],
            "reference": _reference(number),
            "leaves_on": on,
            "expected_on": on,
        }
        own = [
            each | {"release_id": release_id}
            for each in steps
            if each["release_id"] == original["id"]
        ]
        yield person, release, own


def _reference(number: int) -> str:
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, len(LETTERS))
        digits += LETTERS[digit]
    return digits


def _write(database: Database, batch: dict[str, list[dict[str, Any]]]) -> None:
    tables = {"people": PersonRow, "releases": ReleaseRow, "steps": StepRow}
    with database.write() as session:
        for name, model in tables.items():
            if batch[name]:
                session.execute(insert(table_of(model)), batch[name])
            batch[name].clear()
