"""What must be true of the database before anything else runs on it."""

from __future__ import annotations

from infra.database import migrating
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.keys import load_keys
from infra.policies.loading import default_policy, load_policy
from infra.settings import Settings


def prepare_database(settings: Settings) -> None:
    """Migrate the database and store the policy that new releases will follow.

    Raises:
        StoreUnavailableError: The database is unreachable.
        PolicyError: The policy document cannot be used.
        PolicyChangedError: A version that is stored came with other figures.
    """
    policy = load_policy(settings.policy_path) if settings.policy_path else default_policy()
    migrating.upgrade(settings.database_url)
    database = Database(settings.database_url)
    try:
        key = audit_key_from(load_keys(settings).id_key)
        SqlReadModel(database, key).store_policy(policy)
    finally:
        database.close()
