"""`throughcare replay` over a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Operator


def test_an_empty_folder_replays(operator: Operator, tmp_path: Path) -> None:
    folder = tmp_path / "histories"
    folder.mkdir()

    said = operator.types("replay", str(folder))

    assert (said.code, said.out) == (0, "0 histories replay.\n")


@pytest.mark.parametrize(
    "content", ["", "not JSON", "{}", "[]", '{"events": 3}', '{"events": []}', '{"events": [{}]}']
)
def test_a_file_that_is_no_history_is_named(
    content: str, operator: Operator, tmp_path: Path
) -> None:
    folder = tmp_path / "histories"
    folder.mkdir()
    (folder / "journey.json").write_text(content)

    said = operator.types("replay", str(folder))

    assert said.code == 1
    assert "journey.json" in said.err
