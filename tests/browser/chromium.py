"""Finds a Chromium, or gets one; the browser tests never pass without."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
WITHIN = 600

_MISSING = """The browser tests cannot run: no Chromium was found, downloaded or installed.
Install one (Debian, Ubuntu: apt install chromium; macOS: brew install --cask chromium),
or name yours: THROUGHCARE_TEST_CHROMIUM=/path/to/chromium make test"""


def find_chromium() -> Path:
    """Return a Chromium: the one that was named, one on the path, or one that can be had."""
    found = next(_candidates(), None)
    if found is None:
        pytest.fail(_MISSING, pytrace=False)
    return found


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("THROUGHCARE_TEST_CHROMIUM"):
        yield Path(named)
        return
    yield from _on_the_path()
    if _succeeds(sys.executable, "-m", "playwright", "install", "chromium"):
        yield from _of_playwright()
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _succeeds("apt-get", "update")
        if _succeeds("apt-get", "install", "--yes", "--no-install-recommends", *_PACKAGES):
            yield from _on_the_path()


_PACKAGES = ("chromium", "fonts-liberation")


def _on_the_path() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))


def _of_playwright() -> Iterator[Path]:
    where = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(where) if where else Path.home() / ".cache/ms-playwright"
    yield from sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def _succeeds(*command: str) -> bool:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=quiet, capture_output=True, timeout=WITHIN, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
