"""The rules that pages explain, from the stored policies and the bank holidays in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from domain.policy import Policy
from domain.rules import Rules
from domain.state import Release
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredRules:
    """Implements `api.pages.pinned.PinnedRules`.

    Attributes:
        policy: Returns the stored policy of a version.
        current: Returns the policy and calendar in force.
    """

    policy: Callable[[str], Policy]
    current: Callable[[], Rules]
    threads: StoreThreads

    async def of(self, release: Release) -> Rules:
        """Return the rules of a release."""
        now = self.current()
        if release.policy_version == now.policy.version:
            return now
        policy = await self.threads.read(self.policy, release.policy_version)
        return Rules(policy=policy, calendar=now.calendar)

    def in_force(self) -> Rules:
        """Return the rules that a release started now would be pinned to."""
        return self.current()
