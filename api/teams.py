"""Teams and posts as an address names them, and staff as a change of their rota may name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.duty_ports import StaffBook, TeamUnknownError
from api.ports import NotAcceptableError, Services
from domain.codes import Role
from domain.duty.posts import Post, Team, has_post
from domain.identifiers import FieldError

NOBODY: Final = "Nobody who works here has this id"


def team_named(services: Services, role: str, organisation: str) -> Team:
    """Return the team of a role at an organisation.

    Raises:
        TeamUnknownError: There is none.
    """
    try:
        return services.duty.staff.team(Role(role), organisation)
    except (ValueError, FieldError):
        raise TeamUnknownError from None


def post_named(team: Team, post: str) -> Post:
    """Return a post that a page can turn to in a team.

    Raises:
        TeamUnknownError: The team has no such post.
    """
    try:
        wanted = Post(post)
    except ValueError:
        raise TeamUnknownError from None
    if not has_post(team, wanted):
        raise TeamUnknownError
    return wanted


async def refuse_unknown_staff(book: StaffBook, named: Mapping[str, str | None]) -> None:
    """Refuse whoever does not work here, or works here no more.

    Args:
        book: The staff.
        named: An id, or nobody, by the field that names it.

    Raises:
        NotAcceptableError: With every field that names somebody unknown.
    """
    here: dict[str, bool] = {}
    for each in dict.fromkeys(filter(None, named.values())):
        found = await book.one(each)
        here[each] = found is not None and found.left_at is None
    faults = [FieldError(field, NOBODY) for field, each in named.items() if each and not here[each]]
    if faults:
        raise NotAcceptableError(faults)
