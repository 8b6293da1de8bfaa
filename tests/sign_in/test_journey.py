"""There and back: the pages, the provider that others wrote, and a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from infra.composition import composed
from infra.settings import DatabaseSettings, Settings
from tests.pages.conftest import Browser, Page
from tests.sign_in.conftest import settings_for
from tests.sign_in.test_oidc import authorise
from tests.web.conftest import migrated_copy
from tests.web.service import web


@pytest.fixture
async def browser(
    oidc_issuer: str, tmp_path: Path, migrated_sqlite_file: Path
) -> AsyncIterator[Browser]:
    url = migrated_copy(migrated_sqlite_file, tmp_path)
    settings = Settings(
        state_dir=tmp_path / "state",
        database=DatabaseSettings.model_validate({"url": url}),
        signin=settings_for("oidc", oidc_issuer),
    )
    async with composed(settings, lazy=True) as parts, web(parts, settings) as client:
        yield Browser(client)


async def leave(browser: Browser, wanted: str = "/") -> str:
    """Take the link of the sign-in page; return where it leads."""
    page = await browser.open(f"/sign-in?next={wanted}")
    link = page.soup.find("a", string=lambda text: "work account" in (text or ""))
    assert link is not None
    return (await browser.open(str(link["href"]))).to


async def come_back(browser: Browser, address: str, sub: str) -> Page:
    query = await authorise(address, sub)
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return await browser.open(f"/sign-in/provider/return?{asked}")


async def test_somebody_comes_in_goes_where_they_wanted_and_out_again(
    browser: Browser, oidc_issuer: str
) -> None:
    page = await come_back(browser, await leave(browser, "/help"), "kofi")

    assert page.to == "/help"
    home = await browser.open("/")
    assert "Kofi Grant" in home.soup.get_text()
    policy = home.response.headers["content-security-policy"]
    assert f"form-action 'self' {oidc_issuer};" in policy
    out = await browser.submit("/sign-out", home.fields("/sign-out"))
    assert urlsplit(out.to).netloc == urlsplit(oidc_issuer).netloc
    assert (await browser.open("/")).to == "/sign-in"


async def test_whoever_has_no_role_is_told_whom_to_ask_and_is_not_in(browser: Browser) -> None:
    page = await come_back(browser, await leave(browser), "norole")

    assert page.status == 403
    assert "Your account has no role in this service" in page.text
    assert (await browser.open("/")).to == "/sign-in"


async def test_coming_back_without_having_left_is_refused(browser: Browser) -> None:
    page = await browser.open("/sign-in/provider/return?code=x&state=forged")

    assert page.status == 403
    assert "did not begin here" in page.text


async def test_a_way_back_can_be_used_once(browser: Browser) -> None:
    address = await leave(browser)
    query = await authorise(address, "kofi")
    back = "/sign-in/provider/return?" + "&".join(f"{key}={query[key]}" for key in query)

    assert (await browser.open(back)).status == 303
    assert (await browser.open(back)).status == 403


async def test_there_is_no_signing_in_by_password_beside_a_provider(browser: Browser) -> None:
    page = await browser.open("/sign-in")
    assert page.soup.find(id="password") is None

    home = await browser.follow(await come_back(browser, await leave(browser), "kofi"))
    token = home.fields("/sign-out")["form_token"]
    fields = {"form_token": token, "username": "kofi", "password": "anything"}
    assert (await browser.submit("/sign-in", fields)).status == 404
