"""A service without an account answers a referral by a link and a code."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from api.pages.happenings import happenings
from api.ports import EngineUnavailableError
from api.records import Person
from domain.access import Scope
from domain.codes import Role
from domain.commands import AcceptReferral, SendReferral, WithdrawReferral
from domain.facts import ReferralStatus, RejectionReason
from tests.api.answer_links import CODE, MOST_FROM_ONE_ADDRESS
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.builders import SERVICE
from tests.pages.conftest import As, Browser, Page, a_browser

LINK = "/referral-answers/token-1"
MAKE = "/cases/rel-1/answer-link"
REFUSED = (
    "This link does not open with this code, or not any more. Check the code, or ask whoever sent "
    "the link for a new one"
)


@pytest.fixture
async def sent(world: World) -> World:
    """A referral that waits for its answer, and a link to answer it."""
    world.has("rel-1")
    world.people["rel-1"] = Person(
        *("A1234BC", "X123456", "Kieran", "Whitlock", date(1990, 2, 3)), *(None, None, None)
    )
    world.records("rel-1", SendReferral(on=NOW.date(), service=SERVICE))
    return world


@pytest.fixture
async def linked(sent: World, as_: As) -> World:
    staff = await as_(Role.RESETTLEMENT)
    await staff.send(MAKE)
    staff.client.cookies.clear()
    return sent


async def opened(browser: Browser) -> Page:
    return await browser.follow(await browser.send(LINK, code=CODE))


async def test_staff_make_a_link_and_a_code_to_pass_on_by_two_ways(sent: World, as_: As) -> None:
    page = await (await as_(Role.RESETTLEMENT)).send(MAKE)

    assert "http://testserver/referral-answers/token-1" in page.text
    assert CODE in page.text
    assert "Never send both the same way" in page.text
    assert sent.answer_links.made_by == ["res"]


async def test_the_referral_step_leads_to_it_while_the_answer_is_due(sent: World, as_: As) -> None:
    staff = await as_(Role.RESETTLEMENT)

    assert f'href="{MAKE}"' in (await staff.open("/cases/rel-1/steps/referral")).response.text
    sent.records("rel-1", AcceptReferral(on=NOW.date()))
    assert f'href="{MAKE}"' not in (await staff.open("/cases/rel-1/steps/referral")).response.text


async def test_without_a_referral_that_waits_there_is_no_link(world: World, as_: As) -> None:
    world.has("rel-1")
    staff = await as_(Role.RESETTLEMENT)

    asked = await staff.open(MAKE)
    sent_anyway = await staff.submit(MAKE, asked.fields("/sign-out"))

    for page in (asked, sent_anyway):
        assert "No referral is waiting for an answer" in page.text
    assert world.answer_links.kept == {}


async def test_before_the_code_a_real_link_and_a_made_up_one_look_the_same(
    linked: World, browser: Browser
) -> None:
    real, made_up = await browser.open(LINK), await browser.open("/referral-answers/never-made")

    assert real.text == made_up.text
    assert real.status == made_up.status == 200
    for word in ("Kieran", "Whitlock", "rel-1", "Hartlepool", "Leeds", SERVICE):
        assert word not in real.response.text
    assert real.response.headers["referrer-policy"] == "no-referrer"
    assert {who for who, *_ in linked.views.noted} == {"res"}


async def test_with_the_code_the_service_sees_whom_it_is_asked_about(
    linked: World, browser: Browser
) -> None:
    page = await opened(browser)

    assert page.heading == "Do you accept this referral?"
    assert "Name Kieran Whitlock" in page.text
    assert "Date of birth 3 February 1990" in page.text
    assert "Expected release Tuesday 1 December 2026" in page.text
    noted = (f"answer-link.{SERVICE}", "rel-1", "/referral-answers/{token}")
    assert linked.views.noted[-1] == noted


async def test_accepting_is_recorded_for_the_service_by_the_same_command_as_everybodys(
    linked: World, browser: Browser
) -> None:
    fields = (await opened(browser)).fields() | {"answer": "accept_referral"}
    done = await browser.submit(LINK, fields)

    (submitted,) = linked.submitted
    assert isinstance(submitted.commands[0], AcceptReferral)
    assert (submitted.actor.id, submitted.actor.role) == (f"answer-link.{SERVICE}", Role.PROVIDER)
    assert linked.states["rel-1"].referrals[-1].status is ReferralStatus.ACCEPTED
    events = await linked.events("rel-1", Scope(NOW.date(), everything=True), 0, 99)
    by_link = [each for each in events or () if each.event.actor == submitted.actor.id]
    (told, *_) = await happenings(linked.services(), by_link)
    assert told.who == "Hartlepool community drug and alcohol service, by an answer link"
    thanks = await browser.follow(done)
    assert thanks.heading == "You accepted the referral"
    assert "Kieran" not in thanks.response.text


async def test_not_accepting_needs_a_reason(linked: World, browser: Browser) -> None:
    fields = (await opened(browser)).fields()
    unanswered = await browser.submit(LINK, fields)
    without = await browser.submit(LINK, fields | {"answer": "reject_referral"})
    done = await browser.submit(LINK, without.fields() | {"reason": "no_capacity"})

    assert unanswered.errors() == [("Select whether you accept the referral", "#answer")]
    assert without.errors() == [("Select why you do not accept it", "#reason")]
    referral = linked.states["rel-1"].referrals[-1]
    assert referral.status is ReferralStatus.REJECTED
    assert referral.reason is RejectionReason.NO_CAPACITY
    assert (await browser.follow(done)).heading == "You did not accept the referral"


Deed = Callable[[World, Browser], Awaitable[None]]


async def replayed(world: World, browser: Browser) -> None:
    fields = (await opened(browser)).fields() | {"answer": "accept_referral"}
    await browser.follow(await browser.submit(LINK, fields))


async def expired(world: World, browser: Browser) -> None:
    world.time = NOW + timedelta(days=7)


async def guessed_at(world: World, browser: Browser) -> None:
    for _ in range(5):
        await browser.send(LINK, code="AAAA-AAAA")


async def withdrawn(world: World, browser: Browser) -> None:
    world.records("rel-1", WithdrawReferral(on=NOW.date()))


async def answered_elsewhere(world: World, browser: Browser) -> None:
    world.records("rel-1", AcceptReferral(on=NOW.date()))


async def sent_to_another(world: World, browser: Browser) -> None:
    world.records(
        "rel-1",
        WithdrawReferral(on=NOW.date()),
        SendReferral(on=NOW.date(), service="cds-darlington"),
    )


async def replaced(world: World, browser: Browser) -> None:
    kept = world.answer_links.kept["token-1"]
    kept.is_over = True


DEEDS = [*(replayed, expired, guessed_at, withdrawn, answered_elsewhere, sent_to_another, replaced)]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
async def test_whatever_ended_a_link_it_is_refused_in_the_same_words(
    linked: World, browser: Browser, deed: Deed
) -> None:
    await deed(linked, browser)
    before = len(linked.submitted)

    page = await browser.send(LINK, code=CODE)

    assert page.status == 400
    assert page.errors() == [(REFUSED, "#code")]
    wrong = await browser.send("/referral-answers/never-made", code=CODE)
    assert wrong.text == page.text
    assert len(linked.submitted) == before


@pytest.mark.parametrize("deed", DEEDS[1:], ids=lambda deed: deed.__name__)
async def test_a_page_that_was_open_when_the_link_ended_answers_nothing_any_more(
    linked: World, browser: Browser, deed: Deed
) -> None:
    fields = (await opened(browser)).fields() | {"answer": "accept_referral"}
    async with a_browser(linked) as another:
        await deed(linked, another)

    page = await browser.submit(LINK, fields)

    assert page.errors() == [(REFUSED, "#code")]
    assert linked.submitted == []
    assert "Kieran" not in (await browser.open(LINK)).response.text


async def test_the_code_opens_the_link_for_the_browser_that_gave_it_only(
    linked: World, browser: Browser
) -> None:
    fields = (await opened(browser)).fields() | {"answer": "accept_referral"}

    async with a_browser(linked) as another:
        assert (await another.open(LINK)).heading == "Answer a referral"
        token = (await another.open(LINK)).fields()["form_token"]
        page = await another.submit(LINK, fields | {"form_token": token})

    assert page.errors() == [(REFUSED, "#code")]
    assert linked.submitted == []


async def test_a_link_that_was_opened_opens_no_other(linked: World, browser: Browser) -> None:
    linked.has("rel-2")
    await opened(browser)

    other = await browser.open("/referral-answers/token-2")

    assert other.heading == "Answer a referral"


async def test_too_many_tries_from_one_place_are_refused_in_the_same_words(
    linked: World, browser: Browser
) -> None:
    for _ in range(MOST_FROM_ONE_ADDRESS):
        await browser.send("/referral-answers/never-made", code="AAAA-AAAA")

    page = await browser.send(LINK, code=CODE)

    assert page.status == 429
    assert page.errors() == [(REFUSED, "#code")]


async def test_while_the_engine_is_away_the_link_is_kept_for_later(
    linked: World, browser: Browser
) -> None:
    fields = (await opened(browser)).fields() | {"answer": "accept_referral"}
    linked.failing = EngineUnavailableError()
    failed = await browser.submit(LINK, fields)
    linked.failing = None

    assert failed.status == 503
    assert failed.errors()[0][0].endswith("nothing was saved. Try again soon.")
    assert (await browser.submit(LINK, failed.fields())).status == 303


@pytest.mark.parametrize("code", ["", "é" * 30, "x" * 200])
async def test_whatever_is_typed_as_a_code_is_only_refused(
    linked: World, browser: Browser, code: str
) -> None:
    page = await browser.send(LINK, code=code)

    assert page.status == 400
    assert page.field_error("code")


async def test_a_form_of_another_site_is_refused(linked: World, browser: Browser) -> None:
    await browser.open(LINK)

    page = await browser.submit(LINK, {"code": CODE})

    assert page.status == 403
