"""A record that is restricted and opened again, as the service owner and as staff see it."""

from __future__ import annotations

from domain.codes import Role
from domain.state import Phase
from tests.browser.conftest import OpenAs
from tests.browser.service import RunningService


async def test_it_is_restricted_seen_as_such_and_opened_again(
    open_as: OpenAs, service: RunningService
) -> None:
    record = f"/cases/{service.releases[Phase.CUSTODY][0]}"
    staff, owner = await open_as(Role.RESETTLEMENT), await open_as(Role.ADMIN)
    await staff.goto(record)
    name = await staff.page.get_by_role("heading", level=1).inner_text()
    told = await staff.page.get_by_text("Reference").first.locator("xpath=..").inner_text()
    reference = told.split()[-1]

    await owner.goto("/restrictions")
    await owner.page.get_by_label("Reference of the record").fill(reference)
    await owner.page.get_by_label("A relative or friend").check()
    await owner.page.get_by_label("Who may open it").fill(Role.HEALTHCARE)
    await owner.page.get_by_role("button", name="Restrict access").click()
    try:
        await owner.page.get_by_role("cell", name=reference, exact=True).wait_for()
        await owner.picture("restrictions_some")
        await owner.check()

        assert (await staff.goto(record)).status == 403
        assert name not in await staff.page.content()
        assert await staff.page.get_by_text("Tom Adeyemi").is_visible()
        await staff.picture("restricted")
        await staff.check()

        await staff.goto("/cases?tab=all")
        await staff.page.get_by_text("Restricted access").first.wait_for()
        await staff.picture("cases_restricted")
        await staff.check()
    finally:
        await owner.goto("/restrictions")
        await owner.page.get_by_role("button", name=f"Lift the restriction of {reference}").click()
    await owner.page.get_by_text("No record is restricted").wait_for()
    assert (await staff.goto(record)).status == 200
