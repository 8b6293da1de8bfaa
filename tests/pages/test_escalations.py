"""Escalations from the list to the action, as each team sees them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.codes import Role
from domain.commands import SendReferral
from domain.journey import Step
from domain.state import LadderStatus
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.builders import a_screening, at
from tests.pages.conftest import As, Page


@pytest.fixture
def late(world: World) -> World:
    """A release whose screening lapsed."""
    world.has("rel-1", scheduled_on=date(2027, 2, 23))
    world.records("rel-1", SendReferral(on=NOW.date(), service="cds-hartlepool"))
    world.wait_until(at(date(2026, 11, 24), 18))
    assert world.states["rel-1"].escalations[Step.SCREENING].status is LadderStatus.OPEN
    return world


def lines(page: Page) -> list[str]:
    return [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]


async def test_it_is_taken_from_the_list_and_leads_to_the_form_that_settles_it(
    late: World, as_: As
) -> None:
    browser = await as_(Role.RESETTLEMENT)
    page = await browser.open("/escalations")
    assert any(
        "The screening is not complete" in each and "Nobody yet" in each for each in lines(page)
    )

    form = page.soup.select_one("tbody form")
    assert form is not None
    fields = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    taken = await browser.submit(str(form["action"]), fields)
    again = await browser.submit(str(form["action"]), fields)

    assert taken.to == again.to
    detail = await browser.follow(taken)
    assert "You have taken this" in detail.text
    assert detail.soup.select_one('main a[href="/cases/rel-1/steps/screening"]') is not None
    assert late.states["rel-1"].escalations[Step.SCREENING].acknowledged_by == "res"
    assert any("You" in each for each in lines(await browser.open("/escalations")))


async def test_it_waits_for_others_where_another_team_answers_for_the_step(
    late: World, as_: As
) -> None:
    browser = await as_(Role.PROBATION)

    to_act_on = await browser.open("/escalations?step=screening")
    waiting = await browser.open("/escalations?tab=others&step=screening")

    assert lines(to_act_on) == []
    assert "Waiting for prison resettlement" in lines(waiting)[0]
    assert waiting.soup.select_one("tbody form") is None


async def test_a_colleague_who_was_quicker_is_named_and_nothing_is_taken_twice(
    late: World, as_: As
) -> None:
    browser = await as_(Role.RESETTLEMENT)
    page = await browser.open("/escalations/rel-1.1")
    fields = page.fields()
    colleague = SUBJECTS[Role.RESETTLEMENT].__class__(
        "quick", Role.RESETTLEMENT, prisons=frozenset({"LEI"})
    )
    late.accounts.has(an_account(colleague, "Dan Okafor"))
    other = await as_(colleague)
    await other.submit(
        "/escalations/rel-1.1/take", (await other.open("/escalations/rel-1.1")).fields()
    )

    browser = await as_(Role.RESETTLEMENT)
    token = (await browser.open("/escalations/rel-1.1")).fields("/sign-out")["form_token"]
    refused = await browser.submit("/escalations/rel-1.1/take", fields | {"form_token": token})

    assert refused.status == 400
    assert refused.errors() == [("A colleague has taken this already. Speak to them.", "")]
    assert "Priya Nair" in refused.text or "Dan Okafor" in refused.text


async def test_whoever_cannot_do_the_step_finds_the_way_to_pass_it_on(late: World, as_: As) -> None:
    form = await (await as_(Role.RESETTLEMENT)).open("/cases/rel-1/steps/screening")

    assert form.soup.select_one('main a[href="/escalations/rel-1.1"]') is not None


async def test_it_closes_by_itself_once_the_step_is_done(late: World, as_: As) -> None:
    late.records("rel-1", a_screening(late.time.date()))
    browser = await as_(Role.RESETTLEMENT)

    closed = await browser.open("/escalations?tab=closed&step=screening")
    detail = await browser.open("/escalations/rel-1.1")

    assert "Closed" in lines(closed)[0]
    assert detail.soup.select_one("main form") is None
    assert "Escalation closed" in detail.text


async def test_whoever_cannot_act_passes_it_on_and_the_next_rung_is_called(
    late: World, as_: As
) -> None:
    level = late.states["rel-1"].escalations[Step.SCREENING].level
    browser = await as_(Role.RESETTLEMENT)
    page = await browser.open("/escalations/rel-1.1")

    done = await browser.submit(
        "/escalations/rel-1.1/pass-on", page.fields("/escalations/rel-1.1/pass-on")
    )

    assert done.status == 303
    assert late.states["rel-1"].escalations[Step.SCREENING].level == level + 1


async def test_whoever_cannot_do_a_step_escalates_it_from_its_own_form(
    world: World, as_: As
) -> None:
    world.has("rel-1", scheduled_on=date(2027, 2, 23))
    browser = await as_(Role.RESETTLEMENT)
    form = await browser.open("/cases/rel-1/steps/screening")
    way = form.soup.select_one('a[href$="/steps/screening/report_obstacle"]')
    assert way is not None, "every form leads to it"

    saved = await browser.send(str(way["href"]), reason="person_not_seen")

    record = await browser.follow(saved)
    assert "Whoever is above you is told now" in record.text
    assert world.states["rel-1"].escalations[Step.SCREENING].status is LadderStatus.OPEN
    assert any(
        "The screening is not complete" in each
        for each in lines(await browser.open("/escalations"))
    )
    detail = await browser.open("/escalations/rel-1.1")
    assert "cannot be done as planned: The person cannot be seen or reached" in detail.text
    assert "It is not late yet: it is due by" in detail.text
    again = await browser.open(str(way["href"]))
    assert "This step is escalated already" in again.text
    history = await browser.open("/cases/rel-1/history?type=work")
    assert "Obstacle reported" in history.text
