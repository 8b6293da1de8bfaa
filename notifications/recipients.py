"""Whom a notice reaches, as rotas and assignments say at that moment."""

from __future__ import annotations

from typing import NamedTuple

from domain.duty.posts import Post, Team
from domain.duty.rota import Unfilled


class Staff(NamedTuple):
    """A member of staff as messages need them; no name, because none is ever put into one.

    Attributes:
        id: Opaque; it is what trails and logs may hold.
        mobile: E.164.
        texts_stopped: They asked the number not to text them any more.
        mobile_failed: The provider said that the mobile takes nothing, for good.
    """

    id: str
    email: str | None
    mobile: str | None
    team: Team
    texts_stopped: bool = False
    mobile_failed: bool = False


class Gap(NamedTuple):
    """One place where somebody should have been found and nobody else could stand in.

    Attributes:
        post: None is the named worker.
    """

    team: Team
    post: Post | None
    reason: Unfilled


class Found(NamedTuple):
    """Who is to be told, or why nobody is.

    Attributes:
        staff: Each once; empty when a post stands empty.
        unfilled: Why somebody is missing; with several audiences others may still be there.
        team: The team whose post it is.
        gaps: Every empty place, each a data-quality task; `unfilled` is the first one's reason.
    """

    staff: tuple[Staff, ...]
    unfilled: Unfilled | None
    team: Team
    gaps: tuple[Gap, ...] = ()
