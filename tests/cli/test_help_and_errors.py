"""Every command teaches, and whatever goes wrong is a sentence and an exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from infra.cli import app
from infra.commands.terminal import progress
from tests.cli.conftest import Operator

COMMANDS = [
    ("up",),
    ("web",),
    ("worker",),
    ("health",),
    ("import",),
    ("demo",),
    ("watchdog",),
    ("reconcile",),
    ("delivery",),
    ("replay",),
    ("measures", "show"),
    ("measures", "backfill"),
    ("measures", "recount"),
    ("db", "upgrade"),
    ("db", "check"),
    ("db", "verify"),
    ("token", "create"),
    ("token", "list"),
    ("token", "revoke"),
    ("user", "add"),
    ("user", "list"),
    ("user", "off"),
    ("policy", "show"),
    ("policy", "check"),
    ("rota", "staff"),
    ("rota", "import"),
    ("rota", "absences"),
    ("rota", "check"),
    ("rota", "show"),
    ("rota", "tasks"),
]


def test_the_list_of_commands_is_complete() -> None:
    named = [
        each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands
    ]
    for group in app.registered_groups:
        assert group.typer_instance is not None
        inner = group.typer_instance.registered_commands
        named += [each.name or getattr(each.callback, "__name__", "") for each in inner]

    assert sorted(named) == sorted(words[-1] for words in COMMANDS)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_teaches_with_an_example(words: tuple[str, ...], operator: Operator) -> None:
    said = operator.types(*words, "--help")

    assert said.code == 0
    assert f"Example: throughcare {' '.join(words)}" in " ".join(said.out.split())


def test_without_a_command_the_commands_are_listed(operator: Operator) -> None:
    said = operator.types()

    assert "watchdog" in said.out + said.err


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("db", "dance"),
        ("import",),
        ("import", "no-such-file.csv"),
        ("token", "create"),
        ("token", "create", "--role", "governor"),
        ("token", "create", "--role", "admin", "--days", "0"),
        ("watchdog", "--critical", "S9"),
        ("policy", "show", "--step", "breakfast"),
        ("replay", "no-such-folder"),
    ],
    ids=" ".join,
)
def test_wrong_usage_has_exit_code_2(words: tuple[str, ...], operator: Operator) -> None:
    said = operator.types(*words)

    assert said.code == 2
    assert "Usage:" in said.err


@pytest.mark.parametrize(
    "words", [("up",), ("health",), ("db", "check"), ("watchdog",), ("token", "list"), ("replay",)]
)
def test_a_setting_that_cannot_be_used_is_named(
    words: tuple[str, ...], operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHCARE_WEB_PROT", "8000")

    said = operator.types(*words)

    assert said.code == 1
    assert "THROUGHCARE_WEB_PROT" in said.err
    assert "THROUGHCARE_WEB_PORT" in said.err


@pytest.mark.parametrize("words", [("demo",), ("reconcile",), ("replay",)])
def test_without_a_server_a_command_says_what_to_start(
    words: tuple[str, ...], operator: Operator
) -> None:
    said = operator.types(*words)

    assert said.code == 1
    assert "throughcare up" in said.err


@pytest.mark.parametrize("words", [("demo",), ("up", "--demo")], ids=" ".join)
def test_invented_people_stay_out_of_production(
    words: tuple[str, ...], operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHCARE_ENVIRONMENT", "production")

    said = operator.types(*words)

    assert said.code == 1
    assert not operator.state_dir.exists()
    assert "THROUGHCARE_ENVIRONMENT" in said.err


def test_the_program_ends_with_the_exit_code_and_without_a_traceback(tmp_path: Path) -> None:
    document = tmp_path / "policy.yaml"
    document.write_text("version: 1\n")

    run = subprocess.run(
        [sys.executable, "-m", "infra.cli", "policy", "check", str(document)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert run.returncode == 1
    assert run.stderr.startswith("policy.yaml:1: ")
    assert "Traceback" not in run.stderr


def test_progress_outside_a_terminal_is_a_few_plain_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress("Counting", 5_000) as advance:
        for done in range(1, 5_001):
            advance(done)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1] == "Counting: 5000 of 5000"
