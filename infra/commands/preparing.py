"""What must be true of the database before anything else runs on it."""

from __future__ import annotations

from infra.database import migrating
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.read_model import SqlReadModel
from infra.keys import load_keys
from infra.measures.figures import shipped_figures
from infra.measures.recounting import Recount
from infra.policies.loading import default_policy, load_policy
from infra.settings import Settings


def prepare_database(settings: Settings) -> None:
    """Migrate the database, store the policy of new releases, and count for measures if need be.

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
        read_model = SqlReadModel(database, key)
        read_model.store_policy(policy)
        Recount(database, read_model.measuring, shipped_figures()).if_needed()
    finally:
        database.close()
