"""From the home page to the work that is late, and done: as somebody new would go."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from bs4 import Tag

from domain.codes import Role
from domain.commands import SendReferral
from domain.journey import Step
from domain.state import LadderStatus, StepStatus
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.builders import a_screening
from tests.pages.casework.typing_in import APPOINTMENT, PLAN, Typed, day, everything_in
from tests.pages.conftest import As, Browser, Page

PLANNED: Typed = PLAN | day("due_drugs_and_alcohol", date(2026, 12, 8))

BOOKED: Typed = {
    **APPOINTMENT,
    **day("date", date(2026, 12, 14)),
    "told": "yes",
    **day("told_on", date(2026, 11, 27)),
}


@pytest.fixture
def late(world: World) -> World:
    """One release on which each team but probation is late with something."""
    world.has("rel-1", scheduled_on=date(2026, 12, 11))
    referral = SendReferral(on=NOW.date(), service="cds-hartlepool")
    world.records("rel-1", a_screening(NOW.date()), referral)
    world.wait_until(NOW + timedelta(days=14))
    return world


def links(page: Page, where: str) -> list[str]:
    return [str(each["href"]) for each in page.soup.select(where)]


async def three_clicks(browser: Browser) -> str:
    """Click the number that is late, the first case, and what is to be done next."""
    number = links(await browser.open("/"), ".app-stat--late a")[0]
    case = links(await browser.open(number), ".app-cases tbody a")[0]
    return links(await browser.open(case), ".app-next a.govuk-button")[0]


@pytest.mark.parametrize(
    ("role", "step", "typed"),
    [
        (Role.RESETTLEMENT, Step.PLAN, PLANNED),
        (Role.PROVIDER, Step.APPOINTMENT, BOOKED),
    ],
)
async def test_what_is_late_is_found_and_dealt_with_from_the_home_page(
    late: World, as_: As, role: Role, step: Step, typed: Typed
) -> None:
    browser = await as_(role)

    work = await three_clicks(browser)
    assert work == f"/cases/rel-1/steps/{step}", "another team's step, or a page on the way"
    form = await browser.open(work)
    action = str(form.soup.select("main form")[-1]["action"]).split("#")[0]
    saved = await browser.submit(action, everything_in(form) | typed)

    assert saved.status == 303, saved.text
    assert late.states["rel-1"].steps[step].status is StepStatus.DONE
    assert late.states["rel-1"].escalations[step].status is LadderStatus.CLOSED


@pytest.mark.parametrize(
    "role", [Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER]
)
async def test_what_a_number_leads_to_is_work_of_ones_own(late: World, as_: As, role: Role) -> None:
    browser = await as_(role)
    number = (await browser.open("/")).soup.select_one(".app-stat--late a")
    if role is Role.PROBATION:
        assert number is None, "nothing of theirs is late"
        return

    form = await browser.open(await three_clicks(browser))

    assert form.status == 200
    assert form.soup.select_one('main form[method="post"] button') is not None


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION, Role.PROVIDER])
async def test_each_number_on_the_home_page_is_the_length_of_the_list_it_opens(
    world: World, late: World, as_: As, role: Role
) -> None:
    world.has("rel-2", scheduled_on=date(2026, 12, 4), release_type="court")
    world.has("rel-3", scheduled_on=date(2027, 2, 2))
    world.records("rel-3", SendReferral(on=NOW.date(), service="cds-hartlepool"))
    world.wait_until(NOW + timedelta(days=15))
    browser = await as_(role)
    home = await browser.open("/")

    counted = [each for each in home.soup.select("main a[href]") if _count(each) is not None]

    assert len(counted) >= 4, "every list of the page says how long it is"
    for link in counted:
        listed = await browser.open(str(link["href"]))
        rows = listed.soup.select("main tbody tr")
        assert len(rows) == _count(link), f"{link.text} leads to {link['href']}"


def _count(link: Tag) -> int | None:
    """The number that a link stands for: its own, or the one above it."""
    above = link.find_previous_sibling(class_="app-stat__number")
    found = re.search(r"\d+(?= to act on| more wait| cases?$|\)$)", link.text.strip())
    if above is not None:
        return int(above.text)
    return int(found[0]) if found else None
