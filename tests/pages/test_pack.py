"""The handover pack on its pages: what is missing, sending it, acknowledging it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import HandoverParty, Role
from domain.commands import AcknowledgeHandover, Actor, SendHandover, SendReferral
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.builders import SERVICE, a_screening, all_essentials, an_appointment, at
from tests.pages.conftest import As, Browser

PACK = "/cases/rel-1/pack"
LEAVES_ON = NOW.date() + timedelta(days=10)


@pytest.fixture
async def browser_of_resettlement(world: World, as_: As) -> Browser:
    world.has("rel-1")
    world.records("rel-1", a_screening(NOW.date()))
    return await as_(Role.RESETTLEMENT)


async def test_what_is_missing_leads_to_its_forms(browser_of_resettlement: Browser) -> None:
    page = await browser_of_resettlement.open(PACK)

    links = {str(each["href"]): each.text for each in page.soup.select('main a[href*="/steps/"]')}
    assert links["/cases/rel-1/steps/plan"] == "Resettlement plan"
    assert links["/cases/rel-1/steps/prescription"] == "Prescription"
    assert "/cases/rel-1/steps/screening" not in links
    assert "The pack has not been sent yet." in page.text


async def test_it_is_checked_before_it_is_sent_and_carries_the_version_that_was_checked(
    world: World, browser_of_resettlement: Browser
) -> None:
    seq = world.states["rel-1"].seq

    asked = await browser_of_resettlement.open(f"{PACK}/send")
    sent = await browser_of_resettlement.submit(f"{PACK}/send", asked.fields())

    assert "The pack is not complete" in asked.text
    assert sent.to == PACK
    handover = world.states["rel-1"].handover
    assert handover is not None
    assert (handover.pack, handover.sent_on) == (f"v{seq}", NOW.date())
    page = await browser_of_resettlement.follow(sent)
    assert "Sent on 21 November 2026. Nothing in it has changed since." in page.text
    assert acknowledged(page.text) == ["Not yet", "21 November 2026", "Not yet", "Not yet"]


def acknowledged(text: str) -> list[str]:
    """Each party's answer, in the order of the parties."""
    parties = ("Prison drug service", "Prison resettlement", "Community drug service", "Probation")
    _, _, rows = text.partition("Receives Acknowledged ")
    found = []
    for party, following in zip(parties, (*parties[1:], "Read and print"), strict=True):
        cell = rows.partition(f"{party} ")[2].partition(following)[0]
        found.append(
            cell.strip().rpartition("linical detail ")[2].rpartition("version ")[2].strip()
        )
    return found


async def test_what_changed_since_it_was_sent_is_named_and_acknowledging_is_no_change(
    world: World, browser_of_resettlement: Browser
) -> None:
    world.records("rel-1", SendHandover(on=NOW.date(), pack="v2"))
    by_probation = Actor(id="prb", role=Role.PROBATION)
    world.records(
        "rel-1", AcknowledgeHandover(on=NOW.date(), party=HandoverParty.PROBATION), by=by_probation
    )
    assert "Nothing in it has changed since" in (await browser_of_resettlement.open(PACK)).text

    world.time = NOW + timedelta(minutes=5)
    world.records("rel-1", all_essentials(NOW.date()))

    text = (await browser_of_resettlement.open(PACK)).text
    assert "This has changed since the pack was sent on 21 November 2026" in text
    assert "Essentials recorded, another system, 21 November 2026 at 10:05am" in text
    assert "Handover acknowledged" not in text


@pytest.mark.parametrize(
    ("role", "party"),
    [
        (Role.HEALTHCARE, HandoverParty.PRISON_DRUG_SERVICE),
        (Role.PROVIDER, HandoverParty.COMMUNITY_DRUG_SERVICE),
        (Role.PROBATION, HandoverParty.PROBATION),
    ],
)
async def test_each_party_acknowledges_for_itself(
    world: World, as_: As, role: Role, party: HandoverParty
) -> None:
    world.has("rel-1")
    world.records("rel-1", SendReferral(on=NOW.date(), service=SERVICE))
    world.records("rel-1", SendHandover(on=NOW.date(), pack="v2"))
    browser = await as_(role)

    offered = await browser.open(PACK)
    unread = await browser.send(f"{PACK}/acknowledge")
    done = await browser.submit(f"{PACK}/acknowledge", unread.fields() | {"read": "yes"})

    assert offered.soup.select_one(f'a[href="{PACK}/acknowledge"]')
    assert unread.errors() == [("Confirm that you have read the pack", "#read")]
    assert done.to == PACK
    handover = world.states["rel-1"].handover
    assert handover is not None
    assert handover.acknowledged[party] == NOW.date()
    again = await browser.follow(done)
    assert not again.soup.select_one(f'a[href="{PACK}/acknowledge"]')


async def test_a_day_before_it_was_sent_is_refused_at_its_field(
    world: World, browser_of_resettlement: Browser, as_: As
) -> None:
    world.records("rel-1", SendHandover(on=NOW.date(), pack="v2"))
    browser = await as_(Role.HEALTHCARE)

    page = await browser.send(f"{PACK}/acknowledge", read="yes", **{"on-day": "20"})

    assert page.status == 400
    assert page.field_error("on") == "The pack was sent after this date. Check the date."


async def test_the_next_appointment_is_in_the_pack(
    world: World, browser_of_resettlement: Browser
) -> None:
    booking = an_appointment(NOW.date(), LEAVES_ON)
    by_provider = Actor(id="pro", role=Role.PROVIDER)
    world.records("rel-1", booking.model_copy(update={"place": f"{SERVICE}:main"}), by=by_provider)

    text = (await browser_of_resettlement.open(f"{PACK}/non-clinical")).text

    when = at(LEAVES_ON + timedelta(days=1), 11)
    assert f"When {when:%A} 2 December 2026 at 11am" in text
    assert "Where At the service" in text
