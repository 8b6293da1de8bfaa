"""An empty rota is found and filled by its manager: by keyboard, with scripts and without."""

from __future__ import annotations

import pytest

from domain.codes import Role
from tests.browser.conftest import OpenAs


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
async def test_an_empty_rota_is_found_and_filled(open_as: OpenAs, *, scripts: bool) -> None:
    watched = await open_as(Role.RESETTLEMENT, java_script_enabled=scripts)
    page = watched.page
    await page.goto("/rotas?whose=gaps&role=resettlement")
    await page.locator("main table a").first.press("Enter")
    rota = page.url
    await page.get_by_role("link", name="Add its first member of staff").press("Enter")
    await page.locator("#reference").fill(f"first-{scripts}")
    await page.locator("#name").fill("Ada Example")
    await page.locator("#mobile").fill("07700 900101")
    await page.get_by_role("button", name="Save").press("Enter")
    assert page.url == rota
    assert "Ada Example is added" in await page.inner_text("main")

    await page.get_by_role("link", name="put somebody on", exact=True).press("Enter")
    await page.get_by_role("button", name="Save").press("Enter")
    summary = page.locator(".govuk-error-summary")
    if scripts:
        assert await summary.evaluate("summary => summary === document.activeElement")
        await watched.check()
    await summary.get_by_role("link", name="Select who has the shift").press("Enter")
    # With scripts the field takes the focus; without, the link alone leads to it.
    reached = await page.evaluate("document.activeElement.id") if scripts else page.url
    assert reached.endswith("staff")
    await page.locator("#staff").select_option(label="Ada Example")
    for field, value in (("day", "1"), ("month", "1"), ("year", "2026")):
        await page.locator(f"#starts-{field}").fill(value)
    await page.locator("#starts_time").fill("8am")
    await page.get_by_role("button", name="Save").press("Enter")

    assert page.url.partition("#")[0] == rota
    now = page.get_by_role("region", name="Posts now and next").locator("tbody tr").first
    assert "Ada Example" in await now.inner_text()
    assert "07700 900101" in await now.inner_text()
    assert "This rota is empty" not in await page.inner_text("main")
