"""Other ways of looking at a page: without styles, in forced colours, on paper, by keyboard."""

from __future__ import annotations

import pytest

from domain.codes import Role
from tests.browser.conftest import OpenAs


async def test_without_styles_scripts_and_pictures_a_page_still_reads_in_order(
    open_as: OpenAs,
) -> None:
    watched = await open_as(Role.RESETTLEMENT, java_script_enabled=False)
    await watched.page.route("**/static/**", lambda route: route.abort())

    await watched.page.goto("/")

    text = await watched.page.locator("body").inner_text()
    assert text.index("Skip to main content") < text.index("Priya Nair") < text.index("overdue")
    assert await watched.page.get_by_role("button", name="Start a release").is_visible()


@pytest.mark.parametrize("path", ["/", "/policy"])
async def test_in_forced_colours_nothing_that_is_needed_vanishes(
    open_as: OpenAs, path: str
) -> None:
    watched = await open_as(Role.RESETTLEMENT, forced_colors="active", color_scheme="dark")
    await watched.goto(path)
    await watched.picture(f"forced_colours{path.replace('/', '_')}")

    found = await watched.page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, a, td, th, button, strong')]
            .filter(e => e.offsetParent && e.textContent.trim())
            .filter(e => getComputedStyle(e).color === getComputedStyle(e).backgroundColor)
            .map(e => e.textContent.trim())"""
    )

    assert found == []


async def test_on_paper_there_is_the_page_and_no_furniture(open_as: OpenAs) -> None:
    watched = await open_as(Role.RESETTLEMENT)
    await watched.goto("/")

    await watched.page.emulate_media(media="print")

    page = watched.page
    assert await page.get_by_role("heading", name="Home").is_visible()
    for furniture in (".govuk-service-navigation", ".app-footer", ".govuk-phase-banner"):
        assert not await page.locator(furniture).first.is_visible(), furniture


async def test_every_link_and_button_is_reached_by_tab_and_shows_where_the_focus_is(
    open_as: OpenAs,
) -> None:
    watched = await open_as(Role.ADMIN)
    await watched.goto("/users")
    page = watched.page
    wanted = await page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea')]
            .filter(e => e.offsetParent && e.type !== 'hidden').length"""
    )

    reached = set()
    for _ in range(wanted + 5):
        await page.keyboard.press("Tab")
        told = await page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
                e.dataset.reached ??= String(performance.now() + Math.random());
                const seen = s.outlineStyle !== 'none' || s.boxShadow !== 'none'
                    || s.backgroundColor === 'rgb(255, 221, 0)';
                return [e.tagName, e.dataset.reached, seen]; }"""
        )
        if told[0] != "BODY":
            assert told[2], f"no focus to be seen on a {told[0]}"
            reached.add(told[1])

    assert len(reached) >= wanted
