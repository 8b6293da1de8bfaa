"""Which part of a long list a page shows, and the links to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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


def pagination(here: int, pages: int, at: Callable[[int], str]) -> dict[str, Any] | None:
    """Return the links to a list's other pages; None for a single one.

    Args:
        here: The page that is open, from 1.
        pages: How many there are.
        at: The address of a page.
    """
    if pages <= 1:
        return None
    found: dict[str, Any] = {"items": list(_numbers(here, pages, at))}
    if here > 1:
        found["previous"] = {"href": at(here - 1)}
    if here < pages:
        found["next"] = {"href": at(here + 1)}
    return found


def _numbers(here: int, pages: int, at: Callable[[int], str]) -> Iterator[dict[str, object]]:
    """Yield the first page, the last and those around the open one, and what lies between."""
    near = {1, pages, *range(here - 1, here + 2)}
    shown = sorted(each for each in near if 1 <= each <= pages)
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            yield {"ellipsis": True}
        yield {"number": number, "href": at(number), "current": number == here}
