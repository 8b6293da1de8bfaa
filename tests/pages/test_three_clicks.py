"""From the home page to the work that is late, as somebody new to the service would go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import Role
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.pages.conftest import As, Browser, Page


@pytest.fixture
async def late(world: World, as_: As) -> Browser:
    world.has("rel-1")
    world.has("rel-2", scheduled_on=date(2026, 12, 4), release_type="court")
    world.has("rel-3", scheduled_on=date(2027, 2, 2))
    world.wait_until(NOW + timedelta(days=6))
    return await as_(Role.RESETTLEMENT)


def links(page: Page, where: str) -> list[str]:
    return [str(each["href"]) for each in page.soup.select(where)]


async def test_what_is_overdue_is_found_and_dealt_with(late: Browser) -> None:
    number = links(await late.open("/"), ".app-stat--late a")[0]
    case = links(await late.open(number), ".app-cases tbody a")[0]
    work = links(await late.open(case), ".app-next a")[0]

    page = await late.open(work)

    assert page.status == 200
    assert work.startswith(f"{case}/")


async def test_each_number_is_the_length_of_the_list_it_opens(late: Browser) -> None:
    home = await late.open("/")

    for stat in home.soup.select(".app-stat"):
        number, link = stat.select_one(".app-stat__number"), stat.find("a")
        assert number is not None
        assert link is not None
        listed = await late.open(str(link["href"]))
        assert len(listed.soup.select(".app-cases tbody tr")) == int(number.text)
