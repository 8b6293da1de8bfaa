"""In which measures one release counts and why, in the words by which it was decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from domain.codes import Nation
from domain.measures.definitions import DEFINITIONS
from domain.measures.membership import Membership


class CountedIn(NamedTuple):
    """One measure, with the answer for this release."""

    title: str
    version: int
    result: str
    look: str
    words: str


def counted_in(found: Iterable[Membership], nation: Nation) -> tuple[CountedIn, ...]:
    """Return the answers of the nation's own measures; the other nation never counts it."""
    return tuple(_line(each) for each in found if nation in DEFINITIONS[each.measure].nations)


def _line(membership: Membership) -> CountedIn:
    definition = DEFINITIONS[membership.measure]
    result, look = _result(membership)
    return CountedIn(definition.title, definition.version, result, look, membership.words)


def _result(membership: Membership) -> tuple[str, str]:
    if not membership.counted:
        return "Not counted", "govuk-tag--grey"
    if membership.reached:
        return "Reached", "govuk-tag--green"
    return "Not reached", "govuk-tag--orange"
