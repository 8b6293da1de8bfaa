"""The YAML a policy may use: plain mappings, lists and values, each key once, and not too much."""

from __future__ import annotations

import pytest

from infra.policies.problems import PolicyError
from infra.policies.reading import DEEPEST, MOST_BYTES, read_document


def refusal(content: bytes | str) -> tuple[int | None, str]:
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(PolicyError) as refused:
        read_document(raw, "policy.yaml")
    [problem] = refused.value.problems
    return problem.line, problem.message


def test_words_stay_words_and_whole_numbers_are_numbers() -> None:
    text = "a: no\nb: 17:00\nc: 2026-11-01\nd: -5\ne: '5'\nf: 5.0\ng: ~\nh: 0x10\ni:\n"

    read = read_document(text.encode(), "policy.yaml")

    assert read.value == {
        "a": "no",
        "b": "17:00",
        "c": "2026-11-01",
        "d": -5,
        "e": "5",
        "f": "5.0",
        "g": None,
        "h": "0x10",
        "i": None,
    }


def test_each_value_remembers_its_line() -> None:
    read = read_document(b"a:\n  b: [1,\n    2]\n# more\nc: {d: 3}\n", "policy.yaml")

    assert read.lines == {
        (): 1,
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "b", 0): 2,
        ("a", "b", 1): 3,
        ("c",): 5,
        ("c", "d"): 5,
    }


def test_a_number_too_long_for_any_figure_is_left_as_text() -> None:
    read = read_document(b"a: " + b"9" * 5_000, "policy.yaml")

    assert read.value == {"a": "9" * 5_000}


def test_a_key_given_twice_is_a_problem_on_its_second_line() -> None:
    read = read_document(b"a: 1\nb: 2\na:\n  c: 3\n", "policy.yaml")

    [problem] = read.repeated
    assert (problem.line, problem.path) == (3, ("a",))
    assert "line 1" in problem.message
    assert read.value == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: &x 2\n", 2, "& and *"),
        ("a: 1\nb: *x\n", 2, "& and *"),
        ("a: 1\n*x : 2\n", 2, "& and *"),
        ("a: 1\nb: &x {c: 2}\n", 2, "& and *"),
        ("a: 1\nb: !!python/object/apply:os.getcwd []\n", 2, "without a tag"),
        ("a: !!int '5'\n", 1, "without a tag"),
        ("a: 1\n? [b]\n: 2\n", 2, "plain word"),
        ("a: 1\n--- \nb: 2\n", 3, "second document"),
        ("", 1, "empty"),
        ("# only a comment\n", 2, "empty"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not YAML"),
        ("a: 1\n\tb: 2\n", 2, "not YAML"),
        ("a: 1\nb: 'open\n", 3, "not YAML"),
        ("a: 1\nb: \x01\n", 2, "control character"),
        ('a: 1\nb: "\\ud800"\n', 2, "half a character"),
        ('a: 1\nb: "\\UFFFFFFFF"\n', 2, "names no character"),
        ('a: 1\nb: "\\U00110000"\n', 2, "names no character"),
    ],
)
def test_what_a_policy_may_not_use_is_refused_with_its_line(
    text: str,
    line: int,
    message: str,
) -> None:
    found_line, found = refusal(text)

    assert found_line == line
    assert message in found


def test_values_that_multiply_in_memory_are_refused_at_the_first() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(50))

    assert refusal(bomb)[0] == 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_endless_nesting_is_refused_before_it_costs_anything(opening: str) -> None:
    line, message = refusal(opening * 50_000)

    assert line == 1
    assert f"deeper than {DEEPEST}" in message


def test_a_file_too_large_for_a_policy_is_refused_unread() -> None:
    line, message = refusal(b"\xff" * (MOST_BYTES + 1))

    assert line is None
    assert "256 KiB" in message


def test_a_file_in_another_encoding_is_refused_with_its_line() -> None:
    line, message = refusal(b"a: 1\nb: caf\xe9\n")

    assert line == 2
    assert "UTF-8" in message


def test_a_byte_order_mark_from_a_word_processor_is_no_problem() -> None:
    assert read_document(b"\xef\xbb\xbfa: 1\n", "policy.yaml").value == {"a": 1}
