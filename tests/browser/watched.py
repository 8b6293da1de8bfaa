"""A page that is watched: what a browser complains about, and what axe finds."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from playwright.async_api import ConsoleMessage, Page, Response

AXE = Path(__file__).parents[1] / "pages/vendor/axe.min.js"
WIDE, NARROW = 1280, 320
AXE_AT_MOST = 120
"""Seconds. Playwright sets no limit of its own to what a page is asked by a script."""

_RUN = """async () => {
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return await axe.run(document, {runOnly: {type: 'tag', values: rules}});
}"""
_STATUS_OF_THE_PAGE = "the server responded with a status of"


class Watched:
    """A page of a real browser, with everything that goes wrong in it."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._pictures = pictures
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        # Chromium reports a 403 or 404 of the page itself as an error too; tests ask the status.
        if message.type in ("error", "warning") and _STATUS_OF_THE_PAGE not in message.text:
            self.complaints.append(message.text)

    async def goto(self, path: str) -> Response:
        """Open an address, and every closed part of the page."""
        answered = await self.page.goto(path)
        assert answered is not None
        await self.unfold()
        return answered

    async def unfold(self) -> None:
        """Open all details, so that what they hide is checked as well."""
        await self.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    async def check(self) -> None:
        """Fail for anything that axe finds at either width, sideways scrolling, or complaints."""
        for width in (WIDE, NARROW):
            await self.page.set_viewport_size({"width": width, "height": 900})
            assert await self.axe() == [], f"at {width} px"
            scrolls = await self.page.evaluate("document.documentElement.scrollWidth")
            assert scrolls <= width, f"it scrolls sideways at {width} px (WCAG 1.4.10)"
        await self.page.set_viewport_size({"width": WIDE, "height": 900})
        assert self.complaints == []

    async def axe(self) -> list[tuple[str, str, Any]]:
        """Return what axe finds: rule, impact and elements.

        Raises:
            TimeoutError: after two minutes; where scripts are off axe's timers never come.
        """
        # By the debugging protocol, so that the content policy stays as it is.
        await self.page.evaluate(AXE.read_text(encoding="utf-8"))
        async with asyncio.timeout(AXE_AT_MOST):
            found = await self.page.evaluate(_RUN)
        return [
            (each["id"], each["impact"], [node["target"] for node in each["nodes"]])
            for each in found["violations"]
            if not _is_known(each)
        ]

    async def picture(self, name: str) -> None:
        """Keep the page as a picture, at both widths."""
        for width, suffix in ((NARROW, "_320"), (WIDE, "")):
            await self.page.set_viewport_size({"width": width, "height": 900})
            await self.page.screenshot(path=self._pictures / f"{name}{suffix}.png", full_page=True)


def _is_known(violation: dict[str, Any]) -> bool:
    """Two things that the design system does on purpose, and that axe holds against every service.

    The back link stands before the main part: skipping to that skips the link. Radios that open
    more questions say so by `aria-expanded`, which screen readers announce and ARIA does not list.
    """
    if violation["id"] == "aria-allowed-attr":
        inputs = ("govuk-radios__input", "govuk-checkboxes__input")
        return all(
            "aria-expanded" in node["html"] and any(each in node["html"] for each in inputs)
            for node in violation["nodes"]
        )
    targets = [node["target"] for node in violation["nodes"]]
    return violation["id"] == "region" and all(each == [".govuk-back-link"] for each in targets)
