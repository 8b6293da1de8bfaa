"""What a policy must satisfy beyond its shape."""

from __future__ import annotations

from collections.abc import Iterator

from domain.policy import Policy
from infra.policies.problems import Path


def check(policy: Policy) -> Iterator[tuple[Path, str]]:
    """Yield each thing that makes no sense, with its place in the document."""
    yield from ()
