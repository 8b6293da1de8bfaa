"""Copy the prebuilt GOV.UK and MoJ Frontend files out of node_modules into the web's package.

Run it only to change their version, and commit what it writes:

    cd scripts/pages && npm ci --ignore-scripts --legacy-peer-deps && python vendor_assets.py

The GDS Transport font, the crown and the crest may be used on GOV.UK only, so they are taken out,
and the script fails when any of them is left. Tests compare what was copied with VENDORED.json.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = HERE / "node_modules"
GOVUK = MODULES / "govuk-frontend"
MOJ = MODULES / "@ministryofjustice/frontend"
VENDOR = ROOT / "api/static/vendor"
TESTS = ROOT / "tests/pages/vendor"
ADDRESS = "/static/vendor/"

FORBIDDEN_IMAGES = re.compile(r"crest|crown|govuk-icon|opengraph|favicon|apple-touch")
FORBIDDEN_STYLE = re.compile(r"GDS Transport|url\([^)]*(crest|crown|fonts/)")

GOVUK_LICENCE = "Copyright (C) 2017 Crown Copyright (Government Digital Service)"
MOJ_LICENCE = "Copyright (c) 2021 dxw"
MIT = """The MIT License (MIT)

{copyright}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def clean_style(style: str) -> str:
    """Return a style sheet without the font, the crest and the source map.

    Raises:
        ValueError: Some of it is left.
    """
    notice = r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/"
    style = re.sub(notice, "", style, flags=re.DOTALL)
    style = re.sub(r"@font-face\{[^}]*GDS Transport[^}]*\}", "", style)
    style = re.sub(r'"?GDS Transport"?,arial,sans-serif', "arial,sans-serif", style)
    style = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style)
    style = style.replace("url(/assets/images/govuk-crest.svg)", "none")
    style = style.replace("/assets/", ADDRESS)
    if left := FORBIDDEN_STYLE.search(style):
        raise ValueError(f"Take this out as well: {left[0]}")
    return style


def copy_assets() -> None:
    """Fill an empty vendor folder."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    (VENDOR / "images").mkdir(parents=True)
    govuk, moj = GOVUK / "dist/govuk", MOJ / "moj"
    for source in (govuk / "govuk-frontend.min.css", moj / "moj-frontend.min.css"):
        (VENDOR / source.name).write_text(clean_style(source.read_text()))
    for source in (govuk / "govuk-frontend.min.js", moj / "moj-frontend.min.js"):
        script = re.sub(r"\n?//# sourceMappingURL=.*", "", source.read_text())
        (VENDOR / source.name).write_text(script)
    for image in sorted((moj / "assets/images").iterdir()):
        if not FORBIDDEN_IMAGES.search(image.name):
            shutil.copy(image, VENDOR / "images" / image.name)
    # Neither package brings its licence along.
    (VENDOR / "LICENSE-govuk-frontend").write_text(MIT.format(copyright=GOVUK_LICENCE))
    (VENDOR / "LICENSE-moj-frontend").write_text(MIT.format(copyright=MOJ_LICENCE))


def write_manifest(folder: Path, *packages: Path) -> None:
    """Write the versions, and a digest of every file."""
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "VENDORED.json"
    }
    described = [json.loads((each / "package.json").read_text()) for each in packages]
    versions = {each["name"]: each["version"] for each in described}
    manifest = {"versions": versions, "sha256": digests}
    (folder / "VENDORED.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(versions, len(digests), "files")


def copy_test_material() -> None:
    """Keep what the tests measure the pages with: axe, and what the macros ought to equal."""
    shutil.rmtree(TESTS, ignore_errors=True)
    TESTS.mkdir(parents=True)
    axe = MODULES / "axe-core"
    shutil.copy(axe / "axe.min.js", TESTS / "axe.min.js")
    shutil.copy(axe / "LICENSE", TESTS / "LICENSE-axe-core")
    fixtures = {
        path.parent.name: json.loads(path.read_text())["fixtures"]
        for path in sorted((GOVUK / "dist/govuk/components").glob("*/fixtures.json"))
    }
    write_packed(TESTS / "govuk-fixtures.json.gz", fixtures)
    nunjucks = MODULES / "nunjucks"
    shutil.copy(nunjucks / "browser/nunjucks.min.js", TESTS / "nunjucks.min.js")
    shutil.copy(nunjucks / "LICENSE", TESTS / "LICENSE-nunjucks")
    write_packed(TESTS / "templates.json.gz", original_templates())
    write_manifest(TESTS, axe, GOVUK, MOJ, nunjucks)


def original_templates() -> dict[str, str]:
    """Return the Nunjucks templates of both design systems, by the names they include by."""
    roots = ((GOVUK / "dist", GOVUK / "dist/govuk"), (MOJ, MOJ / "moj"))
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for root, folder in roots
        for path in sorted(folder.rglob("*.njk"))
    }


def write_packed(path: Path, value: object) -> None:
    """Write JSON small, and the same each time."""
    text = json.dumps(value, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    copy_assets()
    write_manifest(VENDOR, GOVUK, MOJ)
    copy_test_material()
