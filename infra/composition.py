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
from infra.database.clock import utc_now
from infra.database.engine import Database
from infra.database.people import PeopleStore
from infra.database.policy_changes import PolicyChangeStore
from infra.database.read_model import SqlReadModel
from infra.engine import Engine
from infra.keys import Keys, load_keys
from infra.policies.loading import default_policy, load_policy
from infra.policies.rules import working_calendar
from infra.reference_data.loading import load_reference_data
from infra.reference_data.reference import ReferenceData
from infra.rules_in_force import RulesInForce, followed
from infra.settings import Settings
from infra.snapshots import StoredSnapshots
from infra.temporal.client import connect


@dataclass(frozen=True, slots=True)
class Parts:
    """What one process works with; `database` is closed when the process leaves.

    Attributes:
        in_force: Tells what new releases are pinned to.
    """

    client: Client
    engine: Engine
    database: Database
    people: PeopleStore
    read_model: SqlReadModel
    snapshots: StoredSnapshots
    reference: ReferenceData
    in_force: RulesInForce
    keys: Keys = field(repr=False)

    @property
    def rules(self) -> Rules:
        """The policy and calendar that a release started now is pinned to."""
        return self.in_force.rules()


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
    calendar = working_calendar(reference)
    database = Database(settings.database_url)
    in_force = RulesInForce(
        policy or default_policy(), calendar, PolicyChangeStore(database), utc_now
    )
    try:
        read_model = SqlReadModel(database, audit_key_from(keys.id_key))
        snapshots = StoredSnapshots(database, read_model.policy, calendar)
        with followed(in_force):
            yield Parts(
                client=client,
                engine=Engine(client, in_force.rules(), snapshots),
                database=database,
                people=PeopleStore(database, measuring=read_model.measuring),
                read_model=read_model,
                snapshots=snapshots,
                reference=reference,
                in_force=in_force,
                keys=keys,
            )
    finally:
        database.close()
