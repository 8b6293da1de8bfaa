"""A member of staff as somebody enters them, each value checked."""

from __future__ import annotations

from typing import NamedTuple

from domain.duty.posts import Team


class StaffEntry(NamedTuple):
    """One member of staff of one team.

    Attributes:
        reference: What the organisation itself calls them; unique in the whole service.
        mobile: E.164, a UK mobile; None when they have none for work.
    """

    reference: str
    name: str
    team: Team
    email: str | None
    mobile: str | None
