from __future__ import annotations

import pytest

from domain.codes import Role
from tests.api.conftest import SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.pages.conftest import As, Browser, Page, a_browser

NEAR_MISS = "/cases/rel-1/near-miss"
TYPED = {
    "near_miss": "missed_first_night",
    "on-day": "31",
    "remark": "At a friend's & mum's\r\nflat",
}


@pytest.fixture
async def late(world: World, as_: As) -> tuple[Browser, Page]:
    """A browser that sent a long text after its session had lain idle, and what it was told."""
    world.has("rel-1")
    browser = await as_(Role.HEALTHCARE)
    page = await browser.open(NEAR_MISS)
    world.sessions.lie_idle()
    return browser, await browser.submit(NEAR_MISS, page.fields() | TYPED)


async def test_what_was_typed_comes_back_after_signing_in_and_is_recorded_once_complete(
    late: tuple[Browser, Page], world: World
) -> None:
    browser, told = late
    asked = await browser.follow(told)
    assert "Nothing was recorded" in asked.text
    assert world.submitted == []

    fields = asked.fields() | {"username": "hea", "password": "correct horse"}
    back = await browser.follow(await browser.submit("/sign-in", fields))

    assert back.heading == "You were signed out before this was saved"
    assert "On, day 31 Near miss missed first night" in back.text
    assert "At a friend's & mum's flat" in back.text
    assert back.fields()["remark"] == "At a friend's & mum's\r\nflat"
    sent = back.fields() | {"on-day": "20", "on-month": "11", "on-year": "2026"}
    again = await browser.submit("/unsaved", sent)
    assert (again.status, again.to) == (307, NEAR_MISS)
    saved = await browser.submit(again.to, sent)
    assert saved.to == "/cases/rel-1"
    (submitted,) = world.submitted
    assert submitted.commands[0].kind == "record_near_miss"
    assert (await browser.open("/unsaved")).to == "/"


async def test_what_is_to_be_corrected_is_shown_in_the_form_filled_in(
    late: tuple[Browser, Page],
) -> None:
    browser, _ = late
    await browser.sign_in("hea")
    sent = (await browser.open("/unsaved")).fields()

    page = await browser.submit((await browser.submit("/unsaved", sent)).to, sent)

    assert page.status == 400
    assert page.fields()["on-day"] == "31"


async def test_nobody_else_gets_it_not_even_in_the_same_browser(
    late: tuple[Browser, Page], world: World
) -> None:
    browser, told = late
    world.accounts.has(an_account(SUBJECTS[Role.PROVIDER]))
    assert "friend" not in (await browser.follow(told)).response.text

    await browser.sign_in("pro")

    assert (await browser.open("/unsaved")).to == "/"
    async with a_browser(world) as elsewhere:
        await elsewhere.sign_in("hea")
        assert "friend" in (await elsewhere.open("/unsaved")).text


async def test_it_is_dropped_when_asked(late: tuple[Browser, Page]) -> None:
    browser, _ = late
    await browser.sign_in("hea")
    page = await browser.open("/unsaved")

    assert (await browser.submit("/unsaved/drop", page.fields("/unsaved/drop"))).to == "/"

    assert (await browser.open("/unsaved")).to == "/"


@pytest.mark.parametrize(
    "forged",
    [{"form_token": "wrong"}, {"form_token": ""}, {"remark": "", "near_miss": " ", "on-day": ""}],
)
async def test_a_form_of_another_site_and_an_empty_one_are_not_kept(
    world: World, as_: As, forged: dict[str, str]
) -> None:
    world.has("rel-1")
    browser = await as_(Role.HEALTHCARE)
    page = await browser.open(NEAR_MISS)
    world.sessions.lie_idle()

    told = await browser.submit(NEAR_MISS, page.fields() | TYPED | forged)

    assert told.to == f"/sign-in?next={NEAR_MISS.replace('/', '%2F')}"
    assert world.kept_forms.kept == {}


async def test_a_form_from_another_sites_page_is_not_kept(world: World, as_: As) -> None:
    world.has("rel-1")
    browser = await as_(Role.HEALTHCARE)
    page = await browser.open(NEAR_MISS)
    world.sessions.lie_idle()

    await browser.submit(NEAR_MISS, page.fields() | TYPED, **{"Sec-Fetch-Site": "cross-site"})

    assert world.kept_forms.kept == {}


async def test_signing_out_keeps_nothing_and_a_session_that_is_unknown_neither(
    world: World, as_: As
) -> None:
    world.has("rel-1")
    browser = await as_(Role.HEALTHCARE)
    page = await browser.open(NEAR_MISS)
    await browser.submit("/sign-out", page.fields("/sign-out"))

    await browser.submit(NEAR_MISS, page.fields() | TYPED)

    assert world.kept_forms.kept == {}


async def test_every_page_of_somebody_signed_in_can_warn_and_no_other(
    browser: Browser, as_: As
) -> None:
    assert (await browser.open("/sign-in")).soup.find("dialog") is None

    dialog = (await (await as_(Role.PROBATION)).open("/")).soup.find("dialog")

    assert dialog is not None
    assert dialog["data-idle"] == "3540"
    assert dialog["data-lasts"] == str(12 * 60 * 60)
