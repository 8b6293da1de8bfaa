"""The pages over real parts: accounts with slow hashes, sessions, the engine, and its absence."""

from __future__ import annotations

import asyncio

import pytest

from domain.codes import Role
from infra.database.users import NewAccount, UserStore
from infra.web.sign_in import Passwords
from tests.infra.waiting import eventually
from tests.pages.conftest import Browser
from tests.web.bodies import started, today
from tests.web.service import PRISON, RELEASES, Service

pytestmark = pytest.mark.server

OVERDOSE = {"near_miss": "non_fatal_overdose"}


@pytest.fixture
async def browser(service: Service) -> Browser:
    """Somebody of healthcare who has signed in."""
    users = UserStore(service.parts.database)
    password = Passwords().hashed("correct horse")
    await asyncio.to_thread(
        users.add,
        NewAccount(
            "tom",
            "Tom Adeyemi",
            Role.HEALTHCARE,
            password=password,
            prisons=frozenset({PRISON}),
        ),
    )
    opened = Browser(service.client)
    assert (await opened.send("/sign-in", username="tom", password="wrong")).status == 400
    assert (await opened.sign_in("TOM")).to == "/"
    return opened


async def test_what_a_form_says_is_on_the_record_and_without_the_engine_it_is_refused(
    service: Service, browser: Browser
) -> None:
    release_id = await started(service.resettlement)
    form = f"/cases/{release_id}/near-miss"
    on = today()
    day = {"on-day": str(on.day), "on-month": str(on.month), "on-year": str(on.year)}

    page = await browser.send(form, **OVERDOSE, **day)
    assert page.to == f"/cases/{release_id}", page.text
    release = (await service.healthcare.get(f"{RELEASES}/{release_id}")).json()
    assert [each["kind"] for each in release["reviews"]] == ["non_fatal_overdose"]

    await service.server.stop()

    async def says_so() -> bool:
        return "Nothing can be recorded" in (await browser.open(form)).text

    await eventually(says_so)
    refused = await browser.send(form, **OVERDOSE, **day)
    assert refused.status == 503
    assert refused.fields()["on-day"] == day["on-day"]
