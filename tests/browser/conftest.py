"""A real browser on a real service; each role signs in once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, StorageState, async_playwright

from domain.codes import Role
from tests.browser.chromium import find_chromium
from tests.browser.service import RunningService, running_service
from tests.browser.watched import WIDE, Watched

PICTURES = Path(__file__).parents[2] / "screens"
SETTING_UP = 900
"""Seconds; the first test may have to install a browser, and waits for all to be brought in."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for each in items:
        if Path(__file__).parent in each.path.parents:
            # One service and one browser for all of them.
            each.add_marker(pytest.mark.xdist_group("browser"))
            each.add_marker(pytest.mark.timeout(SETTING_UP))


@pytest.fixture(scope="session")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RunningService]:
    async with running_service(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium())
        yield browser
        await browser.close()


SignedIn = Callable[[Role], Awaitable[StorageState]]


@pytest.fixture(scope="session")
async def signed_in(chromium: Browser, service: RunningService) -> SignedIn:
    """Return the cookies of a role, which signs in at the first asking."""
    states: dict[Role, StorageState] = {}

    async def state_of(role: Role) -> StorageState:
        if role not in states:
            context = await chromium.new_context(base_url=service.address)
            page = await context.new_page()
            await sign_in(page, role, service.password)
            states[role] = await context.storage_state()
            await context.close()
        return states[role]

    return state_of


async def sign_in(page: Page, role: Role, password: str) -> None:
    """Sign in as anybody would."""
    await page.goto("/sign-in")
    await page.get_by_label("Username").fill(role)
    await page.get_by_label("Password", exact=True).fill(password)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url(lambda address: "/sign-in" not in address)


OpenAs = Callable[..., Awaitable[Watched]]


@pytest.fixture
async def open_as(
    chromium: Browser, service: RunningService, signed_in: SignedIn
) -> AsyncIterator[OpenAs]:
    """Return a function that opens a watched page as a role, or as nobody."""
    PICTURES.mkdir(exist_ok=True)
    contexts: list[BrowserContext] = []

    async def opened(role: Role | None, **options: Any) -> Watched:  # noqa: ANN401 - of a context
        context = await chromium.new_context(
            base_url=service.address,
            storage_state=await signed_in(role) if role else None,
            **{"viewport": {"width": WIDE, "height": 900}, **options},
        )
        contexts.append(context)
        return Watched(await context.new_page(), PICTURES)

    yield opened
    for context in contexts:
        await context.close()
