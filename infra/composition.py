"""Choose and join the parts that web, command line and reconciling share.

Which implementation stands behind a port is decided here and in the processes' own modules,
nowhere else.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from temporalio.client import Client

from domain.rules import Rules
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.people import PeopleStore
from infra.database.read_model import SqlReadModel
from infra.engine import Engine
from infra.keys import Keys, load_keys
from infra.policies.loading import load_policy
from infra.policies.rules import default_rules
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData
from infra.settings import Settings
from infra.snapshots import StoredSnapshots
from infra.temporal.client import connect


@dataclass(frozen=True, slots=True)
class Parts:
    """What one process works with; `database` is closed when the process leaves.

    Attributes:
        rules: The policy and calendar that new releases are pinned to.
    """

    client: Client
    engine: Engine
    database: Database
    people: PeopleStore
    read_model: SqlReadModel
    snapshots: StoredSnapshots
    reference: ReferenceData
    rules: Rules
    keys: Keys = field(repr=False)


@asynccontextmanager
async def composed(settings: Settings, *, lazy: bool = False) -> AsyncIterator[Parts]:
    """Open everything for the length of a block.

    Args:
        settings: Which server, which database, which policy.
        lazy: Reach the server at the first call instead of now, so that reads work without it.

    Raises:
        TemporalUnavailableError: No server answers; never raised when lazy.
        UnusableKeysError: The keys cannot be used.
        PolicyError: The policy document cannot be used.
    """
    async with composed_with(settings, await connect(settings, lazy=lazy)) as parts:
        yield parts


@asynccontextmanager
async def composed_with(settings: Settings, client: Client) -> AsyncIterator[Parts]:
    """Open everything around a client that is connected already; raises as `composed`."""
    keys = load_keys(settings)
    reference = load_reference_data()
    policy = load_policy(settings.policy_path) if settings.policy_path else None
    rules = default_rules(reference, policy)
    database = Database(settings.database_url)
    try:
        read_model = SqlReadModel(database, audit_key_from(keys.id_key))
        snapshots = StoredSnapshots(database, read_model.policy, rules.calendar)
        yield Parts(
            client=client,
            engine=Engine(client, rules, snapshots),
            database=database,
            people=PeopleStore(database, measuring=read_model.measuring),
            read_model=read_model,
            snapshots=snapshots,
            reference=reference,
            rules=rules,
            keys=keys,
        )
    finally:
        database.close()
