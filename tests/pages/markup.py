"""What must hold on every page, whatever it shows."""

from __future__ import annotations

import re
from collections import Counter

import httpx2
from bs4 import BeautifulSoup

_NONCE = re.compile(r"'nonce-([^']+)'")


def check_markup(response: httpx2.Response, soup: BeautifulSoup) -> None:
    """Fail for what a browser, a screen reader or the content policy would stumble over."""
    headers = response.headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    ids = Counter(str(each["id"]) for each in soup.find_all(id=True))
    assert [each for each, count in ids.items() if count > 1] == [], "ids must be unique"
    assert len(soup.find_all("h1")) == 1, "one heading of the first level"
    assert soup.title is not None
    assert soup.title.text.strip().endswith("\N{EN DASH} Throughcare")
    assert not soup.find_all(style=True), "the content policy forbids inline style"
    assert not soup.find_all(re.compile("^on"), recursive=False)
    _check_scripts(response, soup)
    for each in soup.select('a[href^="#"]'):
        target = str(each["href"])[1:]
        assert target in ids, f"a link leads to #{target}, which is not there"
    for form in soup.find_all("form", method="post"):
        assert form.find("input", attrs={"name": "form_token"}), "a form without its token"
    assert "{{" not in response.text
    assert "None" not in soup.get_text(), "a missing value shows"
    assert "&lt;" not in response.text, "markup shows as text"


def _check_scripts(response: httpx2.Response, soup: BeautifulSoup) -> None:
    found = _NONCE.search(response.headers["content-security-policy"])
    for script in soup.find_all("script"):
        if not script.get("src"):
            assert found is not None
            assert script.get("nonce") == found[1]
