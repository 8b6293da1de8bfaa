"""The list of cases, and the search."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from api.records import Person
from domain.codes import EthnicityGroup, Role, Sex
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.pages.conftest import As, Browser, Page

FRIDAY = date(2026, 12, 4)


@pytest.fixture(autouse=True)
def _people(world: World) -> None:
    days = {"rel-1": date(2026, 12, 1), "rel-2": FRIDAY, "rel-3": date(2027, 2, 2)}
    names = {"rel-1": "Entwistle", "rel-2": "Garside", "rel-3": "Eastwood"}
    for number, (release_id, on) in enumerate(days.items(), start=1):
        world.has(release_id, scheduled_on=on, release_type="remand_end")
        world.people[release_id] = _person(f"A100{number}BC", names[release_id])


def _person(number: str, surname: str) -> Person:
    born_on = date(1990, 1, 1)
    return Person(number, None, "Jo", surname, born_on, Sex.MALE, EthnicityGroup.WHITE, None)


@pytest.fixture
async def browser_of_resettlement(as_: As) -> Browser:
    return await as_(Role.RESETTLEMENT)


def names(page: Page) -> list[str]:
    return [each.text for each in page.soup.select(".app-cases tbody a")]


async def test_a_line_says_who_when_what_is_next_and_how_late_it_is(
    world: World, browser_of_resettlement: Browser
) -> None:
    world.wait_until(NOW + timedelta(days=8))

    page = await browser_of_resettlement.open("/cases?tab=all")

    first = page.soup.select_one(".app-cases tbody tr")
    assert first is not None
    said = " ".join(first.get_text(" ").split())
    assert said.startswith("Entwistle, Jo A1001BC, HMP Leeds")
    assert "1 Dec 2026 in 2 days" in said
    assert "Referral to community treatment Prison resettlement" in said
    assert "Overdue by" in said
    assert "Showing 1 to 3 of 3 cases" in page.text


async def test_a_friday_is_named(browser_of_resettlement: Browser) -> None:
    page = await browser_of_resettlement.open("/cases?tab=all&friday=yes")

    assert names(page) == ["Garside, Jo"]
    assert "FRIDAY RELEASE" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tab=all", ["Entwistle, Jo", "Garside, Jo", "Eastwood, Jo"]),
        ("tab=all&within=14", ["Entwistle, Jo", "Garside, Jo"]),
        ("tab=all&sort=name", ["Eastwood, Jo", "Entwistle, Jo", "Garside, Jo"]),
        ("tab=all&sort=-release", ["Eastwood, Jo", "Garside, Jo", "Entwistle, Jo"]),
        ("tab=all&prison=BXI", []),
        ("tab=closed", []),
        ("tab=nonsense&due=nonsense&page=x&within=&sort=1", 3),
        ("tab=all&page=7", []),
    ],
)
async def test_choices_live_in_the_address(
    browser_of_resettlement: Browser, query: str, found: list[str] | int
) -> None:
    page = await browser_of_resettlement.open(f"/cases?{query}")

    assert page.status == 200
    assert names(page) == found if isinstance(found, list) else len(names(page)) == found


async def test_a_filter_can_be_taken_away_again(browser_of_resettlement: Browser) -> None:
    page = await browser_of_resettlement.open("/cases?tab=all&within=14&friday=yes")

    tags = {
        each.get_text(" ", strip=True): each["href"]
        for each in page.soup.select("a.moj-filter__tag")
    }
    assert tags["Remove this filter Next 14 days"] == "/cases?tab=all&friday=yes"
    assert tags["Remove this filter Friday, weekend or holiday eve"] == "/cases?tab=all&within=14"


async def test_only_a_teams_own_next_steps_are_in_its_list(as_: As) -> None:
    page = await (await as_(Role.HEALTHCARE)).open("/cases?due=overdue")

    assert names(page) == []
    assert "No cases match these filters" in page.text


async def test_a_search_that_finds_one_leads_to_the_record(
    browser_of_resettlement: Browser,
) -> None:
    page = await browser_of_resettlement.send("/cases", words="garside")

    assert page.to == "/cases/rel-2"


async def test_a_search_that_finds_several_lists_them_without_a_name_in_the_address(
    world: World, browser_of_resettlement: Browser
) -> None:
    page = await browser_of_resettlement.send("/cases", words="e")

    assert page.to == "/cases?tab=found"
    shown = await browser_of_resettlement.follow(page)
    assert names(shown) == ["Entwistle, Jo", "Garside, Jo", "Eastwood, Jo"]
    kept = [each.data for each in world.sessions.kept.values() if each.data]
    assert kept == [{"found": ["rel-3", "rel-1", "rel-2"]}]
    again = await browser_of_resettlement.open("/cases?tab=found&sort=name")
    assert names(again)[0] == "Eastwood, Jo"


async def test_a_search_that_finds_nobody_says_what_to_do(
    browser_of_resettlement: Browser,
) -> None:
    page = await browser_of_resettlement.send("/cases", words="Nobody <b>")

    shown = await browser_of_resettlement.follow(page)
    assert "Nobody was found" in shown.text
    assert (await browser_of_resettlement.send("/cases", words=" ")).to == "/cases"


async def test_what_was_opened_last_is_a_list(browser_of_resettlement: Browser) -> None:
    await browser_of_resettlement.open("/cases/rel-2/near-miss")

    page = await browser_of_resettlement.open("/cases?tab=recent")

    assert names(page) == ["Garside, Jo"]


async def test_fifty_are_on_a_page(world: World, browser_of_resettlement: Browser) -> None:
    for number in range(60):
        world.has(f"more-{number:02}", scheduled_on=date(2026, 12, 2))

    page = await browser_of_resettlement.open("/cases?tab=all&page=2")

    assert "Showing 51 to 63 of 63 cases" in page.text
    links = [each["href"] for each in page.soup.select(".govuk-pagination a")]
    assert "/cases?tab=all" in links


async def test_another_prisons_people_are_neither_listed_nor_found(world: World, as_: As) -> None:
    world.has("rel-9", prison="BXI")
    world.people["rel-9"] = _person("A1009BC", "Hidden")
    browser = await as_(Role.RESETTLEMENT)

    assert "Hidden" not in (await browser.open("/cases?tab=all")).text
    found = await browser.send("/cases", words="A1009BC")
    assert "Nobody was found" in (await browser.follow(found)).text
