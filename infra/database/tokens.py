"""Bearer tokens: the secret is shown once, and only its digest is kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from uuid import uuid4

from sqlalchemy import or_, select, update

from domain.access import NOTHING, Codes, Subject
from domain.codes import Role
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.subjects import scopes_json, subject_of
from infra.database.tables import TokenRow, table_of

PREFIX: Final = "tc_"
"""Lets scanners for leaked secrets know one of ours."""

_BYTES: Final = 32


@dataclass(frozen=True)
class NewToken:
    """What a token lets its holder do; the places mean what they mean in `domain.access.Subject`.

    Attributes:
        label: For the operator's list; not shown to anybody else.
        expires_at: Aware UTC; None never expires.
    """

    role: Role
    label: str
    prisons: Codes = NOTHING
    units: Codes = NOTHING
    services: Codes = NOTHING
    areas: Codes = NOTHING
    manager: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True)
class IssuedToken:
    """A token as operators see it, without its secret."""

    id: str
    subject: Subject
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class TokenStore:
    """Issues, finds and revokes tokens."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        """Use the tokens in `database`."""
        self._database = database
        self._clock = clock

    def create(self, token: NewToken) -> tuple[str, str]:
        """Issue a token; returns its id and its secret, which cannot be had again."""
        token_id, secret = uuid4().hex, PREFIX + secrets.token_urlsafe(_BYTES)
        row = TokenRow(
            id=token_id,
            digest=_digest(secret),
            role=token.role,
            scopes=scopes_json(token),
            manager=token.manager,
            label=token.label,
            created_at=self._clock(),
            expires_at=token.expires_at,
            revoked_at=None,
        )
        with self._database.write() as session:
            session.add(row)
        return token_id, secret

    def find(self, secret: str) -> Subject | None:
        """Return who holds the token; None when it is unknown, expired or revoked.

        Looked up by digest, so that the time it takes says nothing about the secret.
        """
        now = self._clock()
        query = select(TokenRow).where(
            TokenRow.digest == _digest(secret),
            TokenRow.revoked_at.is_(None),
            or_(TokenRow.expires_at.is_(None), TokenRow.expires_at > now),
        )
        with self._database.read() as session:
            found = session.execute(query).scalar_one_or_none()
            return None if found is None else subject_of(found)

    def revoke(self, token_id: str) -> bool:
        """Revoke a token from now on; False when there is none, or it was revoked before."""
        tokens = table_of(TokenRow)
        revoked = (
            update(tokens)
            .where(tokens.c.id == token_id, tokens.c.revoked_at.is_(None))
            .values(revoked_at=self._clock())
            .returning(tokens.c.id)
        )
        with self._database.write() as session:
            return session.execute(revoked).one_or_none() is not None

    def issued(self) -> tuple[IssuedToken, ...]:
        """Return every token ever issued, oldest first."""
        query = select(TokenRow).order_by(TokenRow.created_at, TokenRow.id)
        with self._database.read() as session:
            return tuple(
                IssuedToken(
                    id=each.id,
                    subject=subject_of(each),
                    label=each.label,
                    created_at=each.created_at,
                    expires_at=each.expires_at,
                    revoked_at=each.revoked_at,
                )
                for each in session.execute(query).scalars()
            )


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess from.
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()
