"""Which part of a long list a page shows, and the links to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import ceil
from typing import Any, Final, NamedTuple

from api.filters import PageOf

LAST: Final = 10_000
"""No address asks for a later page."""


class Part(NamedTuple):
    """The part that is shown; the first row is 1."""

    first: int
    last: int
    total: int


def read_page(query: Mapping[str, str], size: int) -> PageOf:
    """Return the page that an address asks for, the first when it says nothing that makes sense."""
    given = query.get("page", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= 5 else 1  # noqa: PLR2004 - LAST
    return PageOf(min(max(number, 1), LAST), size)


def part_of(page: PageOf, shown: int, total: int) -> Part:
    """Return which rows a page shows."""
    return Part(page.offset + 1, page.offset + shown, total)


def pagination(page: PageOf, total: int, href: Callable[[int], str]) -> dict[str, Any] | None:
    """Return the links to other pages as the macro wants them; None for a single one.

    Args:
        page: The one that is shown.
        total: How many rows there are in all.
        href: The address of a page by its number.
    """
    pages = ceil(total / page.size)
    if pages <= 1:
        return None
    found: dict[str, Any] = {"items": list(_numbers(page.number, pages, href))}
    if page.number > 1:
        found["previous"] = {"href": href(page.number - 1)}
    if page.number < pages:
        found["next"] = {"href": href(page.number + 1)}
    return found


def _numbers(here: int, pages: int, href: Callable[[int], str]) -> Iterator[dict[str, object]]:
    near = {1, pages, *range(here - 1, here + 2)}
    before = 0
    for number in sorted(each for each in near if 1 <= each <= pages):
        if number - before > 1:
            yield {"ellipsis": True}
        yield {"number": number, "href": href(number), "current": number == here}
        before = number
