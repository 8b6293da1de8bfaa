"""Who leads on a release in each team: named on its record, listed under My cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.codes import Role
from domain.duty.posts import Team
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.pages.conftest import As, Page, words

LEEDS = Team("LEI", Role.RESETTLEMENT)
PEOPLE = "/cases/rel-1/people"


@pytest.fixture
def world() -> World:
    """Without a database: the staff are those whom a test names."""
    return World(NOW)


@pytest.fixture(autouse=True)
def staffed(world: World) -> None:
    world.has("rel-1")
    world.has("rel-2")
    world.colleagues.employs("priya", "Priya Nair", LEEDS, account="res")
    world.colleagues.employs("sam", "Sam Carter", LEEDS)
    world.colleagues.employs("far", "Faraway Jones", replace_place(LEEDS))
    world.colleagues.employs("tom", "Tom Adeyemi", Team("LEI", Role.HEALTHCARE), account="hea")


def replace_place(team: Team) -> Team:
    return team._replace(organisation="HLI")


def listed(page: Page) -> list[str]:
    return [str(each["href"]) for each in page.soup.select(".app-cases tbody a")]


async def test_nobody_leads_until_a_team_names_one_of_its_own_people_there(
    world: World, as_: As
) -> None:
    browser = await as_(Role.RESETTLEMENT)
    people = await browser.open(PEOPLE)
    assert people.text.count("Lead Nobody yet") == 4
    ways = people.soup.select('main a[href="/cases/rel-1/worker"]')
    assert "Add who leads (Prison resettlement)" in [words(each) for each in ways]

    form = await browser.open("/cases/rel-1/worker")
    offered = [words(each) for each in form.soup.select("main form label")]
    assert offered == ["Priya Nair", "Sam Carter", "Nobody for now"]

    saved = await browser.send("/cases/rel-1/worker", staff="sam")

    shown = await browser.follow(saved)
    assert "Lead Sam Carter" in shown.text
    assert shown.text.count("Lead Nobody yet") == 3
    assert "Lead in your team Sam Carter" in shown.text, "in the banner as well"


@pytest.mark.parametrize("staff", ["tom", "far", "nobody-at-all", ""])
async def test_nobody_of_another_team_or_place_is_named(world: World, as_: As, staff: str) -> None:
    page = await (await as_(Role.RESETTLEMENT)).send("/cases/rel-1/worker", staff=staff)

    assert page.status == 400
    assert [where for _, where in page.errors()] == ["#staff"]
    assert world.colleagues.named == {}


async def test_whoever_may_look_everywhere_still_names_only_who_works_where_the_release_is(
    world: World, as_: As
) -> None:
    everywhere = replace(SUBJECTS[Role.RESETTLEMENT], prisons=None)
    gone = world.colleagues.known["sam"]
    world.colleagues.known["sam"] = gone._replace(left_at=NOW)
    browser = await as_(everywhere)

    form = await browser.open("/cases/rel-1/worker")
    refused = [
        (await browser.send("/cases/rel-1/worker", staff=each)).status for each in ("far", "sam")
    ]

    offered = [words(each) for each in form.soup.select("main form label")]
    assert offered == ["Priya Nair", "Nobody for now"]
    assert refused == [400, 400]


async def test_the_lead_is_taken_back(world: World, as_: As) -> None:
    world.colleagues.named["rel-1", Role.RESETTLEMENT] = "sam"

    await (await as_(Role.RESETTLEMENT)).send("/cases/rel-1/worker", staff="nobody")

    assert world.colleagues.named == {}


async def test_my_cases_are_those_i_lead_and_others_are_found_that_nobody_leads(
    world: World, as_: As
) -> None:
    world.colleagues.named["rel-1", Role.RESETTLEMENT] = "priya"
    world.colleagues.named["rel-2", Role.HEALTHCARE] = "tom"
    browser = await as_(Role.RESETTLEMENT)

    mine = await browser.open("/cases?tab=mine")
    nobody = await browser.open("/cases?tab=all&lead=nobody")
    every = await browser.open("/cases?tab=all")

    assert listed(mine) == ["/cases/rel-1"]
    assert listed(nobody) == ["/cases/rel-2"], "another team's lead is not one of ours"
    assert set(listed(every)) == {"/cases/rel-1", "/cases/rel-2"}
    assert (
        "Prison resettlement : Priya Nair" in mine.text
        or "Prison resettlement: Priya Nair" in mine.text
    )
    removed = nobody.soup.select_one(".moj-filter__tag")
    assert removed is not None
    assert str(removed["href"]) == "/cases?tab=all"


async def test_whoever_leads_on_nobody_is_told_what_to_do(as_: As) -> None:
    page = await (await as_(replace(SUBJECTS[Role.PROBATION], id="new"))).open("/cases?tab=mine")

    assert "You lead on nobody" in page.text


async def test_an_account_is_linked_to_the_list_of_staff(world: World, as_: As) -> None:
    await as_(Role.RESETTLEMENT)
    admin = await as_(Role.ADMIN)
    fields = (await admin.open("/users")).fields("/users/res/staff")
    refused = await admin.submit("/users/res/staff", fields | {"staff": "who"})
    linked = await admin.submit("/users/res/staff", fields | {"staff": "lei-res-1"})

    assert refused.status == 400
    assert "Nobody of this role has it" in refused.text
    assert "is linked to the list of staff" in (await admin.follow(linked)).text
    assert world.accounts.staff == {"res": "lei-res-1"}
    assert (await admin.open("/users")).fields("/users/res/staff")["staff"] == "lei-res-1"
