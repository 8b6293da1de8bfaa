from __future__ import annotations

import pytest

from domain.codes import Role
from infra.database.users import UserStore
from infra.reference_data.loading import load_reference_data
from infra.settings import SignInSettings
from infra.web.provider import RemoteProvider
from infra.web.store import StoreThreads
from tests.api.conftest import SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.pages.conftest import As, Browser, a_browser, words

NEW = {"name": "Dan Okafor", "username": "dan", "role": "probation", "places": "unit:N54STHA"}


@pytest.fixture
async def admin(as_: As) -> Browser:
    return await as_(Role.ADMIN)


async def test_somebody_new_gets_a_password_that_is_shown_once(
    admin: Browser, world: World
) -> None:
    page = await admin.send("/users/new", **NEW)

    assert page.status == 200
    assert "The password of Dan Okafor is first-password" in page.text
    assert world.accounts.known["dan"].role is Role.PROBATION
    assert "first-password" not in (await admin.open("/users")).text


async def test_what_is_missing_is_said_and_what_was_typed_is_kept(admin: Browser) -> None:
    page = await admin.send("/users/new", username="dan")

    assert page.status == 400
    assert page.errors() == [
        ("Enter the person's name", "#name"),
        ("Select what they do", "#role"),
    ]
    assert page.fields()["username"] == "dan"


async def test_a_name_that_is_taken_and_a_place_that_is_none_are_shown_at_their_fields(
    admin: Browser,
) -> None:
    page = await admin.send("/users/new", **(NEW | {"username": "adm", "places": "Leeds"}))

    assert page.status == 400
    assert "Another account has this username" in page.field_error("username")
    assert "prison:LEI" in page.field_error("places")


async def test_an_account_that_is_switched_off_cannot_sign_in(admin: Browser, world: World) -> None:
    world.accounts.has(an_account(SUBJECTS[Role.PROBATION], "Dan Okafor"))
    page = await admin.open("/users")

    off = page.fields("/users/prb/access")
    assert off["access"] == "off"
    done = await admin.follow(await admin.submit("/users/prb/access", off))

    assert "Dan Okafor can no longer sign in." in done.text
    async with a_browser(world) as other:
        assert (await other.sign_in("prb")).status == 400
    assert done.fields("/users/prb/access")["access"] == "on"


async def test_somebody_is_signed_out_everywhere_and_nobody_else(
    admin: Browser, world: World
) -> None:
    world.accounts.has(an_account(SUBJECTS[Role.PROBATION], "Dan Okafor"))
    async with a_browser(world) as other:
        await other.sign_in("prb")
        page = await admin.open("/users")

        await admin.submit("/users/prb/sign-out", page.fields("/users/prb/sign-out"))

        assert (await other.open("/")).to == "/sign-in"
    assert (await admin.open("/")).status == 200


async def test_nobody_switches_off_their_own_account(admin: Browser, world: World) -> None:
    page = await admin.open("/users")

    done = await admin.submit("/users/adm/access", page.fields("/users/adm/access"))

    assert "cannot switch off your own account" in (await admin.follow(done)).text
    assert world.accounts.off == set()


async def test_a_new_password_ends_the_sessions_of_the_old_one(
    admin: Browser, world: World
) -> None:
    world.accounts.has(an_account(SUBJECTS[Role.PROBATION], "Dan Okafor"))
    async with a_browser(world) as other:
        await other.sign_in("prb")
        page = await admin.open("/users")

        done = await admin.submit("/users/prb/password", page.fields("/users/prb/password"))

        assert "The password of Dan Okafor is another-password" in done.text
        assert (await other.open("/")).to == "/sign-in"


async def test_with_a_provider_its_groups_are_shown_and_nothing_of_them_can_be_changed(
    admin: Browser, world: World
) -> None:
    world.provider = RemoteProvider(
        settings=SignInSettings(
            kind="oidc",
            issuer="https://id.example",
            client_id="throughcare",
            roles={"TC-RESETTLEMENT": Role.RESETTLEMENT, "TC-SPO": Role.PROBATION},
            manager_value="TC-SENIOR",
        ),
        return_address="https://here.example/sign-in/provider/return",
        home_address="https://here.example/",
        users=UserStore(world.database),
        threads=StoreThreads(world.database.dialect),
        reference=load_reference_data(),
    )
    async with a_browser(world) as browser:
        browser.client.cookies = admin.client.cookies

        page = await browser.open("/users")

    tables = page.soup.select("main table")
    assert [words(row) for row in tables[0].select("tbody tr")] == [
        "TC-RESETTLEMENT Prison resettlement",
        "TC-SPO Probation",
        "TC-SENIOR Manager, beside their role",
    ]
    assert not tables[0].select("a, button, input")
    assert page.soup.select_one('a[href="/users/new"]') is None, "accounts come from the provider"
