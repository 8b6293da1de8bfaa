"""The shipped document with one thing changed, and what the loader says to it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

import yaml

from infra.policies.loading import DEFAULT_FILE, parse_policy
from infra.policies.problems import Path, PolicyError

FILE: Final = "policy.yaml"
TEXT: Final = DEFAULT_FILE.read_text(encoding="utf-8")
LEFT_OUT: Final = object()
"""Given for a value: take the key out."""


def changed(*changes: tuple[Path, Any]) -> str:
    """Return the document with each path set to a value, one line for every key."""
    document = deepcopy(_DOCUMENT)
    for path, value in changes:
        around = document
        for part in path[:-1]:
            around = around[part]
        if value is LEFT_OUT:
            del around[path[-1]]
        else:
            around[path[-1]] = value
    return yaml.dump(document, sort_keys=False, width=1000)


def problems_in(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the text of the line, the path and the message of each problem with a document."""
    lines = text.splitlines()
    try:
        parse_policy(text.encode(), FILE)
    except PolicyError as error:
        for problem in error.problems:
            assert problem.line is not None
            path = ".".join(map(str, problem.path))
            yield lines[problem.line - 1].strip(), path, problem.message


def problems_with(*changes: tuple[Path, Any]) -> list[tuple[str, str, str]]:
    """Return what `problems_in` yields for the document with these changes."""
    return list(problems_in(changed(*changes)))


def _with_numbers(value: Any) -> Any:  # noqa: ANN401 - whatever a document holds
    if isinstance(value, dict):
        return {key: _with_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_numbers(each) for each in value]
    is_number = value.removeprefix("-").isdigit()
    return int(value) if is_number else value


_DOCUMENT: Final = _with_numbers(yaml.load(TEXT, Loader=yaml.BaseLoader))  # noqa: S506 - only text
