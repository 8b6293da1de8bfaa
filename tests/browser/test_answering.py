"""A service without an account answers a referral, from the staff member's click to the thanks."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from domain.codes import Role
from domain.state import Phase
from tests.browser.conftest import OpenAs
from tests.browser.service import RunningService
from tests.browser.watched import Watched


async def a_sent_referral(page: Page, service: RunningService) -> str:
    """Send the referral of the first release that has none; returns the release."""
    for release_id in service.releases[Phase.CUSTODY]:
        await page.goto(f"/cases/{release_id}/events/send_referral")
        save = page.get_by_role("button", name="Save", exact=True)
        if await save.count():
            await save.click()
            await page.get_by_role("alert").wait_for()
            return release_id
    pytest.fail("every invented person has a referral already")


async def a_link(staff: Watched, service: RunningService) -> tuple[str, str]:
    """Send a referral, then make its link and its code."""
    page = staff.page
    release_id = await a_sent_referral(page, service)
    await staff.goto(f"/cases/{release_id}/answer-link")
    await staff.picture("answer_link")
    await staff.check()
    await page.get_by_role("button", name="Make a link and a code").click()
    await staff.picture("answer_link_made")
    await staff.check()
    address = await page.locator("p", has_text="/referral-answers/").inner_text()
    return address.strip(), await page.locator("main p strong").inner_text()


async def code_given(page: Page, address: str, code: str) -> None:
    await page.goto(address)
    await page.get_by_label("Code", exact=True).fill(code)
    await page.get_by_role("button", name="Continue").click()


@pytest.mark.parametrize("java_script", [True, False])
async def test_a_service_answers_by_the_link_and_the_code(
    open_as: OpenAs, service: RunningService, *, java_script: bool
) -> None:
    address, code = await a_link(await open_as(Role.RESETTLEMENT), service)
    theirs = await open_as(None, java_script_enabled=java_script)
    page = theirs.page

    await code_given(page, address, "AAAA-AAAA")
    assert (await page.title()).startswith("Error: Answer a referral")
    if java_script:
        await theirs.picture("answer_code_wrong")
        await theirs.check()
    await code_given(page, address, code.lower())
    assert await page.get_by_role("heading", level=1).inner_text() == "Do you accept this referral?"
    if java_script:
        await theirs.picture("answer_referral")
        await page.get_by_label("We do not accept it").check()
        await theirs.picture("answer_referral_not")
        await theirs.check()
    await page.get_by_label("We accept it").check()
    await page.get_by_role("button", name="Send your answer").click()

    assert await page.get_by_role("heading", level=1).inner_text() == "You accepted the referral"
    if java_script:
        await theirs.picture("answer_done")
        await theirs.check()
    await code_given(page, address, code)
    said = await page.locator(".govuk-error-summary").inner_text()
    assert "This link does not open with this code, or not any more." in said
