"""The command line as an operator types it, over a state of its own."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infra.cli import app
from infra.database.engine import Database


@dataclass(frozen=True)
class Said:
    """What a command printed, and the exit code."""

    code: int
    out: str
    err: str


class Operator:
    """Types commands; `state_dir` is where their service keeps its state."""

    def __init__(self, state_dir: Path) -> None:
        self.state_dir = state_dir

    def types(self, *words: str) -> Said:
        result = CliRunner().invoke(app, list(words), catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)

    @property
    def database_file(self) -> Path:
        return self.state_dir / "throughcare.db"


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """An operator in front of a state directory with nothing in it, and no server anywhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THROUGHCARE_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("THROUGHCARE_TEMPORAL_PORT", "1")
    handlers, level = list(logging.getLogger().handlers), logging.getLogger().level
    yield Operator(tmp_path / "state")
    # The commands sent all logs to a standard error that is gone by now.
    logging.getLogger().handlers = handlers
    logging.getLogger().setLevel(level)


@pytest.fixture
def database(operator: Operator, migrated_sqlite_file: Path) -> Iterator[Database]:
    """The migrated database of the operator's service."""
    operator.state_dir.mkdir()
    shutil.copyfile(migrated_sqlite_file, operator.database_file)
    opened = Database(f"sqlite:///{operator.database_file}")
    yield opened
    opened.close()
