"""What somebody can read when little works: without styles and scripts, and on paper."""

from __future__ import annotations

import re

from domain.codes import Role
from domain.state import Phase
from tests.browser.conftest import OpenAs
from tests.browser.service import RunningService


async def test_the_steps_can_be_read_without_styles_and_scripts(open_as: OpenAs) -> None:
    page = (await open_as(Role.HEALTHCARE, java_script_enabled=False)).page
    await page.route("**/*.css*", lambda route: route.abort())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    await page.goto("/cases?tab=all")
    assert len(asked) <= 10
    await page.locator(".app-cases tbody a").first.click()

    steps = page.locator(".govuk-task-list__item")
    assert await steps.count() >= 13
    assert await steps.first.is_visible()


async def test_the_sheet_for_the_day_of_release_is_one_page(
    open_as: OpenAs, service: RunningService
) -> None:
    page = (await open_as(Role.RESETTLEMENT)).page
    await page.goto(f"/cases/{service.releases[Phase.CUSTODY][0]}/day-of-release")

    printed = await page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
