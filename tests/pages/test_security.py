from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest

from api.app import create_app
from api.pages.settings import PageSettings
from domain.access import Subject
from domain.codes import Role
from domain.commands import SendReferral
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.test_matrix import ELSEWHERE
from tests.pages.conftest import As, Browser
from tests.pages.furnished import furnish, register_person
from tests.pages.routes import IN_ADDRESSES, PUBLIC, Cell, table


def subject_of(cell: Cell) -> Subject:
    known = SUBJECTS[cell.role]
    return known if cell.is_inside else replace(known, id="other", **ELSEWHERE[cell.role])


@pytest.mark.parametrize("cell", table(), ids=lambda cell: "-".join(map(str, cell)))
async def test_each_role_gets_what_the_table_says(scene: World, as_: As, cell: Cell) -> None:
    if cell.path.startswith(("/rotas", "/messages", "/quality-tasks")):
        furnish(scene.database)
    if cell.path.endswith("/phone"):
        register_person(scene.database)
    browser = await as_(subject_of(cell))
    address = cell.path.format(**IN_ADDRESSES)

    if cell.method == "GET":
        page = await browser.open(address)
    else:
        token = (await browser.open("/help")).fields("/sign-out")["form_token"]
        page = await browser.submit(address, {"form_token": token})

    assert page.status == cell.status, page.text


@pytest.fixture
def scene(world: World) -> World:
    world.has("rel-1")
    world.records("rel-1", SendReferral(on=NOW.date(), service="cds-hartlepool"))
    world.wait_until(NOW + timedelta(days=3))
    return world


@pytest.mark.parametrize(("method", "path"), sorted({(each.method, each.path) for each in table()}))
async def test_nobody_gets_in_without_signing_in(browser: Browser, method: str, path: str) -> None:
    page = await browser.client.request(method, path)

    assert page.status_code == 303
    assert page.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("path", sorted(path for method, path in PUBLIC if method == "GET"))
async def test_public_pages_tell_nothing_about_anybody(
    scene: World, browser: Browser, path: str
) -> None:
    answered = await browser.client.get(path.replace("{name:path}", "app.css"))

    # Without a sign-in provider there is no way to one, and nobody comes back from there.
    assert answered.status_code == {"/sign-in/provider": 404, "/sign-in/provider/return": 403}.get(
        path, 200
    )
    assert "rel-1" not in answered.text


FORMS = sorted({each.path for each in table() if each.method == "POST"})


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("token", [None, "", "wrong", "é"])
async def test_a_form_without_this_browsers_token_is_refused(
    scene: World, as_: As, path: str, token: str | None
) -> None:
    role = next(each.role for each in table() if each.path == path and each.status != 403)
    browser = await as_(role)

    page = await browser.submit(
        path.format(**IN_ADDRESSES),
        {} if token is None else {"form_token": token},
    )

    assert page.status == 403
    assert "Nothing was saved" in page.text
    assert (await browser.open("/")).status == 200, "still signed in"


async def test_the_token_of_another_session_is_refused(as_: As) -> None:
    browser = await as_(Role.RESETTLEMENT)
    token = (await browser.open("/")).fields("/sign-out")["form_token"]
    await as_(Role.PROBATION)

    page = await browser.submit("/sign-out", {"form_token": token})

    assert page.status == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_form_sent_from_another_site_is_refused_whatever_it_holds(
    as_: As, site: str
) -> None:
    browser = await as_(Role.RESETTLEMENT)
    fields = (await browser.open("/")).fields("/sign-out")

    page = await browser.submit("/sign-out", fields, **{"Sec-Fetch-Site": site})

    assert page.status == 403


async def test_behind_tls_the_cookie_is_for_this_host_and_tls_only(world: World) -> None:
    app = create_app(world.services(), pages=PageSettings(is_secure=True))
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://testserver") as client:
        cookie = (await client.get("/sign-in")).headers["set-cookie"]

    name, _, flags = cookie.partition("=")
    assert name == "__Host-session"
    assert {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"} == set(flags.split("; ")[1:])


async def test_an_unknown_page_says_so_and_a_program_gets_a_problem(browser: Browser) -> None:
    page = await browser.open("/nowhere")

    assert (page.status, page.heading) == (404, "Page not found")
    problem = await browser.client.get("/api/nowhere")
    assert problem.headers["content-type"] == "application/problem+json"


async def test_a_mistake_of_ours_is_a_page_that_says_what_to_do_before_a_release(
    world: World,
) -> None:
    app = create_app(world.services(), pages=PageSettings(is_secure=False))
    world.accounts.demonstration = None  # type: ignore[assignment,method-assign]  # a page that breaks
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
        answered = await client.get("/sign-in")

    assert answered.status_code == 500
    assert "If somebody is about to be released" in answered.text
    assert "script" not in answered.headers["content-security-policy"]


async def test_static_files_are_kept_for_ever_and_nothing_else_is(browser: Browser) -> None:
    page = await browser.open("/sign-in")
    links = [str(each["href"]) for each in page.soup.select("link[rel=stylesheet]")]
    assert len(links) == 3

    for link in links:
        answered = await browser.client.get(link)
        assert answered.status_code == 200
        assert "immutable" in answered.headers["cache-control"]
    assert (await browser.client.get("/static/app.js")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", ["nothing.css", "../app.py", "%2e%2e/app.py", "..%2fapp.py", ""])
async def test_only_static_files_are_served(browser: Browser, name: str) -> None:
    answered = await browser.client.get(f"/static/{name}")

    assert answered.status_code == 404


def test_the_pages_are_not_in_the_description_of_the_api() -> None:
    described = create_app(World(NOW).services()).openapi()["paths"]

    assert all(path.startswith(("/api/", "/health/")) for path in described)
