from __future__ import annotations

from datetime import timedelta

import pytest

from api.pages.accounts import DemoAccount
from domain.codes import Role
from tests.api.conftest import SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import PASSWORD, an_account
from tests.pages.conftest import As, Browser, a_browser


@pytest.fixture(autouse=True)
def _priya(world: World) -> None:
    world.accounts.has(an_account(SUBJECTS[Role.RESETTLEMENT]))


async def test_somebody_signs_in_and_sees_their_name(browser: Browser) -> None:
    page = await browser.follow(await browser.sign_in("res"))

    assert page.status == 200
    assert "Priya Nair" in page.soup.get_text()


async def test_whoever_is_not_signed_in_is_asked_first_and_then_goes_where_they_wanted(
    browser: Browser,
) -> None:
    asked = await browser.open("/?week=2")
    assert asked.to == "/sign-in?next=%2F%3Fweek%3D2"

    page = await browser.send(asked.to, username="res", password=PASSWORD)
    # The form is sent to /sign-in, which is where its own action leads.
    assert page.to == "/?week=2"


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "/a\nb"]
)
async def test_signing_in_never_leads_to_another_site(browser: Browser, wanted: str) -> None:
    page = await browser.send("/sign-in", username="res", password=PASSWORD, next=wanted)

    assert page.to == "/"


@pytest.mark.parametrize(
    ("username", "password", "errors"),
    [
        ("", "", [("Enter your username", "#username"), ("Enter your password", "#password")]),
        ("res", "", [("Enter your password", "#password")]),
        ("res", "wrong", [("Enter a username and password that belong together", "#username")]),
        ("nobody", PASSWORD, [("Enter a username and password that belong together", "#username")]),
        ("res", "x" * 201, [("Enter a username and password that belong together", "#username")]),
    ],
)
async def test_what_is_wrong_is_said_at_the_top_and_the_name_is_kept(
    browser: Browser, username: str, password: str, errors: list[tuple[str, str]]
) -> None:
    page = await browser.send("/sign-in", username=username, password=password)

    assert page.status == 400
    assert page.errors() == errors
    assert page.soup.title is not None
    assert page.soup.title.text.startswith("Error: Sign in")
    assert page.fields()["username"] == username
    assert page.fields()["password"] == ""


async def test_after_too_many_attempts_even_the_right_password_has_to_wait(
    browser: Browser,
) -> None:
    for _ in range(3):
        await browser.send("/sign-in", username="res", password="wrong")

    page = await browser.sign_in("res")

    assert page.status == 429
    assert "Wait 15 minutes" in page.text


async def test_signing_in_changes_the_cookie(browser: Browser) -> None:
    await browser.open("/sign-in")
    before = browser.client.cookies["session"]

    await browser.sign_in("res")

    assert browser.client.cookies["session"] != before


async def test_a_session_planted_before_signing_in_is_worth_nothing(
    browser: Browser, world: World
) -> None:
    await browser.open("/sign-in")
    planted = browser.client.cookies["session"]
    await browser.sign_in("res")

    async with a_browser(world) as other:
        other.client.cookies["session"] = planted
        assert (await other.open("/")).to == "/sign-in"


async def test_signing_out_ends_the_session_on_the_server(as_: As, world: World) -> None:
    browser = await as_(Role.RESETTLEMENT)
    secret = browser.client.cookies["session"]
    home = await browser.open("/")

    page = await browser.submit("/sign-out", home.fields("/sign-out"))

    assert page.to == "/sign-in"
    assert "You have signed out." in (await browser.follow(page)).text
    async with a_browser(world) as other:
        other.client.cookies["session"] = secret
        assert (await other.open("/")).to == "/sign-in"


async def test_a_banner_is_shown_once(as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)
    home = await browser.open("/")
    await browser.submit("/sign-out", home.fields("/sign-out"))

    assert "You have signed out." in (await browser.open("/sign-in")).text
    assert "You have signed out." not in (await browser.open("/sign-in")).text


async def test_an_open_session_is_kept_up_at_most_once_a_minute(as_: As, world: World) -> None:
    browser = await as_(Role.RESETTLEMENT)
    (session,) = world.sessions.kept.values()
    began = session.seen_at

    world.time = began + timedelta(seconds=59)
    await browser.open("/")
    assert [each.seen_at for each in world.sessions.kept.values()] == [began]

    world.time = began + timedelta(seconds=60)
    await browser.open("/")
    assert [each.seen_at for each in world.sessions.kept.values()] == [world.time]


async def test_demonstration_accounts_are_shown_when_there_are_some(
    browser: Browser, world: World
) -> None:
    assert "Accounts of this demonstration" not in (await browser.open("/sign-in")).text

    world.accounts.shown = (DemoAccount("probation", "b3-xyz", "Dan Okafor", Role.PROBATION),)

    page = await browser.open("/sign-in")
    assert "b3-xyz" in page.text
    assert "Dan Okafor" in page.text


async def test_a_visitor_who_does_nothing_leaves_nothing_behind(
    browser: Browser, world: World
) -> None:
    for path in ("/sign-in", "/help", "/nowhere", "/privacy"):
        await browser.open(path)

    assert world.sessions.kept == {}
