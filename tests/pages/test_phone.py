"""What the person says about their phone, on both stores: asked, changed, shown and told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.records import Person
from domain.codes import Role
from infra.database.engine import Database
from infra.database.tables import OptOutRow
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.pages.conftest import As, Browser, Page, words
from tests.pages.furnished import register_person

PEOPLE, PHONE = "/cases/rel-1/people", "/cases/rel-1/phone"
MOBILE = "07700 900199"
SAID = {"mobile": MOBILE, "agreed": "yes", "safe": "yes", "language": "cy", "checked": "yes"}


@pytest.fixture
def world(database: Database) -> World:
    world = World(NOW, database)
    world.has("rel-1")
    world.people["rel-1"] = Person(
        "A1000BC", None, "Jordan", "Nettleship", date(1991, 4, 9), None, None, None
    )
    register_person(database)
    return world


def card(page: Page) -> dict[str, str]:
    """The rows of the first card, the person's own."""
    first = page.soup.select(".govuk-summary-card")[0]
    rows = first.select(".govuk-summary-list__row")
    return {words(row.select("dt")[0]): words(row.select("dd")[0]) for row in rows}


async def said(browser: Browser, **changes: str) -> dict[str, str]:
    await browser.follow(await browser.send(PHONE, **SAID | changes))
    return card(await browser.open(PEOPLE))


async def test_what_nobody_has_asked_is_not_taken_for_a_yes(as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)

    shown = card(await browser.open(PEOPLE))
    asked = (await browser.open(PHONE)).fields()

    assert (shown["May we text?"], shown["Safe to call?"]) == ("Not asked yet", "Not asked yet")
    assert {"agreed", "safe"}.isdisjoint(asked)


async def test_what_they_say_is_shown_with_who_asked_and_in_the_history(
    world: World, as_: As
) -> None:
    browser = await as_(Role.RESETTLEMENT)

    shown = await said(browser)
    world.time += timedelta(minutes=5)
    later = await said(browser, agreed="no", safe="no")

    assert (shown["May we text?"], shown["Safe to call?"]) == ("Yes, in Welsh", "Yes")
    assert later["May we text?"] == "No"
    unsafe = await said(browser, agreed="yes", safe="no")
    assert unsafe["May we text?"] == "They agree, but nothing is sent while the phone is not safe"
    assert later["Safe to call?"].startswith("Not safe to call or text")
    assert later["Asked"].startswith("By ")
    history = await browser.open("/cases/rel-1/history?type=contacts&who=res")
    for each in ("Agreement to texts recorded", "Recorded that the phone is not safe"):
        assert each in history.text
    assert "(prison resettlement)" in history.text
    assert MOBILE not in history.text


async def test_a_reply_of_stop_is_shown_and_nobody_here_takes_it_back(
    world: World, as_: As
) -> None:
    browser = await as_(Role.PROBATION)
    await said(browser)
    with world.database.write() as session:
        stopped = OptOutRow(address="+447700900199", since=NOW, source="reply")
        session.add(stopped)

    shown = await said(browser, agreed="yes")

    assert shown["May we text?"].startswith("No. They replied STOP")
    assert "they text START" in (await browser.open(PHONE)).text


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"agreed": ""}, "agreed", "Select whether we may text them"),
        ({"safe": ""}, "safe", "Select whether it is safe to call them"),
        ({"language": "fr"}, "language", "Select the language of texts"),
        ({"mobile": ""}, "mobile", "no mobile number is known"),
        ({"mobile": "01134 960000"}, "mobile", "This is a landline"),
    ],
)
async def test_a_fault_is_at_its_field_and_nothing_typed_is_lost(
    as_: As, changes: dict[str, str], field: str, reason: str
) -> None:
    browser = await as_(Role.PROBATION)

    page = await browser.send(PHONE, **SAID | changes)

    assert page.status == 400
    assert reason in (page.field_error(field) or "")
    kept = page.fields()
    assert kept["checked"] == "yes"
    assert kept["mobile"] == changes.get("mobile", MOBILE)


async def test_what_somebody_else_recorded_meanwhile_is_shown_and_not_overwritten(
    as_: As,
) -> None:
    late = await as_(Role.RESETTLEMENT)
    opened = (await late.open(PHONE)).fields()
    await (await as_(Role.PROBATION)).send(PHONE, **SAID | {"safe": "no"})
    late = await as_(Role.RESETTLEMENT)
    opened["form_token"] = (await late.open(PHONE)).fields()["form_token"]

    refused = await late.submit(PHONE, opened | SAID)

    assert refused.status == 400
    assert "Somebody else changed this" in refused.text
    assert "Safe to call?: Not safe to call or text" in words(refused.soup.select("main")[0])
    assert card(await late.open(PEOPLE))["Safe to call?"].startswith("Not safe")
    assert (await late.submit(PHONE, refused.fields() | SAID)).status == 303, "seen by now"


async def test_healthcare_reads_it_and_does_not_ask(as_: As) -> None:
    await said(await as_(Role.RESETTLEMENT))
    browser = await as_(Role.HEALTHCARE)

    page = await browser.open(PEOPLE)

    assert card(page)["May we text?"] == "Yes, in Welsh"
    assert page.soup.select_one(f'a[href="{PHONE}"]') is None
    assert (await browser.open(PHONE)).status == 403


async def test_whoever_starts_another_release_is_warned_beside_the_number(as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)

    async def second_stage() -> Page:
        first = await browser.open("/cases/new")
        return await browser.submit("/cases/new", first.fields() | {"prison_number": "A1000BC"})

    assert "Not safe to call" not in (await second_stage()).text
    await said(browser, safe="no")
    assert "Not safe to call or text" in (await second_stage()).text
