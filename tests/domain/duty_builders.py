"""Shifts and absences in few words, for the tests of rotas."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.codes import Role
from domain.duty.posts import Post, Team
from domain.duty.rota import Absence, Shift

LEEDS = Team("LEI", Role.RESETTLEMENT)
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def shift(
    staff_id: str,
    start: float,
    end: float | None,
    *,
    post: Post = Post.DUTY,
    team: Team = LEEDS,
) -> Shift:
    """A shift from and until hours after Monday midnight; None is until further notice."""
    ends_at = None if end is None else MONDAY + hours(end)
    return Shift(post, team, staff_id, MONDAY + hours(start), ends_at)


def absence(staff_id: str, start: float, end: float | None, cover: str | None = None) -> Absence:
    ends_at = None if end is None else MONDAY + hours(end)
    return Absence(staff_id, MONDAY + hours(start), ends_at, cover)
