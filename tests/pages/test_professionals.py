"""The professionals of a release as pages on both stores: named, changed, taken away."""

from __future__ import annotations

import pytest

from domain.codes import Role
from infra.database.engine import Database
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.pages.conftest import As, words

PEOPLE = "/cases/rel-1/people"
SURGERY = {"name": "York Street Practice", "phone": "0113 496 0000", "email": ""}


@pytest.fixture
def world(database: Database) -> World:
    world = World(NOW, database)
    world.has("rel-1")
    return world


async def test_somebody_is_named_changed_and_taken_away_with_a_history(as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)
    empty = await browser.open(PEOPLE)
    ways = [words(each) for each in empty.soup.select('main a[href$="/people/gp"]')]
    assert ways == ["Add GP practice (GP practice)"]

    shown = await browser.follow(await browser.send(f"{PEOPLE}/gp", **SURGERY))
    assert "York Street Practice" in shown.text
    assert "01134 960000" in shown.text or "0113" in shown.text
    await browser.send(f"{PEOPLE}/gp", **SURGERY | {"name": "Lincoln Green"})
    await browser.send(f"{PEOPLE}/gp", do="remove")

    assert "Lincoln Green" not in (await browser.open(PEOPLE)).text
    history = await browser.open("/cases/rel-1/history?type=contacts")
    assert "GP practice taken away" in history.text
    assert "York Street Practice → Lincoln Green" in history.text
    assert "Lincoln Green → nothing" in history.text
    assert "(prison resettlement)" in history.text


async def test_a_fault_is_at_its_field_and_nothing_typed_is_lost(as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)

    nameless = await browser.send(f"{PEOPLE}/gp", name="", phone="0113 496 0000")
    wrong = await browser.send(f"{PEOPLE}/gp", name="York Street", phone="12")

    assert nameless.field_error("name") == "Enter the name of the practice"
    assert "Enter one UK phone number" in (wrong.field_error("phone") or "")
    assert (nameless.status, wrong.status) == (400, 400)
    assert wrong.fields()["name"] == "York Street"


async def test_what_somebody_else_recorded_meanwhile_is_shown_first(as_: As) -> None:
    late = await as_(Role.RESETTLEMENT)
    fields = (await late.open(f"{PEOPLE}/gp")).fields()
    await (await as_(Role.PROBATION)).send(f"{PEOPLE}/gp", **SURGERY)
    late = await as_(Role.RESETTLEMENT)
    fields["form_token"] = (await late.open(f"{PEOPLE}/gp")).fields()["form_token"]

    refused = await late.submit(f"{PEOPLE}/gp", fields | {"name": "Lincoln Green"})

    assert refused.status == 400
    assert "GP practice: York Street Practice" in refused.text
    assert refused.fields()["name"] == "Lincoln Green"
    saved = await late.submit(f"{PEOPLE}/gp", refused.fields())
    assert saved.status == 303


async def test_the_pharmacy_is_for_clinical_teams_and_each_names_its_own(as_: As) -> None:
    clinical = await as_(Role.HEALTHCARE)
    await clinical.send(f"{PEOPLE}/pharmacy", name="Canal Street Chemist")
    assert "Canal Street Chemist" in (await clinical.open(PEOPLE)).text
    assert (await clinical.open(f"{PEOPLE}/com")).status == 403

    other = await as_(Role.PROBATION)
    assert "Canal Street Chemist" not in (await other.open(PEOPLE)).text
    assert "Canal Street Chemist" not in (await other.open("/cases/rel-1/history")).text
    assert (await other.open(f"{PEOPLE}/pharmacy")).status == 403
    assert (await other.open(f"{PEOPLE}/com")).status == 200
    assert (await other.open(f"{PEOPLE}/nobody")).status == 404


async def test_a_history_by_person_knows_who_recorded_a_professional(as_: As) -> None:
    await (await as_(Role.PROBATION)).send(f"{PEOPLE}/com", name="Ada Lane")
    await (await as_(Role.RESETTLEMENT)).send(f"{PEOPLE}/gp", **SURGERY)

    theirs = await (await as_(Role.PROBATION)).open("/cases/rel-1/history?who=prb")

    assert {"prb", "res"} <= {each["value"] for each in theirs.soup.select("select#who option")}
    assert "Community offender manager (COM) recorded" in theirs.text
    assert "GP practice recorded" not in theirs.text
