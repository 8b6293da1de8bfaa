"""A cohort with a known answer, through everything: file, engine, journeys, record, API."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from domain.codes import Role
from domain.commands import Command, RecordDeath, RecordRelease, RecordTreatmentStart, SendReferral
from domain.london_time import london_date
from infra.commands.importing import IMPORTER, load_all
from infra.database.tokens import NewToken
from infra.imports.arrivals import Arrival, arrivals
from infra.imports.releases import parse_releases
from tests.builders import SERVICE, a_screening, a_submission, at
from tests.imports.files import a_file
from tests.web.conftest import settings_on
from tests.web.service import Service, a_caller, running

AREA = "E06000001"
TODAY = london_date(datetime.now(UTC))
LEFT_ON = (TODAY - timedelta(days=150)).replace(day=12)
MONTH = f"{LEFT_ON:%Y-%m}"


class Person(NamedTuple):
    """What is to become of one invented person."""

    number: str
    starts_after: int | None = None
    dies_after: int | None = None
    is_referred: bool = True

    def story(self) -> tuple[Command, ...]:
        told: list[Command] = [a_screening(LEFT_ON - timedelta(days=60))]
        if self.is_referred:
            told.append(SendReferral(on=LEFT_ON - timedelta(days=30), service=SERVICE))
        told.append(RecordRelease(at=at(LEFT_ON, 9), naloxone_in_hand=True))
        if self.starts_after is not None:
            on = LEFT_ON + timedelta(days=self.starts_after)
            told.append(RecordTreatmentStart(on=on, service=SERVICE))
        if self.dies_after is not None:
            told.append(RecordDeath(on=LEFT_ON + timedelta(days=self.dies_after)))
        return tuple(told)


ON_DAY_21, LATE, NEVER, DEAD, NOT_REFERRED = 8, 6, 7, 5, 6


def cohort() -> list[Person]:
    """On the last day that counts, a day too late, never, dead before, and without a referral."""
    n = iter(range(1000, 9999))
    return [
        *(Person(f"A{next(n)}BC", starts_after=21) for _ in range(ON_DAY_21)),
        *(Person(f"A{next(n)}BC", starts_after=22) for _ in range(LATE)),
        *(Person(f"A{next(n)}BC") for _ in range(NEVER)),
        *(Person(f"A{next(n)}BC", dies_after=5) for _ in range(DEAD)),
        *(Person(f"A{next(n)}BC", starts_after=0, is_referred=False) for _ in range(NOT_REFERRED)),
    ]


def imported(service: Service, people: list[Person]) -> list[Arrival]:
    """The cohort as the import reads it from a file, each with what happened since."""
    rows = (
        {
            "prison_number": each.number,
            "prison": "LEI",
            "sex": "male",
            "local_authority": AREA,
            "probation_unit": "N54STHA",
            "release_date": str(LEFT_ON),
            "reception_date": str(LEFT_ON - timedelta(days=200)),
        }
        for each in people
    )
    parts = service.parts
    result = parse_releases(io.BytesIO(a_file(*rows).encode()), parts.reference, today=TODAY)
    assert not result.problems
    found = arrivals(result.rows, parts.keys.id_key, parts.reference)
    began_at = at(LEFT_ON - timedelta(days=80))
    return [
        Arrival(
            line=arrival.line,
            who=arrival.who,
            new=arrival.new.model_copy(update={"started_at": began_at}),
            afterwards=(a_submission(*each.story(), key=f"story-{each.number}"),),
        )
        for arrival, each in zip(found, people, strict=True)
    ]


@pytest.fixture
async def service(database_url: str, tmp_path: Path) -> AsyncIterator[Service]:
    async with running(settings_on(database_url, tmp_path)) as started:
        yield started


async def asked(service: Service, **params: str) -> dict[str, Any]:
    token = NewToken(Role.COMMISSIONER, "test", areas=frozenset({AREA}))
    caller = a_caller(service.parts.database, service.client, token)
    answer = await caller.get("/api/v1/measures/continuity", **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.server
async def test_a_cohort_with_a_known_answer_is_recovered_exactly(service: Service) -> None:
    people = cohort()
    found = imported(service, people)
    summary = await load_all(service.parts, found, IMPORTER, "Loading")
    assert (summary.started, summary.refused) == (len(people), [])

    answer = await asked(service, by="month", **{"from": MONTH, "to": MONTH})

    told = {each["measure"]: each for each in answer["figures"]}
    need = told["continuity_need"]
    assert (need["numerator"], need["denominator"]) == (ON_DAY_21 + NOT_REFERRED, len(people))
    referred = told["continuity_referred"]
    assert referred["numerator"] == ON_DAY_21
    assert referred["denominator"] == len(people) - NOT_REFERRED
    stayed = told["continuity_need_stayed"]
    assert stayed["denominator"] == len(people) - DEAD
    assert answer["excluded"]["releases"] == 0
    assert answer["days_to_start"][0]["days"] == 21


@pytest.mark.server
async def test_a_new_fact_is_in_the_rate_when_its_command_is_answered(service: Service) -> None:
    people = cohort()
    found = imported(service, people)
    await load_all(service.parts, found, IMPORTER, "Loading")
    never = next(
        arrival
        for arrival, each in zip(found, people, strict=True)
        if each.starts_after is None and each.dies_after is None
    )

    start = RecordTreatmentStart(on=LEFT_ON + timedelta(days=10), service=SERVICE)
    await service.provider.ask(never.new.release_id, start)

    (figure,) = (
        each
        for each in (await asked(service, by="month", **{"from": MONTH, "to": MONTH}))["figures"]
        if each["measure"] == "continuity_need"
    )
    assert figure["numerator"] == ON_DAY_21 + NOT_REFERRED + 1


def test_the_cohort_left_in_a_month_that_can_be_judged() -> None:
    assert LEFT_ON.replace(day=28) + timedelta(days=60) < TODAY
    assert date(2000, 1, 1) < LEFT_ON
