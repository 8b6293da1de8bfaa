"""What was vendored is what its manifest says, and holds nothing that only GOV.UK may use."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "api/static/vendor"
PINNED = json.loads((ROOT / "scripts/pages/package.json").read_text(encoding="utf-8"))
ONLY_ON_GOVUK = re.compile(
    r"GDS Transport|@font-face|govuk-crest|govuk-crown|\.woff2?", re.IGNORECASE
)


FOLDERS = {"assets": ASSETS, "tests": ROOT / "tests/pages/vendor"}


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS)
def test_every_file_is_in_the_manifest_with_its_digest(folder: Path) -> None:
    manifest = json.loads((folder / "VENDORED.json").read_text(encoding="utf-8"))
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDORED.json"
    }

    assert found == manifest["sha256"]
    wanted = PINNED["dependencies"] | PINNED["devDependencies"]
    assert {name: wanted[name] for name in manifest["versions"]} == manifest["versions"]
    assert any("LICENSE" in name for name in found)


def test_the_macros_are_of_the_version_of_the_assets() -> None:
    assert PINNED["dependencies"]["govuk-frontend"] == "6.3.0"
    assert version("govuk-frontend-jinja") == "4.1.0", "made for 6.3.0; see docs/adr/0014-pages.md"


@pytest.mark.parametrize("path", sorted(ASSETS.rglob("*.css")) + sorted(ASSETS.rglob("*.js")))
def test_neither_the_font_nor_the_crown_is_there(path: Path) -> None:
    assert not ONLY_ON_GOVUK.search(path.read_text(encoding="utf-8"))


def test_no_picture_is_a_crown_a_crest_or_an_icon_of_govuk() -> None:
    names = [path.name for path in ASSETS.rglob("*") if path.suffix in (".svg", ".png", ".ico")]

    assert names
    assert not [name for name in names if re.search(r"crown|crest|govuk|favicon", name)]


def test_every_picture_that_the_styles_name_is_there() -> None:
    for style in ASSETS.glob("*.css"):
        for address in re.findall(r"url\((/static/[^)]+)\)", style.read_text(encoding="utf-8")):
            assert (ROOT / "api" / address.lstrip("/")).is_file(), address


def test_the_lock_names_no_registry() -> None:
    lock = (ROOT / "scripts/pages/package-lock.json").read_text(encoding="utf-8")

    assert "resolved" not in lock
    assert "sha512" in lock
