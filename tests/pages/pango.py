"""Finds what PDFs need, or gets it; the tests of PDFs never pass without."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess

import pytest

LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "fonts-liberation")
WITHIN = 600

_MISSING = """The tests of PDFs cannot run: Pango was not found and could not be installed.
Install it (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0;
macOS: brew install pango), then run them again."""


def need_pango() -> None:
    """Fail with what to install unless Pango is there, or can be had."""
    if not (_is_there() or (_is_installed_now() and _is_there())):
        pytest.fail(_MISSING, pytrace=False)


def _is_there() -> bool:
    try:
        for name in LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        return bool(shutil.which("brew"))
    return True


def _is_installed_now() -> bool:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES)
    codes = [
        subprocess.run(each, env=quiet, capture_output=True, timeout=WITHIN, check=False).returncode
        for each in (("apt-get", "update"), install)
    ]
    return codes[-1] == 0
