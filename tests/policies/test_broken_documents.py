"""A document of the wrong shape: each mistake is named with its line and what is allowed there."""

from __future__ import annotations

from pathlib import Path as FilePath

import pytest

from infra.policies.loading import DEFAULT_FILE, load_policy, parse_policy
from infra.policies.problems import Path, PolicyError
from tests.policies.documents import FILE, LEFT_OUT, TEXT, changed, problems_in, problems_with

PRESCRIPTION: Path = ("steps", "prescription", "due")


def test_an_unchanged_document_has_no_problems() -> None:
    assert problems_with() == []


def test_the_message_is_file_line_path_and_what_to_do() -> None:
    text = changed(((*PRESCRIPTION, "count"), "five"))
    line = 1 + next(i for i, each in enumerate(text.splitlines()) if "count: five" in each)

    with pytest.raises(PolicyError) as refused:
        parse_policy(text.encode(), FILE)

    path = "steps.prescription.due.count"
    assert refused.value.message == f"{FILE}:{line}: {path}: Input should be a valid integer"


@pytest.mark.parametrize(
    ("path", "value", "line", "message"),
    [
        ((*PRESCRIPTION, "count"), "-5", "count: '-5'", "valid integer"),
        ((*PRESCRIPTION, "count"), -401, "count: -401", "greater than or equal to -400"),
        ((*PRESCRIPTION, "count"), None, "count: null", "valid integer"),
        ((*PRESCRIPTION, "at"), 1700, "at: 1700", 'wall time in quotes, such as "17:00"'),
        ((*PRESCRIPTION, "at"), "noon", "at: noon", "'end_of_day'"),
        ((*PRESCRIPTION, "at"), "25:00", "at: '25:00'", "'end_of_day'"),
        ((*PRESCRIPTION, "anchor"), "birthday", "anchor: birthday", "'expected_release'"),
        ((*PRESCRIPTION, "cite", "certainty"), "sure", "certainty: sure", "'default'"),
        ((*PRESCRIPTION, "cite", "source"), "", "source: ''", "at least 2"),
        (PRESCRIPTION, [], "due: []", "keys with values"),
        (("steps", "plan", "severity"), "S5", "severity: S5", "'S4'"),
        (("chains", "S2", "levels", 0, "target"), "boss", "target: boss", "'team_manager'"),
        (("chains", "S2", "levels", 0, "channels", 0), "pigeon", "pigeon", "'voice'"),
        (("chains", "S2", "levels"), [], "levels: []", "at least 1"),
        (("chains", "S2", "again", "at"), 900, "at: 900", "wall time"),
        (("hours", "opens"), "18:00", "hours:", "earlier than closes"),
        (("effective_on"), "soon", "effective_on: soon", "valid date"),
        (("effective_on"), 20261101, "effective_on: 20261101", "a date, such as 2026-11-01"),
        (("version"), "No Spaces", "version: No Spaces", "match pattern"),
        (("version"), 2026, "version: 2026", "put a number in quotes"),
        (("cover", "cites", "gate_supply_days"), LEFT_OUT, "cover:", "gate_supply_days"),
        (("day_of_release", "rule", "eligible_types", 0), "bail", "bail", "'automatic'"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(
    path: Path | str,
    value: object,
    line: str,
    message: str,
) -> None:
    path = (path,) if isinstance(path, str) else path

    [(found_line, found_path, found_message)] = problems_with((path, value))

    assert found_line.endswith(line)
    assert ".".join(map(str, path)).startswith(found_path)
    assert message in found_message


@pytest.mark.parametrize(
    ("path", "parent"),
    [
        ((*PRESCRIPTION, "count"), "due:"),
        ((*PRESCRIPTION, "cite"), "due:"),
        (PRESCRIPTION, "prescription:"),
        (("steps", "prescription"), "steps:"),
        (("chains", "S3"), "chains:"),
        (("chains", "S3", "lease", "unit"), "lease:"),
        (("steps",), "version: 2026-11-default"),
        (("cover", "limits", "gate_supply_days"), "limits:"),
        (("day_of_release", "rule", "most_working_days"), "rule:"),
    ],
)
def test_a_missing_key_is_named_with_the_line_of_its_parent(path: Path, parent: str) -> None:
    [(line, found_path, message)] = problems_with((path, LEFT_OUT))

    assert line == parent
    assert found_path == ".".join(map(str, path))
    assert message.startswith("is missing")


@pytest.mark.parametrize(
    ("path", "known"),
    [
        (("valid_from",), "version, title, effective_on"),
        (("steps", "plan", "due", "days"), "anchor, clock, count, at, cite"),
        (("steps", "plan", "raised", 0, "if"), "when, to, cite"),
        (("steps", "referral", "answer", "days"), "anchor, clock, count, at, cite"),
        (("chains", "S1", "levels", 0, "role"), "target, channels, wait"),
        (("chains", "S1", "lease", "hours"), "count, unit"),
        (("cover", "limits", "mda_days"), "instalment_form_days"),
        (("cover", "cites", "gate_supply_days", "url"), "source, certainty, note"),
    ],
)
def test_an_unknown_key_is_refused_with_the_known_ones(path: Path, known: str) -> None:
    [(line, found_path, message)] = problems_with((path, 1))

    assert line == f"{path[-1]}: 1"
    assert found_path == ".".join(map(str, path))
    assert known in message


def test_an_unknown_step_is_refused_with_the_names_of_all_steps() -> None:
    text = changed().replace("\n  naloxone:\n", "\n  nalaxone:\n")

    found = {path: (line, message) for line, path, message in problems_in(text)}

    line, message = found["steps.nalaxone"]
    assert line == "nalaxone:"
    assert "'naloxone'" in message
    assert "'safeguarding'" in message
    assert found["steps.naloxone"] == ("steps:", "is missing")


def test_every_problem_is_listed_in_the_order_of_the_lines() -> None:
    text = changed(
        (("hours", "opens"), 9),
        ((*PRESCRIPTION, "count"), "five"),
        (("chains", "S4"), LEFT_OUT),
        (("version",), "X"),
    )

    found = [path for _, path, _ in problems_in(text)]

    assert found == ["version", "steps.prescription.due.count", "hours.opens", "chains.S4"]


def test_a_key_given_twice_is_refused_even_when_all_else_is_right() -> None:
    text = changed() + "title: Another\n"

    [(line, path, message)] = list(problems_in(text))

    assert (line, path) == ("title: Another", "title")
    assert "line 2" in message


def test_a_key_given_twice_is_listed_with_the_other_problems() -> None:
    text = changed((("version",), "X")) + "title: Another\n"

    assert [path for _, path, _ in problems_in(text)] == ["version", "title"]


def test_a_message_never_repeats_the_value_it_refuses() -> None:
    [(_, _, message)] = problems_with(((*PRESCRIPTION, "anchor"), "Zebedee"))

    assert "Zebedee" not in message


@pytest.mark.parametrize("text", ["just words", "- a\n- list\n", "7"])
def test_a_document_that_is_no_mapping_is_refused_on_its_first_line(text: str) -> None:
    [(line, path, message)] = list(problems_in(text))

    assert (line, path) == (text.splitlines()[0], "")
    assert message == "Input should be keys with values"


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: FilePath) -> None:
    with pytest.raises(PolicyError, match=r"^mine\.yaml: the file cannot be read: No such file"):
        load_policy(tmp_path / "mine.yaml")


def test_a_copy_of_the_shipped_file_loads_from_anywhere(tmp_path: FilePath) -> None:
    copy = tmp_path / "mine.yaml"
    copy.write_text(TEXT.replace("version: 2026-11-default", "version: our-own-1"), "utf-8")

    assert load_policy(copy).version == "our-own-1"
    assert load_policy(DEFAULT_FILE).version == "2026-11-default"
