"""`throughcare policy`: figures with their sources, and problems with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.policies.loading import DEFAULT_FILE
from tests.cli.conftest import Operator


def test_the_policy_is_shown_with_sources(operator: Operator) -> None:
    said = operator.types("policy", "show")

    assert said.code == 0
    assert "2026-11-default" in said.out
    assert "Prescription" in said.out
    assert "R26" in said.out


def test_one_step_is_shown_alone(operator: Operator) -> None:
    said = operator.types("policy", "show", "--step", "naloxone")

    assert "Naloxone" in said.out
    assert "Screening" not in said.out


def test_notes_say_why_a_source_is_weak(operator: Operator) -> None:
    brief = operator.types("policy", "show", "--step", "screening")
    full = operator.types("policy", "show", "--step", "screening", "--notes")

    assert len(full.out) > len(brief.out)


def test_ones_own_policy_is_the_one_shown(
    operator: Operator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(DEFAULT_FILE.read_text().replace("2026-11-default", "2027-our-own"))
    monkeypatch.setenv("THROUGHCARE_POLICY_PATH", str(own))

    assert "2027-our-own" in operator.types("policy", "show").out


def test_a_good_document_can_be_used(operator: Operator) -> None:
    said = operator.types("policy", "check", str(DEFAULT_FILE))

    assert said.code == 0
    assert "can be used" in said.out


def test_a_bad_document_has_its_lines_named(operator: Operator, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(DEFAULT_FILE.read_text().replace("severity: S1", "severity: S9", 1))

    said = operator.types("policy", "check", str(bad))

    assert said.code == 1
    assert said.err.startswith("bad.yaml:")
