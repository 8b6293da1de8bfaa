"""What was typed into a form that came after its session had ended: kept, and given back.

It may tell of health, so it goes back to the account that typed it and to no other browser's
sign-in page: it is kept on the server, for an hour, and only when the form is proved to come from a
page of a session of that account (ADR 15).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple, Protocol

KEPT_FOR: Final = timedelta(hours=1)
UNSAVED: Final = "/unsaved"
"""Where it is given back."""

_MACHINERY: Final = frozenset({"form_token", "key", "seq"})


class KeptForm(NamedTuple):
    """A form as it was sent.

    Attributes:
        path: Where it was sent.
        fields: Names and values in their order; a name may come more than once.
    """

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def typed(self) -> tuple[tuple[str, str], ...]:
        """What somebody typed or chose, without what the page itself carried along."""
        return tuple((name, value) for name, value in self.fields if name not in _MACHINERY)


class KeptForms(Protocol):
    """Keeps one form for each account; a newer one takes the place of the one before.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def keep(self, secret: str, form: KeptForm) -> bool:
        """Keep a form for whoever a session was of; False when that is not known any more."""

    async def find(self, account_id: str) -> KeptForm | None:
        """Return what is kept for an account, None after an hour."""

    async def drop(self, account_id: str) -> None:
        """Forget what is kept for an account."""
