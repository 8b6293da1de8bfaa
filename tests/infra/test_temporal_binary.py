from __future__ import annotations

from pathlib import Path

import pytest

from infra.settings import Settings, TemporalSettings
from infra.temporal.binary import (
    TESTED,
    TemporalBinary,
    TemporalBinaryError,
    check_version,
    find_binary,
    read_version,
)


def a_program(folder: Path, answer: str) -> Path:
    program = folder / "temporal"
    program.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_the_packaged_program_is_found_and_is_the_tested_version(settings: Settings) -> None:
    binary = find_binary(settings)

    assert binary.is_packaged
    assert read_version(binary.path) == TESTED
    assert check_version(binary) is None


def test_an_operators_own_program_is_preferred(settings: Settings, tmp_path: Path) -> None:
    own = a_program(tmp_path, "exit 0")
    configured = settings.model_copy(update={"temporal": TemporalSettings(binary=own)})

    assert find_binary(configured) == TemporalBinary(own, is_packaged=False)


def test_an_operators_missing_program_is_refused_by_name(
    settings: Settings, tmp_path: Path
) -> None:
    missing = TemporalSettings(binary=tmp_path / "nothing")

    with pytest.raises(TemporalBinaryError, match="THROUGHCARE_TEMPORAL_BINARY"):
        find_binary(settings.model_copy(update={"temporal": missing}))


def test_another_version_of_the_packaged_program_is_an_error(tmp_path: Path) -> None:
    program = a_program(tmp_path, "echo 'temporal version 1.9.2 (Server 1.33.0, UI 2.60.0)'")

    with pytest.raises(TemporalBinaryError, match=r"temporal 1\.9\.2 with server 1\.33\.0"):
        check_version(TemporalBinary(program, is_packaged=True))


def test_another_version_of_an_operators_program_is_a_warning(tmp_path: Path) -> None:
    program = a_program(tmp_path, "echo 'temporal version 1.9.1 (Server 1.33.0, UI 2.60.0)'")

    warning = check_version(TemporalBinary(program, is_packaged=False))

    assert warning is not None
    assert "server 1.33.0" in warning
    assert "server 1.32.0" in warning


@pytest.mark.parametrize("answer", ["echo hello", "exit 3", "echo 'temporal version banana'"])
def test_a_program_that_is_not_temporal_is_refused(tmp_path: Path, answer: str) -> None:
    with pytest.raises(TemporalBinaryError, match="does not say which version"):
        read_version(a_program(tmp_path, answer))


def test_a_program_that_cannot_be_run_is_refused(tmp_path: Path) -> None:
    program = a_program(tmp_path, "exit 0")
    program.chmod(0o600)

    with pytest.raises(TemporalBinaryError, match="cannot be run"):
        read_version(program)
