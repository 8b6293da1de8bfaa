"""The macros render what the design systems themselves render, in every state that they publish."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from api.pages.templating import create_environment
from tests.pages.trees import tree

HERE = Path(__file__).parent
VENDOR = HERE / "vendor"
CASES: list[dict[str, Any]] = json.loads((HERE / "moj_cases.json").read_text(encoding="utf-8"))
NODE = Path(playwright.__file__).parent / "driver/node"
GOVUK: dict[str, list[dict[str, Any]]] = json.loads(
    gzip.decompress((VENDOR / "govuk-fixtures.json.gz").read_bytes())
)


@pytest.mark.parametrize("component", sorted(GOVUK))
def test_a_govuk_macro_equals_the_original(component: str) -> None:
    macro = create_environment().globals[_macro_of(component)]

    different = [
        each["name"]
        for each in GOVUK[component]
        if tree(macro(each["options"])) != tree(each["html"])  # type: ignore[operator]  # macros are found by name
    ]

    assert different == []


def test_every_published_state_is_compared() -> None:
    assert sum(len(each) for each in GOVUK.values()) == 657


@pytest.fixture(scope="module")
def originals() -> list[str]:
    """Every case as the MoJ's own templates render it, by the Node that comes with Playwright."""
    templates = json.loads(gzip.decompress((VENDOR / "templates.json.gz").read_bytes()))
    asked = {"templates": templates, "cases": CASES}
    command = [NODE, HERE / "originals.js"]
    told = json.dumps(asked)
    answered = subprocess.run(command, input=told, capture_output=True, text=True, check=False)
    assert answered.returncode == 0, answered.stderr[-1000:]
    rendered: list[str] = json.loads(answered.stdout)
    return rendered


@pytest.mark.parametrize("place", range(len(CASES)))
def test_a_moj_macro_equals_the_original(originals: list[str], place: int) -> None:
    case = CASES[place]
    macro = create_environment().globals[case["macro"]]

    assert tree(macro(case["options"])) == tree(originals[place])  # type: ignore[operator]  # macros are found by name


def test_every_moj_macro_of_ours_is_compared() -> None:
    ours = {name for name in create_environment().globals if name.startswith("moj")}

    assert {each["macro"] for each in CASES} == ours


def _macro_of(component: str) -> str:
    return "govuk" + "".join(word.title() for word in component.split("-"))
