"""The one question about restricted records that is asked where no read of the record asks it."""

from __future__ import annotations

from api.ports import Services
from domain.access_restriction import may_open


async def refuse_restricted(services: Services, account_id: str, release_id: str) -> None:
    """Let an account or a token through to a release in its scope, unless it is closed to it.

    Ask it once the release is known to be in scope: that a record is restricted must not tell
    anybody else that it exists.

    Raises:
        RecordRestricted: It is closed to them.
    """
    may_open(account_id, await services.restrictions.of(release_id))
