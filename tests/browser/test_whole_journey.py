"""One person from the start to twelve weeks in a real browser, each role in its turn.

Everything lies some months back, since facts that are recorded late are ordinary ones.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import Role
from domain.london_time import london_date
from infra.database.clock import utc_now
from tests.browser.conftest import OpenAs
from tests.browser.hands import Hands
from tests.pages.casework import typing_in
from tests.pages.casework.typing_in import Typed, day

SINCE_RELEASE = timedelta(days=100)
IN_CUSTODY = timedelta(days=200)

Sitting = tuple[Role, str, Typed]


def stages(number: str, leaves_on: date) -> tuple[Typed, ...]:
    """What the stages of starting ask."""
    return (
        {"prison_number": number},
        {
            "forename": "Jo",
            "surname": "Hale",
            **day("date_of_birth", date(1985, 3, 27)),
            "sex": "male",
        },
        {
            "prison": "LEI",
            **day("reception_date", leaves_on - IN_CUSTODY),
            **day("release_date", leaves_on),
            "release_date_as_given": "yes",
            "release_type": "conditional",
            "local_authority": "E06000001",
            "probation_unit": "N54STHA",
        },
        {},
    )


def sittings(leaves_on: date) -> tuple[Sitting, ...]:
    """Who records what, in order."""
    seen_on = leaves_on + timedelta(days=2)
    medicine = typing_in.PRESCRIPTION | {
        **day("dose_on", leaves_on),
        **day("form1_signed", leaves_on - timedelta(days=7)),
        **day("form1_first", leaves_on + timedelta(days=1)),
        **day("form1_last", leaves_on + timedelta(days=8)),
        "form1_weekdays": ["0", "1", "2", "3", "4", "5", "6"],
        "closed_weekdays": [],
        **day("prescriber_on", seen_on),
    }
    read: Typed = {"read": "yes"}
    release = typing_in.RELEASE | day("date", leaves_on) | day("last_supervised_dose_on", leaves_on)
    return (
        (Role.HEALTHCARE, "events/record_screening", typing_in.SCREENING),
        (Role.RESETTLEMENT, "steps/plan", typing_in.PLAN),
        (Role.RESETTLEMENT, "steps/referral", {"service": "cds-hartlepool"}),
        (Role.PROVIDER, "steps/referral", {"answer": "accept_referral"}),
        (Role.PROVIDER, "steps/appointment", typing_in.APPOINTMENT | day("date", seen_on)),
        (Role.PROVIDER, "steps/appointment", {}),
        (Role.HEALTHCARE, "steps/prescription", medicine),
        (Role.HEALTHCARE, "events/confirm_last_dose", typing_in.LAST_DOSE),
        (Role.HEALTHCARE, "steps/naloxone", typing_in.NALOXONE),
        (Role.RESETTLEMENT, "steps/essentials", typing_in.ESSENTIALS),
        (Role.PROBATION, "events/request_licence_condition", {"condition": "testing"}),
        (Role.PROBATION, "steps/licence", typing_in.CRITERIA),
        (Role.RESETTLEMENT, "pack/send", {}),
        (Role.HEALTHCARE, "pack/acknowledge", read),
        (Role.PROBATION, "pack/acknowledge", read),
        (Role.PROVIDER, "pack/acknowledge", read),
        (Role.RESETTLEMENT, "steps/release", release),
        (Role.PROVIDER, "steps/first_contact", {"attended": "yes"}),
        (Role.PROVIDER, "steps/engagement", day("on", seen_on)),
        (
            Role.PROVIDER,
            "steps/retention",
            {"outcome": "in_treatment", **day("on", seen_on + timedelta(days=90))},
        ),
    )


@pytest.mark.parametrize(
    ("number", "by_keyboard", "scripts"),
    [("Z9871YX", False, True), ("Z9872YX", True, False)],
    ids=["mouse-with-scripts", "keyboard-without-scripts"],
)
async def test_everybody_can_do_their_part_to_the_end(
    open_as: OpenAs, number: str, *, by_keyboard: bool, scripts: bool
) -> None:
    leaves_on = london_date(utc_now()) - SINCE_RELEASE
    hands = {
        role: Hands((await open_as(role, java_script_enabled=scripts)).page, by_keyboard)
        for role in (Role.RESETTLEMENT, Role.HEALTHCARE, Role.PROBATION, Role.PROVIDER)
    }
    record = await _start(hands[Role.RESETTLEMENT], stages(number, leaves_on))

    for role, path, typed in sittings(leaves_on):
        await _sit(hands[role], f"{record}/{path}", typed)

    page = hands[Role.PROVIDER].page
    await page.goto(record)
    assert "Jo Hale" in await page.inner_text("main")
    assert "Overdue" not in await page.inner_text("main")
    await page.goto(f"{record}/history")
    assert "Retention recorded" in await page.inner_text("main")


async def _start(hands: Hands, stages: tuple[Typed, ...]) -> str:
    await hands.page.goto("/cases/new")
    for typed in stages:
        await hands.fill(typed)
        await hands.send()
    assert "/cases/new" not in hands.page.url, await hands.page.inner_text("main")
    return hands.page.url


async def _sit(hands: Hands, address: str, typed: Typed) -> None:
    page = hands.page
    await page.goto(address)
    await hands.fill(typed)
    await hands.send()
    if await page.locator("#check").count():
        await hands.send()
    said = page.locator(".govuk-notification-banner--success")
    assert await said.count() == 1, (address, await page.inner_text("main"))
