from __future__ import annotations

from pathlib import Path

import pytest

from infra.composition import composed
from infra.policies.loading import DEFAULT_FILE, default_policy
from infra.settings import Settings
from infra.temporal.client import TemporalUnavailableError


async def test_without_a_server_it_opens_only_when_it_may_be_lazy(settings: Settings) -> None:
    with pytest.raises(TemporalUnavailableError):
        async with composed(settings):
            pass

    async with composed(settings, lazy=True) as parts:
        assert parts.snapshots("rel-1") is None


async def test_new_releases_are_pinned_to_the_policy_that_ships(settings: Settings) -> None:
    async with composed(settings, lazy=True) as parts:
        assert parts.rules.policy == default_policy()
        assert parts.engine.rules == parts.rules


async def test_a_policy_of_ones_own_is_used_instead(settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    version = default_policy().version
    own.write_text(DEFAULT_FILE.read_text().replace(version, "2027-01-own"))

    async with composed(settings.model_copy(update={"policy_path": own}), lazy=True) as parts:
        assert parts.rules.policy.version == "2027-01-own"


async def test_no_secret_shows_when_the_parts_are_printed(settings: Settings) -> None:
    async with composed(settings, lazy=True) as parts:
        assert "keys" not in repr(parts)
