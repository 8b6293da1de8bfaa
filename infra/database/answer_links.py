"""Links for answering a referral: made, opened by their code, used up; kept as digests only."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, insert, select, update

from api.pages.answer_links import AnswerLink, NewAnswerLink
from infra.database.clock import Clock, utc_now
from infra.database.engine import Database
from infra.database.tables import AnswerLinkRow, table_of

LASTS: Final = timedelta(days=7)
"""The five working days that a referral has for its answer, with the weekend that lies in them."""
MOST_ATTEMPTS: Final = 5
CODE_LENGTH: Final = 8
ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What nobody mishears or misreads: no 0, 1, I, L, O or U."""

_LINKS: Final = table_of(AnswerLinkRow)


class Secrets(NamedTuple):
    """What opens a link that was just made; neither half is kept."""

    token: str
    code: str
    expires_at: datetime


def code_key_from(id_key: bytes) -> bytes:
    """Return the key for digests of codes, apart from every other use of the secret."""
    return sha256(b"throughcare answer codes" + id_key).digest()


class AnswerLinkStore:
    """Makes, opens, finds and uses up links."""

    def __init__(self, database: Database, key: bytes, clock: Clock = utc_now) -> None:
        """Use the links in `database`; `key` keeps short codes from being guessed from digests."""
        self._database = database
        self._key = key
        self._clock = clock

    def issue(self, new: NewAnswerLink) -> Secrets:
        """Make a link; earlier ones for the same referral are revoked."""
        now, token = self._clock(), secrets.token_urlsafe(32)
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        made = Secrets(token, code, now + LASTS)
        earlier = and_(
            _LINKS.c.release_id == new.release_id,
            _LINKS.c.referral == new.referral,
            _LINKS.c.revoked_at.is_(None),
        )
        row = {
            "id": uuid4().hex,
            "token_digest": token_digest(token),
            "code_digest": self._code_digest(token, code),
            **new._asdict(),
            "made_at": now,
            "expires_at": made.expires_at,
            "attempts": 0,
        }
        with self._database.write() as session:
            session.execute(update(_LINKS).where(earlier).values(revoked_at=now))
            session.execute(insert(_LINKS), row)
        return made

    def open(self, token: str, code: str) -> AnswerLink | None:
        """Return the link that this code opens; None for a wrong code and for every dead link."""
        # The attempt is counted before the code is looked at, so that codes tried at the same
        # moment cannot share one.
        counted = (
            update(_LINKS)
            .where(self._works(token))
            .values(attempts=_LINKS.c.attempts + 1)
            .returning(*_LINKS.c)
        )
        given = self._code_digest(token, code)
        with self._database.write() as session:
            found = session.execute(counted).mappings().one_or_none()
            known = found["code_digest"] if found else "0" * len(given)
            if not hmac.compare_digest(given, known) or found is None:
                return None
            again = update(_LINKS).where(_LINKS.c.id == found["id"]).values(attempts=0)
            session.execute(again)
            return _link(found)

    def find(self, token: str) -> AnswerLink | None:
        """Return a link that works, whether or not a code has been given for it."""
        with self._database.read() as session:
            found = session.execute(select(_LINKS).where(self._works(token))).mappings()
            row = found.one_or_none()
            return _link(row) if row else None

    def spend(self, link_id: str) -> None:
        """Use a link up."""
        used = update(_LINKS).where(_LINKS.c.id == link_id).values(used_at=self._clock())
        with self._database.write() as session:
            session.execute(used)

    def _works(self, token: str) -> ColumnElement[bool]:
        return and_(
            _LINKS.c.token_digest == token_digest(token),
            _LINKS.c.expires_at > self._clock(),
            _LINKS.c.attempts < MOST_ATTEMPTS,
            _LINKS.c.used_at.is_(None),
            _LINKS.c.revoked_at.is_(None),
        )

    def _code_digest(self, token: str, code: str) -> str:
        said = "".join(each for each in code.upper() if each.isalnum())
        about = f"{token_digest(token)} {said}".encode(errors="surrogatepass")
        return hmac.new(self._key, about, sha256).hexdigest()


def token_digest(token: str) -> str:
    """Return what is kept of a token; 256 random bits need no slow hash."""
    return sha256(token.encode(errors="surrogatepass")).hexdigest()


def _link(row: Any) -> AnswerLink:  # noqa: ANN401 - a mapping of the row's columns
    return AnswerLink(
        id=row["id"],
        release_id=row["release_id"],
        referral=row["referral"],
        service=row["service"],
    )
