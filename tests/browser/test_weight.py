"""What a cold load costs: everything that a browser fetches which has never been here."""

from __future__ import annotations

import pytest
from playwright.async_api import Response

from domain.codes import Role
from tests.browser.conftest import OpenAs

MOST_BYTES = 400_000
MOST_REQUESTS = 10


@pytest.mark.parametrize("path", ["/", "/policy", "/help"])
async def test_a_cold_page_is_light(open_as: OpenAs, path: str) -> None:
    watched = await open_as(Role.RESETTLEMENT)
    fetched: list[Response] = []

    def note(response: Response) -> None:
        fetched.append(response)

    watched.page.on("response", note)

    await watched.page.goto(path, wait_until="networkidle")

    sizes = {each.url: (await each.request.sizes())["responseBodySize"] for each in fetched}
    assert len(sizes) <= MOST_REQUESTS, sorted(sizes)
    assert sum(sizes.values()) < MOST_BYTES, sizes


async def test_a_second_page_fetches_nothing_but_itself(open_as: OpenAs) -> None:
    watched = await open_as(Role.RESETTLEMENT)
    await watched.page.goto("/", wait_until="networkidle")
    await watched.page.goto("/help", wait_until="networkidle")

    timings = await watched.page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.includes('?v='))"
        ".map(e => e.transferSize)"
    )
    assert timings
    assert set(timings) == {0}, "versioned files come from the browser's own cache"
