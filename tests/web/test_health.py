from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.commands import MoveReleaseDate
from infra.composition import composed
from infra.database.engine import Database
from infra.database.tables import PersonRow
from infra.settings import DatabaseSettings, Settings
from infra.up import server_child
from tests.builders import at
from tests.infra.waiting import eventually
from tests.web.bodies import a_body, days, started
from tests.web.service import RELEASES, Service, a_resettlement_worker, kept, running, web

pytestmark = pytest.mark.server


async def test_a_service_with_all_its_parts_is_ready(service: Service) -> None:
    async def is_ready() -> bool:
        return all((await service.readiness()).values())

    await eventually(is_ready)


async def test_without_the_engine_it_reads_and_says_that_nothing_was_saved(
    settings: Settings,
) -> None:
    async with running(settings) as service:
        resettlement = service.resettlement
        release_id = await started(resettlement)
        await service.workers.aclose()
        await service.server.stop()

        begun = await resettlement.post(RELEASES, a_body())
        moved = MoveReleaseDate(on=days(0), scheduled_on=days(70), as_given=True)
        asked = await resettlement.post(
            f"{RELEASES}/{release_id}/commands", moved.model_dump(mode="json")
        )

        for answer in (begun, asked):
            assert (answer.status_code, answer.json()["code"]) == (503, "engine_unavailable")
            assert answer.headers["Retry-After"]
        assert (await resettlement.get(f"{RELEASES}/{release_id}")).status_code == 200
        assert (await resettlement.get(RELEASES)).json()["total"] == 1
        assert len(people(service.parts.database)) == 1
        parts = await service.readiness()
        assert parts == {"database": True, "engine": False, "worker": False, "chain": True}


def people(database: Database) -> list[str]:
    """Return the prison numbers on record."""
    with database.read() as session:
        return list(session.execute(select(PersonRow.prison_number)).scalars())


async def test_a_start_that_the_rules_refuse_leaves_nobody_on_record(settings: Settings) -> None:
    before_reception = a_body(started_at=at(days(-30)).isoformat())
    async with composed(settings, lazy=True) as parts, web(parts, settings) as client:
        refused = await a_resettlement_worker(parts.database, client).post(
            RELEASES, before_reception
        )

        assert (refused.status_code, refused.json()["code"]) == (409, "date_too_early")
        assert people(parts.database) == []


async def test_it_is_live_but_not_ready_before_anything_else_is_up(settings: Settings) -> None:
    async with composed(settings, lazy=True) as parts, web(parts, settings) as client:
        live = await client.get("/health/live")
        ready = await client.get("/health/ready")

    assert live.status_code == 200
    assert ready.status_code == 503
    found = {each["name"]: each["ready"] for each in ready.json()["parts"]}
    assert found == {"database": True, "engine": False, "worker": False, "chain": True}


async def test_a_server_that_nobody_takes_work_from_is_not_enough(settings: Settings) -> None:
    async with (
        kept(await server_child(settings, lambda _: None)),
        composed(settings, lazy=True) as parts,
        web(parts, settings) as client,
    ):
        ready = await client.get("/health/ready")

    found = {each["name"]: each["ready"] for each in ready.json()["parts"]}
    assert found == {"database": True, "engine": True, "worker": False, "chain": True}


async def test_a_database_without_tables_is_not_ready(settings: Settings) -> None:
    empty = DatabaseSettings.model_validate({"url": f"sqlite:///{settings.state_dir}/empty.db"})
    without = settings.model_copy(update={"database": empty})
    async with composed(without, lazy=True) as parts, web(parts, settings) as client:
        ready = await client.get("/health/ready")

    found = {each["name"]: each["ready"] for each in ready.json()["parts"]}
    assert not found["database"]
    assert not found["chain"]
