"""The end of a session: warned of where there are scripts, and nothing typed lost without."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from api.pages.accounts import IDLE, WHOLE
from domain.codes import Role
from domain.state import Phase
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.database.sessions import digest_of
from infra.database.tables import SessionRow
from tests.browser.conftest import OpenAs, sign_in
from tests.browser.service import RunningService
from tests.browser.watched import Watched


async def near_miss(watched: Watched, service: RunningService) -> str:
    """Sign in afresh, since what follows ends the session, and open a form."""
    await sign_in(watched.page, Role.HEALTHCARE, service.password)
    path = f"/cases/{service.releases[Phase.CUSTODY][0]}/near-miss"
    await watched.goto(path)
    return path


async def test_it_is_warned_of_in_time_and_one_key_keeps_it(
    open_as: OpenAs, service: RunningService
) -> None:
    watched = await open_as(None)
    page = watched.page
    await page.clock.install()
    await near_miss(watched, service)
    dialog = page.get_by_role("alertdialog", name="You are about to be signed out")
    await page.get_by_role("textbox", name="Day").fill("31")

    await page.clock.fast_forward("53:50")
    assert not await dialog.is_visible()
    await page.clock.fast_forward("00:20")
    await dialog.wait_for()
    assert "in 5 minutes" in await dialog.inner_text()
    await watched.picture("session_ends")
    await watched.check()

    assert await page.evaluate("document.activeElement.textContent.trim()") == "Stay signed in"
    async with page.expect_response("**/session") as answered:
        await page.keyboard.press("Enter")
    assert (await answered.value).status == 204
    await dialog.wait_for(state="hidden")
    assert await page.get_by_role("textbox", name="Day").input_value() == "31"

    await page.clock.fast_forward("54:10")
    await dialog.wait_for()
    async with page.expect_response("**/session"):
        await page.keyboard.press("Escape")
    await dialog.wait_for(state="hidden")


async def test_the_end_is_told_and_says_that_nothing_typed_is_lost(
    open_as: OpenAs, service: RunningService
) -> None:
    watched = await open_as(None)
    page = watched.page
    await page.clock.install()
    await near_miss(watched, service)

    await page.clock.fast_forward("59:10")

    told = page.get_by_role("alertdialog", name="You have been signed out")
    await told.wait_for()
    await watched.picture("session_over")
    await watched.check()
    await page.keyboard.press("Enter")
    await told.wait_for(state="hidden")


async def test_the_end_of_the_twelve_hours_is_told_once_and_use_does_not_put_it_off(
    open_as: OpenAs, service: RunningService
) -> None:
    watched = await open_as(None)
    page = watched.page
    await page.clock.install()
    await near_miss(watched, service)
    await began(watched, service, WHOLE - timedelta(minutes=7))
    await page.reload()
    await page.get_by_role("textbox", name="Day").fill("31")
    told = page.get_by_role("alertdialog", name="Your 12 hours are nearly over")

    await page.clock.fast_forward("01:30")
    assert not await told.is_visible()
    await page.clock.fast_forward("00:40")
    await told.wait_for()
    assert "in 5 minutes" in await told.inner_text()
    assert await page.get_by_role("button", name="Stay signed in").count() == 0
    await watched.picture("session_whole")
    await watched.check()
    await page.keyboard.press("Enter")
    await told.wait_for(state="hidden")
    assert await page.get_by_role("textbox", name="Day").input_value() == "31"

    await page.clock.fast_forward("02:00")
    assert not await told.is_visible(), "once is enough"
    await page.clock.fast_forward("03:10")
    await page.get_by_role("alertdialog", name="You have been signed out").wait_for()


async def test_another_tab_in_use_keeps_this_one_from_warning(
    open_as: OpenAs, service: RunningService
) -> None:
    watched = await open_as(None)
    page = watched.page
    await page.clock.install()
    await near_miss(watched, service)
    dialog = page.locator("#session-ends")
    await page.clock.fast_forward("50:00")

    other = await page.context.new_page()
    await other.goto("/cases")
    await page.wait_for_timeout(500)
    await page.clock.fast_forward("10:00")

    assert not await dialog.is_visible()


@pytest.mark.parametrize("java_script", [True, False])
async def test_a_form_that_comes_too_late_is_given_back_and_saved(
    open_as: OpenAs, service: RunningService, *, java_script: bool
) -> None:
    watched = await open_as(None, java_script_enabled=java_script)
    page = watched.page
    path = await near_miss(watched, service)
    await page.get_by_role("radio").first.check()
    await page.get_by_role("textbox", name="Day").fill("31")
    await lie_idle(watched, service)

    await page.get_by_role("button", name="Save").click()

    assert await page.get_by_text("you get back what you typed").is_visible()
    await page.get_by_label("Username").fill(Role.HEALTHCARE)
    await page.get_by_label("Password", exact=True).fill(service.password)
    await page.get_by_role("button", name="Sign in").click()
    assert await page.get_by_role("heading", level=1).inner_text() == (
        "You were signed out before this was saved"
    )
    if java_script:
        await watched.picture("unsaved")
        await watched.check()
    await page.get_by_role("button", name="Save it now").click()

    assert page.url.endswith(path)
    assert await page.get_by_role("textbox", name="Day").input_value() == "31"
    assert await page.locator(".govuk-error-summary").is_visible()


async def lie_idle(watched: Watched, service: RunningService) -> None:
    """Let this browser's session have been in use for the last time an hour ago."""
    await change(watched, service, seen_at=utc_now() - IDLE - timedelta(seconds=1))


async def began(watched: Watched, service: RunningService, ago: timedelta) -> None:
    """Let this browser's session have begun that long ago."""
    await change(watched, service, began_at=utc_now() - ago)


async def change(watched: Watched, service: RunningService, **values: datetime) -> None:
    (cookie,) = await watched.page.context.cookies()
    database = Database(service.database_url)
    theirs = update(SessionRow).where(SessionRow.digest == digest_of(cookie["value"]))
    with database.write() as session:
        session.execute(theirs.values(**values))
    database.close()
