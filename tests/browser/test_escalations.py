"""What is overdue is found and dealt with from the home page."""

from __future__ import annotations

import pytest

from domain.codes import Role
from tests.browser.conftest import OpenAs


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
async def test_the_most_urgent_is_three_clicks_from_home(open_as: OpenAs, *, scripts: bool) -> None:
    page = (await open_as(Role.RESETTLEMENT, java_script_enabled=scripts)).page
    await page.goto("/")

    await page.locator('main a[href^="/escalations/"]').first.click()
    about = await page.locator("h1").inner_text()
    take = page.get_by_role("button", name="Take")
    if await take.count():
        await take.click()
        assert "You have taken this" in await page.inner_text("main")
        assert await page.locator("h1").inner_text() == about
    await page.get_by_role("link", name="Record action").click()

    assert "/steps/" in page.url or "/pack" in page.url
    assert await page.locator("main form, main ul").count() > 0


async def test_errors_take_the_focus_and_lead_to_their_field(open_as: OpenAs) -> None:
    watched = await open_as(Role.RESETTLEMENT)
    page = watched.page
    await page.goto("/cases?tab=all")
    await page.locator('main table a[href^="/cases/"]').first.click()
    await page.goto(f"{page.url}/events/change_destination")

    await page.locator("#service").select_option("")
    await page.get_by_role("button", name="Save").click()

    summary = page.locator(".govuk-error-summary")
    assert await summary.evaluate("summary => summary === document.activeElement")
    await watched.check()
    await summary.get_by_role("link").first.click()
    assert await page.evaluate("document.activeElement.id") == "service"
    assert (await page.title()).startswith("Error: ")
