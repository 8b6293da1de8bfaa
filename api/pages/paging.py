"""The links to the other pages of a list, as the design system's macro wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


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
