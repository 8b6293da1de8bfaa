"""Load a policy document: read, compare with the shape, check what the shape cannot say.

What a policy must contain changes `domain.policy`; what makes sense, `checks`; how a mistake is
explained, `explaining`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path as FilePath
from typing import Final

from pydantic import ValidationError

from domain.policy import Policy
from infra.policies.checks import check
from infra.policies.explaining import explain
from infra.policies.problems import Finding, PolicyError, Problem
from infra.policies.reading import Located, read_document

DEFAULT_FILE: Final = FilePath(__file__).with_name("default-2026-11.yaml")
"""The document that ships, to be copied by a service owner who wants other figures."""


def load_policy(path: FilePath) -> Policy:
    """Return the policy in a file.

    Raises:
        PolicyError: The file cannot be used. It lists every problem with its line, except that
            sense is checked only once the shape is right.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror or 'unknown reason'}"
        raise PolicyError(path.name, [Problem(None, (), reason)]) from None
    return parse_policy(content, path.name)


def parse_policy(content: bytes, file: str) -> Policy:
    """Return the policy in the bytes of a file called `file`.

    Raises:
        PolicyError: As `load_policy`.
    """
    document = read_document(content, file)
    try:
        policy = _validated(document)
    except ValidationError as error:
        raise PolicyError(file, [*document.repeated, *explain(error, document)]) from None
    if problems := [*document.repeated, *_located(check(policy), document)]:
        raise PolicyError(file, problems)
    return policy


@cache
def default_policy() -> Policy:
    """Return the policy that ships, read once per process."""
    return load_policy(DEFAULT_FILE)


def _located(findings: Iterable[Finding], document: Located) -> list[Problem]:
    lines = document.lines
    return [Problem(lines[document.found(path)], path, message) for path, message in findings]


def _validated(document: Located) -> Policy:
    # Strict JSON: a time or a date is only ever written out, where a lax 1700 would be a number of
    # seconds past midnight. Only here are unknown keys refused: a pinned copy may be older.
    return Policy.model_validate_json(json.dumps(document.value), strict=True, extra="forbid")
