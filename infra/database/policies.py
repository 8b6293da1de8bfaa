"""Policy documents as stored: one per version, for ever."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from domain.policy import Policy
from infra.database.engine import Database
from infra.database.errors import PolicyChangedError, UnknownPolicyError
from infra.database.tables import PolicyRow, table_of
from infra.database.upsert import insert_into


def store(database: Database, policy: Policy, now: datetime) -> None:
    """Store a policy under its version; storing the same document again changes nothing.

    Raises:
        PolicyChangedError: Another document is stored under that version.
    """
    document = policy.model_dump(mode="json")
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"))
    with database.write() as session:
        session.execute(
            insert_into(table_of(PolicyRow), database.dialect).on_conflict_do_nothing(),
            {
                "version": policy.version,
                "document": document,
                "digest": sha256(canonical.encode()).hexdigest(),
                "stored_at": now,
            },
        )
        held = select(PolicyRow.document).where(PolicyRow.version == policy.version)
        # Compared as documents, not as bytes: a field that the code gained has its default.
        if Policy.model_validate(session.execute(held).scalar_one()) != policy:
            raise PolicyChangedError(policy.version)


def every(database: Database) -> tuple[tuple[Policy, datetime], ...]:
    """Return every policy with when it was stored, the oldest first."""
    query = select(PolicyRow.document, PolicyRow.stored_at).order_by(
        PolicyRow.stored_at, PolicyRow.version
    )
    with database.read() as session:
        found = session.execute(query).all()
    return tuple((Policy.model_validate(document), at) for document, at in found)


def stored(database: Database, version: str) -> Policy:
    """Return the policy stored under a version.

    Raises:
        UnknownPolicyError: None is.
    """
    with database.read() as session:
        held = select(PolicyRow.document).where(PolicyRow.version == version)
        document = session.execute(held).scalar_one_or_none()
    if document is None:
        raise UnknownPolicyError(version)
    return Policy.model_validate(document)
