"""The cover day by day, as a browser shows it before a prescription is saved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.codes import Role
from domain.london_time import london_date
from domain.state import Phase
from infra.database.clock import utc_now
from tests.browser.conftest import OpenAs
from tests.browser.hands import Hands
from tests.browser.service import RunningService
from tests.pages.casework.typing_in import Typed, day

NOTHING_ELSE: Typed = {
    "has_dose": "no",
    "has_home": "yes",
    "home_days": "1",
    "has_form1": "no",
    "has_pharmacy": "no",
    "has_depot": "no",
    "has_prescriber": "yes",
    **day("prescriber_on", london_date(utc_now()) + timedelta(days=60)),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
async def test_uncovered_days_are_seen_and_read_and_the_page_stays_accessible(
    open_as: OpenAs, service: RunningService, *, scripts: bool
) -> None:
    watched = await open_as(Role.HEALTHCARE, java_script_enabled=scripts)
    hands = Hands(watched.page, by_keyboard=False)
    release = service.releases[Phase.CUSTODY][0]
    await watched.page.goto(f"/cases/{release}/events/arrange_prescription")

    await hands.fill(NOTHING_ELSE)
    await hands.send()

    check = watched.page.locator("#check")
    assert await check.locator(".app-strip__day--gap").count() > 0
    assert "Nothing is saved yet" in await check.inner_text()
    assert "othing covers" in await check.inner_text()
    await watched.picture(f"prescription_checked{'' if scripts else '_without_scripts'}")
    if scripts:
        await watched.check()
