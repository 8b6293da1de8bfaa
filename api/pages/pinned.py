"""The rules that pages explain: those a release is pinned to, and those in force for a new one."""

from __future__ import annotations

from typing import Protocol

from domain.rules import Rules
from domain.state import Release


class PinnedRules(Protocol):
    """Policy and bank holidays, as the engine itself decides by."""

    async def of(self, release: Release) -> Rules:
        """Return the rules of a release.

        Raises:
            RecordUnavailableError: The database does not answer.
        """

    def in_force(self) -> Rules:
        """Return the rules that a release started now would be pinned to."""
