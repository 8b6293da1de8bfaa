"""The pages in process over a service in memory, and browsers without a screen."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import httpx2
import pytest
from bs4 import BeautifulSoup, Tag

from api.app import create_app
from api.pages.settings import PageSettings
from domain.access import Subject
from domain.codes import Role
from infra.database.engine import Database
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import PASSWORD, an_account
from tests.pages.markup import check_markup
from tests.pages.pango import need_pango


class Page:
    """One answer of the pages; whatever test opens it, its markup is checked."""

    def __init__(self, response: httpx2.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.soup = BeautifulSoup(response.text, "html.parser")
        if self.status != 303 and "text/html" in response.headers.get("content-type", ""):
            check_markup(response, self.soup)

    @property
    def heading(self) -> str:
        found = self.soup.find("h1")
        return words(found) if found else ""

    @property
    def text(self) -> str:
        main = self.soup.find("main")
        return words(main) if main else ""

    @property
    def to(self) -> str:
        """Where a redirect leads."""
        return self.response.headers.get("location", "")

    def errors(self) -> list[tuple[str, str]]:
        """What the summary at the top says is to be corrected, and where each leads."""
        listed = self.soup.select(".govuk-error-summary__list li")
        return [(words(each), _href(each)) for each in listed]

    def field_error(self, field: str) -> str:
        found = self.soup.find(id=f"{field}-error")
        return words(found).removeprefix("Error: ") if found else ""

    def fields(self, action: str | None = None) -> dict[str, str]:
        """What the page's own form would send, unchanged; the first form in <main>."""
        form = self.soup.select_one(f'form[action="{action}"]' if action else "main form")
        assert form is not None, "the page has no such form"
        return dict(_values(form))


def _href(item: Tag) -> str:
    link = item.find("a")
    return str(link["href"]) if link else ""


def _values(form: Tag) -> Iterator[tuple[str, str]]:
    for each in form.select("input[name], textarea[name], select[name]"):
        kind, name = each.get("type"), str(each["name"])
        if kind in ("radio", "checkbox") and not each.has_attr("checked"):
            continue
        if each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option")
            yield name, str(chosen["value"]) if chosen else ""
        elif each.name == "textarea":
            yield name, each.text
        else:
            yield name, str(each.get("value", ""))


def words(tag: Tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text(" ")).strip()


class Browser:
    """Somebody's browser: it keeps cookies, and sends what a page's own form holds."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client

    async def open(self, path: str) -> Page:
        return Page(await self.client.get(path))

    async def send(self, path: str, **typed: str | list[str]) -> Page:
        """Open the page, fill its form in and send it."""
        page = await self.open(path)
        form = page.soup.select_one("main form")
        action = str(form.get("action", path)) if form else path
        return await self.submit(action, page.fields() | typed)

    async def submit(
        self, path: str, fields: dict[str, str | list[str]] | dict[str, str], **headers: str
    ) -> Page:
        """Send exactly these fields."""
        return Page(await self.client.post(path, data=fields, headers=headers))

    async def follow(self, page: Page) -> Page:
        assert page.status == 303, page.text
        return await self.open(page.to)

    async def sign_in(self, username: str) -> Page:
        return await self.send("/sign-in", username=username, password=PASSWORD)


As = Callable[[Role | Subject], Awaitable[Browser]]


@pytest.fixture(scope="session", autouse=True)
def pango() -> None:
    need_pango()


@pytest.fixture
def world(sqlite_database: Database) -> World:
    return World(NOW, sqlite_database)


@asynccontextmanager
async def a_browser(world: World) -> AsyncIterator[Browser]:
    app = create_app(world.services(), pages=PageSettings(is_demonstration=True, is_secure=False))
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield Browser(client)


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    """A browser in which nobody has signed in."""
    async with a_browser(world) as opened:
        yield opened


@pytest.fixture
def as_(world: World, browser: Browser) -> As:
    """Sign in as a role in its usual places, or as a subject of the test's own."""

    async def signed_in(who: Role | Subject) -> Browser:
        subject = SUBJECTS[who] if isinstance(who, Role) else who
        world.accounts.has(an_account(subject))
        browser.client.cookies.clear()
        assert (await browser.sign_in(subject.id)).status == 303
        return browser

    return signed_in
