"""A figure of the policy, changed from a day on and taken back, as the service owner does it."""

from __future__ import annotations

from datetime import timedelta

from domain.codes import Role
from domain.london_time import london_date
from infra.database.clock import utc_now
from tests.browser.conftest import OpenAs


async def test_a_figure_is_changed_from_a_day_on_and_taken_back_again(open_as: OpenAs) -> None:
    owner = await open_as(Role.ADMIN)
    page = owner.page
    on = london_date(utc_now()) + timedelta(days=30)

    await owner.goto("/policy")
    await page.get_by_role("link", name="Change Resettlement plan, due", exact=True).click()
    await page.get_by_label("After screened").fill("2")
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("alert").get_by_text("Say why").wait_for()
    await owner.check()
    await page.get_by_label("Why is it changed?").fill("Plans were late.\nSooner is safer.")
    await page.get_by_label("Who decided it?").fill("Clinical board")
    for part in ("day", "month", "year"):
        field = page.get_by_label(part.capitalize(), exact=True)
        await field.fill(str(getattr(on, part)))
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_role("heading", name="Check the change").wait_for()
    await owner.picture("policy_change_check")
    await owner.check()
    await page.get_by_role("button", name="Change the policy").click()

    try:
        changes = page.locator("#changes")
        await changes.get_by_text("Planned").wait_for()
        assert "Plans were late." in await changes.inner_text()
        await owner.picture("policy_changed")
        await owner.check()
    finally:
        await page.get_by_role("button", name="Take version").click()
    await changes.get_by_text("Taken back").first.wait_for()
