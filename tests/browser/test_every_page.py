from __future__ import annotations

from urllib.parse import quote

import pytest

from domain.codes import Role
from tests.browser.conftest import OpenAs
from tests.browser.pages import PAGES, Shown
from tests.browser.service import RunningService


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
async def test_it_is_accessible_reflows_and_nothing_complains(
    open_as: OpenAs, service: RunningService, shown: Shown
) -> None:
    watched = await open_as(shown.role)

    address = shown.path.format(
        release=service.releases[shown.phase][0], message=quote(service.message, safe="")
    )
    answered = await watched.goto(address)

    assert answered.status == shown.status
    await watched.picture(shown.name)
    await watched.check()


async def test_axe_can_fail(open_as: OpenAs) -> None:
    watched = await open_as(None)
    await watched.goto("/sign-in")

    await watched.page.evaluate("document.querySelector('label').remove()")

    assert [rule for rule, *_ in await watched.axe()] == ["label"]


async def test_sideways_scrolling_would_be_found(open_as: OpenAs) -> None:
    watched = await open_as(None)
    await watched.goto("/sign-in")

    await watched.page.evaluate("document.querySelector('h1').textContent = 'w'.repeat(200)")

    with pytest.raises(AssertionError, match="sideways"):
        await watched.check()


async def test_the_content_policy_stops_what_is_not_ours(open_as: OpenAs) -> None:
    watched = await open_as(Role.PROBATION)
    await watched.goto("/")

    await watched.page.evaluate(
        "document.body.appendChild(document.createElement('script')).textContent = 'window.bad = 1'"
    )

    assert await watched.page.evaluate("window.bad") is None
    assert any("Content Security Policy" in each for each in watched.complaints)
