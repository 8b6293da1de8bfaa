"""A member of staff as somebody enters them, each value checked."""

from __future__ import annotations

from typing import NamedTuple

from domain.duty.posts import Team


class StaffEntry(NamedTuple):
    """One member of staff of one team.

    Attributes:
        reference: What the organisation itself calls them; unique in the whole service.
        mobile: E.164, a UK mobile; None when they have none for work.
        account: The name they sign in with, in small letters; "" when they have no account, None
            when nothing is said about it and what is known stays.
    """

    reference: str
    name: str
    team: Team
    email: str | None
    mobile: str | None
    account: str | None = None
