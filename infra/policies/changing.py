"""A policy with other figures: what may be typed, and the new version that comes of it.

Only figures change here. How one is meant, whom a ladder pages and what the law says of the day of
release stay with the document that the service is started with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from domain.errors import ThroughcareError
from domain.policy import Certainty, Policy
from infra.policies.checks import check
from infra.policies.figures import Row, sections
from infra.policies.leaves import Document, Leaf, leaves_of, value_at, written
from infra.policies.problems import Finding, Path

_TIED: Final[Mapping[Path, Path]] = {
    ("engagement", "window_to_day"): ("steps", "engagement", "due", "count"),
    ("engagement", "retention_days"): ("steps", "retention", "due", "count"),
}
"""Figures that are one: the rates count with the first, the step is due by the second."""

_BY_LAW: Final = "day_of_release"
_NUMBER: Final = re.compile(r"\d{1,5}")
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_LONGEST_NOTE: Final = 400


class Decision(NamedTuple):
    """What stands behind other figures.

    Attributes:
        version: Of the policy that comes of it.
        effective_on: The London day from which new releases follow it.
        decided_by: A board or a role, never a person's name.
        reason: Why, to be read beside the figure.
    """

    version: str
    effective_on: date
    decided_by: str
    reason: str


class UnusableFiguresError(ThroughcareError):
    """What was typed makes no policy.

    Attributes:
        findings: What to correct; the path is the field of a value, or empty for the whole.
    """

    def __init__(self, findings: list[Finding]) -> None:
        """Say what there is to correct, one line each."""
        self.findings = findings
        super().__init__("\n".join(each.message for each in findings))


class Changeable(NamedTuple):
    """A row whose values may be typed anew."""

    section: str
    row: Row
    leaves: tuple[Leaf, ...]


def document_of(policy: Policy) -> Document:
    """Return a policy as JSON has it."""
    document: Document = policy.model_dump(mode="json")
    return document


def changeable(policy: Policy) -> dict[str, Changeable]:
    """Return the rows of a policy that may be changed, by the slug of their place."""
    document = document_of(policy)
    found = {
        row.place.slug: Changeable(section.title, row, leaves_of(document, row.place, row.what))
        for section in sections(policy)
        for row in section.rows
        if row.place.part[0] != _BY_LAW
    }
    return {slug: each for slug, each in found.items() if each.leaves}


def changed(
    policy: Policy, what: Changeable, typed: Mapping[str, str], decision: Decision
) -> Policy:
    """Return the policy with what was typed for one of its rows, and whatever is tied to that.

    Args:
        policy: The one that is changed.
        what: The row, of this very policy.
        typed: Each value by the name of its field.
        decision: What stands behind it; it becomes the citation of the row.

    Raises:
        UnusableFiguresError: Nothing was typed anew, or no such policy can be.
    """
    document = document_of(policy)
    for leaf in what.leaves:
        written(document, leaf.path, _read(leaf, typed.get(leaf.field, "")))
    before = {leaf.field: leaf.value for leaf in what.leaves}
    after = {each.field: each.value for each in leaves_of(document, what.row.place, what.row.what)}
    if before == after:
        raise UnusableFiguresError([Finding((), "Enter another figure than the one there is now")])
    for leaf in what.leaves:
        _keep_tied(document, leaf.path)
    cite = {"source": f"Decided by {decision.decided_by}", "certainty": Certainty.DEFAULT.value}
    note = decision.reason[:_LONGEST_NOTE]
    _put(document, what.row.place.cite, {**cite, "note": note})
    document |= {
        "version": decision.version,
        "effective_on": decision.effective_on.isoformat(),
        "decided_by": decision.decided_by,
    }
    return _checked(document, what)


def _read(leaf: Leaf, typed: str) -> str:
    """Return a value as the document has it.

    Raises:
        UnusableFiguresError: It is no value of its kind.
    """
    value = typed.strip()
    if ":" in leaf.value:
        value = value.zfill(len("00:00"))
        if not _CLOCK.fullmatch(value):
            raise UnusableFiguresError([Finding(leaf.path, "Enter a time, such as 09:30")])
    elif leaf.value.isdigit() and not _NUMBER.fullmatch(value):
        raise UnusableFiguresError([Finding(leaf.path, "Enter a whole number, such as 5")])
    return value


def _keep_tied(document: Document, path: Path) -> None:
    for rate, step in _TIED.items():
        if path == rate:
            _put(document, step, value_at(document, rate))
        elif path == step:
            _put(document, rate, value_at(document, step))


def _put(document: Document, path: Path, value: Any) -> None:  # noqa: ANN401 - as JSON has it
    value_at(document, path[:-1])[path[-1]] = value


def _checked(document: Document, what: Changeable) -> Policy:
    try:
        policy = Policy.model_validate_json(json.dumps(document), strict=True, extra="forbid")
    except ValidationError as error:
        found = [Finding(tuple(each["loc"]), _plain(each)) for each in error.errors()]
    else:
        found = check(policy)
        if not found:
            return policy
    placed = [_at_its_field(each, what) for each in found]
    # A value that may be of two kinds is told of for each; the first is the kind that it is.
    first = {each.path: each for each in reversed(placed) if each.path}
    raise UnusableFiguresError([*first.values(), *(each for each in placed if not each.path)])


def _at_its_field(finding: Finding, what: Changeable) -> Finding:
    """Return what is wrong at the value that was typed, or about the whole with its place named."""
    for leaf in what.leaves:
        size = min(len(leaf.path), len(finding.path))
        if size > len(what.row.place.part) - 1 and leaf.path[:size] == finding.path[:size]:
            return Finding(leaf.path, f"This {finding.message}")
    place = " ".join(str(each).replace("_", " ") for each in finding.path)
    return Finding((), f"It does not go with {place}, which {finding.message}")


def _plain(error: ErrorDetails) -> str:
    """Return what pydantic says, as a sentence's end."""
    limits = {"less_than_equal": ("le", "less"), "greater_than_equal": ("ge", "more")}
    name, side = limits.get(error["type"], ("", ""))
    if name:
        return f"must be {error['ctx'][name]} or {side}"
    message = error["msg"].removeprefix("Value error, ")
    return f"cannot be used: {message}"
