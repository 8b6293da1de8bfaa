from __future__ import annotations

import pytest

from domain.codes import Role
from tests.browser.conftest import OpenAs, sign_in
from tests.browser.service import RunningService


@pytest.mark.parametrize("java_script", [True, False])
async def test_somebody_signs_in_and_out(
    open_as: OpenAs, service: RunningService, *, java_script: bool
) -> None:
    watched = await open_as(None, java_script_enabled=java_script)

    await sign_in(watched.page, Role.PROVIDER, service.password)
    assert await watched.page.get_by_text("Ruth Llewellyn").first.is_visible()
    await watched.page.get_by_role("button", name="Sign out").click()

    await watched.page.wait_for_url("**/sign-in")
    said = await watched.page.get_by_role("alert").inner_text()
    assert said.split() == ["Success", "You", "have", "signed", "out."]
    await watched.page.goto("/")
    assert watched.page.url.endswith("/sign-in")


async def test_errors_take_the_focus_and_lead_to_their_fields(open_as: OpenAs) -> None:
    watched = await open_as(None)
    await watched.goto("/sign-in")

    await watched.page.get_by_role("button", name="Sign in").click()

    page = watched.page
    await page.locator(".govuk-error-summary:focus").wait_for()
    assert (await page.title()).startswith("Error: Sign in")
    await page.get_by_role("link", name="Enter your password").click()
    assert await page.evaluate("document.activeElement.id") == "password"
    await watched.picture("sign_in_errors")
    await watched.check()


async def test_signing_in_works_by_keyboard_alone(open_as: OpenAs, service: RunningService) -> None:
    watched = await open_as(None)
    await watched.goto("/sign-in")
    page = watched.page

    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "Skip to main content"
    await page.get_by_label("Username").focus()
    await page.keyboard.type("probation")
    await page.keyboard.press("Tab")
    await page.keyboard.type(service.password)
    await page.keyboard.press("Enter")

    await page.wait_for_url(lambda address: "/sign-in" not in address)
