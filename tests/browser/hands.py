"""How somebody fills in and sends a form: by mouse, or by keyboard alone."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Locator, Page

from tests.pages.casework.typing_in import Typed


@dataclass(frozen=True)
class Hands:
    """Works a page's form by the names of its inputs, in the order given."""

    page: Page
    by_keyboard: bool

    async def fill(self, typed: Typed) -> None:
        """Answer each field."""
        for name, value in typed.items():
            for each in [value] if isinstance(value, str) else value:
                await self._answer(name, each)

    async def _answer(self, name: str, value: str) -> None:
        named = f'main input[name="{name}"][value="{value}"]'
        box = self.page.locator(f"{named}[type=radio], {named}[type=checkbox]")
        if await box.count():
            await self._press(box, "Space") if self.by_keyboard else await box.check()
            return
        field = self.page.locator(f'main [name="{name}"]')
        if await field.evaluate("field => field.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)

    async def send(self) -> None:
        """Press the form's first button and wait for what comes."""
        button = self.page.locator("main form button.govuk-button").first
        async with self.page.expect_navigation():
            await self._press(button, "Enter") if self.by_keyboard else await button.click()

    @staticmethod
    async def _press(what: Locator, key: str) -> None:
        await what.focus()
        await what.press(key)
