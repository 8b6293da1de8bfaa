"""The service owner changes a figure: typed, checked, decided, shown to everybody, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import Role
from domain.london_time import london_date
from infra.database.engine import Database
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.pages.conftest import As, Browser, Page, words

FORM = "/policy/change/steps.screening.due"
COUNT = "steps.screening.due.count"
WHY = {"reason": "Deaths cluster in the first days.", "decided_by": "Clinical board"}
TODAY = london_date(NOW)


@pytest.fixture
def world(database: Database) -> World:
    return World(NOW, database)


def on(days: int) -> dict[str, str]:
    day = TODAY + timedelta(days=days)
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"effective_on-{name}": str(value) for name, value in parts.items()}


async def decided(browser: Browser, hours: int, days: int = 0) -> Page:
    checked = await browser.send(FORM, **WHY, **on(days), **{COUNT: str(hours)})
    assert checked.status == 200, checked.text
    return await browser.follow(await browser.submit(FORM, checked.fields() | {"do": "decide"}))


def screening(page: Page) -> str:
    """The row of the table that says when the screening is due."""
    rows = [words(each) for each in page.soup.select("tr")]
    return next(each for each in rows if "hours after reception" in each)


async def test_a_change_is_checked_decided_and_shown_to_everybody_with_who_and_why(
    as_: As,
) -> None:
    browser = await as_(Role.ADMIN)
    before = await browser.open("/policy")
    assert before.soup.select_one(f'a[href="{FORM}"]') is not None
    checked = await browser.send(FORM, **WHY, **on(0), **{COUNT: "48"})
    assert "72 hours" in checked.text
    assert "48 hours" in checked.text
    assert "Every release that was started before keeps the version" in checked.text
    assert "Nothing was changed here yet" in (await browser.open("/policy")).text

    after = await browser.follow(await browser.submit(FORM, checked.fields() | {"do": "decide"}))

    assert "48 hours" in screening(after)
    assert "Decided by Clinical board Deaths cluster in the first days." in screening(after)
    assert "recorded by" in screening(after)
    page = await (await as_(Role.PROBATION)).open("/policy")
    assert "48 hours" in screening(page)
    assert page.soup.select_one('a[href^="/policy/change/"]') is None
    assert "In force" in words(page.soup.select("#changes")[0])


async def test_a_planned_change_waits_for_its_day_and_can_be_taken_back(
    world: World, as_: As
) -> None:
    browser = await as_(Role.ADMIN)
    planned = await decided(browser, 48, days=3)
    assert "72 hours" in screening(planned)
    assert "Planned" in words(planned.soup.select("#changes")[0])
    (form,) = planned.soup.select('form[action$="/withdraw"]')

    gone = await browser.follow(
        await browser.submit(str(form["action"]), planned.fields(str(form["action"])))
    )

    assert "The change is taken back" in gone.text
    assert "Taken back" in words(gone.soup.select("#changes")[0])
    world.time += timedelta(days=4)
    assert "72 hours" in screening(await browser.open("/policy"))


async def test_what_has_begun_is_not_taken_back(world: World, as_: As) -> None:
    browser = await as_(Role.ADMIN)
    planned = await decided(browser, 48, days=3)
    (form,) = planned.soup.select('form[action$="/withdraw"]')
    world.time += timedelta(days=3)

    said = await browser.follow(
        await browser.submit(str(form["action"]), planned.fields(str(form["action"])))
    )

    assert "it has begun" in said.text
    assert "48 hours" in screening(said)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({COUNT: "soon"}, COUNT, "Enter a whole number"),
        ({COUNT: ""}, COUNT, "Enter a figure"),
        ({"reason": ""}, "reason", "Say why"),
        ({"decided_by": ""}, "decided_by", "Enter the board or the role"),
        (on(-1), "effective_on", "or later"),
        ({"effective_on-month": "13"}, "effective_on", "first day"),
        ({COUNT: "72"}, "", "Enter another figure"),
    ],
)
async def test_a_fault_is_at_its_field_and_nothing_typed_is_lost(
    as_: As, changes: dict[str, str], field: str, reason: str
) -> None:
    browser = await as_(Role.ADMIN)

    page = await browser.send(FORM, **WHY | on(0) | {COUNT: "48"} | changes)

    assert page.status == 400
    assert reason in ((page.field_error(field) if field else page.text) or "")
    typed = WHY | {COUNT: "48"} | changes
    assert {each: page.fields().get(each) for each in typed} == typed


async def test_what_somebody_else_decided_meanwhile_is_shown_and_not_overwritten(
    as_: As,
) -> None:
    browser = await as_(Role.ADMIN)
    opened = (await browser.open(FORM)).fields()
    await decided(browser, 36)

    late = await browser.submit(FORM, opened | WHY | {COUNT: "48"})

    assert late.status == 400
    assert "The policy was changed after you opened this page" in late.text
    assert "36 hours" in late.text
    assert late.fields()[COUNT] == "48"
    assert (await browser.submit(FORM, late.fields())).status == 200, "seen by now"


async def test_going_back_from_the_check_keeps_what_was_typed(as_: As) -> None:
    browser = await as_(Role.ADMIN)
    checked = await browser.send(FORM, **WHY, **on(0), **{COUNT: "48"})

    back = await browser.submit(FORM, checked.fields() | {"do": "back"})

    assert back.status == 200
    assert back.fields()[COUNT] == "48"
    assert back.fields()["reason"] == WHY["reason"]


async def test_what_the_law_sets_and_what_is_not_there_have_no_form(as_: As) -> None:
    browser = await as_(Role.ADMIN)

    for slug in ("day_of_release.rule.most_working_days", "steps.nothing.due"):
        assert (await browser.open(f"/policy/change/{slug}")).status == 404
