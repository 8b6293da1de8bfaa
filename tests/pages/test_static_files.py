from __future__ import annotations

import pytest

from api.pages.templating import STATIC, versioned
from tests.pages.conftest import Browser

STYLE = "vendor/govuk-frontend.min.css"


async def test_a_versioned_file_is_sent_compressed_and_kept_for_ever(browser: Browser) -> None:
    answered = await browser.client.get(versioned(STYLE), headers={"accept-encoding": "gzip"})

    assert answered.headers["content-encoding"] == "gzip"
    assert int(answered.headers["content-length"]) < (STATIC / STYLE).stat().st_size / 4
    assert answered.content == (STATIC / STYLE).read_bytes()
    assert answered.headers["content-type"].startswith("text/css")
    assert "immutable" in answered.headers["cache-control"]
    assert answered.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("address", "coding"),
    [(versioned(STYLE), "identity"), (versioned("icon.svg"), "gzip"), ("/static/app.js", "gzip")],
)
async def test_what_is_not_to_be_compressed_comes_as_it_is(
    browser: Browser, address: str, coding: str
) -> None:
    answered = await browser.client.get(address, headers={"accept-encoding": coding})

    assert answered.status_code == 200
    assert "content-encoding" not in answered.headers


async def test_an_unversioned_file_is_asked_for_each_time(browser: Browser) -> None:
    first = await browser.client.get("/static/session.js")
    again = {"if-none-match": first.headers["etag"]}

    assert first.headers["cache-control"] == "no-cache"
    assert (await browser.client.get("/static/session.js", headers=again)).status_code == 304


async def test_pages_are_never_compressed(browser: Browser) -> None:
    answered = await browser.client.get("/sign-in", headers={"accept-encoding": "gzip"})

    assert "content-encoding" not in answered.headers
    assert (await browser.client.get("/static/../../app.py?v=1")).status_code == 404
