"""The single values in a part of a policy document that somebody may type anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from domain.policy import Severity
from infra.policies.figures import Place
from infra.policies.problems import Path

Document = dict[str, Any]
"""A policy as JSON has it."""

_WALL_TIME: Final = re.compile(r"\d\d:\d\d(:\d\d)?")
_SEVERITIES: Final = frozenset(Severity)
_NO_FIGURES: Final = frozenset(
    {"cite", "cites", "anchor", "clock", "unit", "target", "channels", "when", "every"}
)
"""How a figure is meant, and where it comes from: another meaning is another document."""

_UNITS: Final = {
    "hours": "hours",
    "calendar_days": "days",
    "working_days": "working days",
    "working_hours": "working hours",
    "minutes": "minutes",
}
_WORDS: Final = {
    "under_days": ("Short notice is fewer days than", "days"),
    "at_least_minutes": ("Everybody gets at least", "minutes"),
    "working_days": ("Everybody gets at most", "working days"),
    "by": ("By this time on the last of these days", ""),
    "opens": ("Open from", ""),
    "closes": ("Open until", ""),
    "rounds": ("How often the whole ladder is climbed", "times"),
    "window_from_day": ("From this day after release", ""),
    "window_to_day": ("To the end of this day after release", ""),
    "retention_days": ("After the start of treatment", "days"),
    "death_notifiable_within_days": ("After release", "days"),
    "exploitation_flags": ("From this many signs on", "signs"),
    "severity": ("Severity", ""),
    "to": ("Severity", ""),
    "at": ("At this time in London", ""),
}


class Leaf(NamedTuple):
    """One value.

    Attributes:
        value: As it is typed: a whole number without its sign, a wall time, or a severity.
        label: What it is, beside the words of its row.
        unit: What it counts; empty for a time or a severity.
    """

    path: Path
    value: str
    label: str
    unit: str

    @property
    def field(self) -> str:
        """The name of its input in a form."""
        return ".".join(str(each) for each in self.path)


def leaves_of(document: Document, place: Place, what: str) -> tuple[Leaf, ...]:
    """Return the values of a row in the order of the document; none when nothing may be typed.

    Args:
        document: The whole policy.
        place: Where the row stands.
        what: The words of the row, for a value that is the row alone.
    """
    part = value_at(document, place.part)
    if not isinstance(part, dict):
        return tuple(_leaf(document, place.part, part, what))
    names = place.names or tuple(part)
    return tuple(
        leaf for name in names for leaf in _walk(document, (*place.part, name), part[name])
    )


def value_at(document: Document, path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what stands at a place."""
    found: Any = document
    for each in path:
        found = found[each]
    return found


def written(document: Document, path: Path, typed: str) -> None:
    """Put a value that was typed in its place; a number keeps the sign that it had."""
    part = value_at(document, path[:-1])
    old = part[path[-1]]
    if isinstance(old, int):
        part[path[-1]] = -int(typed) if old < 0 else int(typed)
    else:
        part[path[-1]] = typed


def _walk(document: Document, path: Path, value: Any) -> Iterator[Leaf]:  # noqa: ANN401
    if path[-1] in _NO_FIGURES:
        return
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _walk(document, (*path, name), each)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _walk(document, (*path, number), each)
    else:
        yield from _leaf(document, path, value, "")


def _leaf(document: Document, path: Path, value: Any, what: str) -> Iterator[Leaf]:  # noqa: ANN401
    label, unit = _told(document, path, what)
    if isinstance(value, int) and not isinstance(value, bool):
        yield Leaf(path, str(abs(value)), label, unit)
    elif isinstance(value, str) and _WALL_TIME.fullmatch(value):
        yield Leaf(path, value[:5], label, "")
    elif value in _SEVERITIES:
        yield Leaf(path, str(value), label, "")


def _told(document: Document, path: Path, what: str) -> tuple[str, str]:
    if what:
        return what, _counts(str(path[-1]))
    if path[-1] != "count":
        label, unit = _WORDS[str(path[-1])]
        return (f"Then again {_at(document, path)}" if path[-2] == "again" else label), unit
    part = value_at(document, path[:-1])
    if "clock" in part:
        side = "Before" if part["count"] < 0 else "After"
        return f"{side} {_spaced(part['anchor'])}", _UNITS[part["clock"]]
    unit = _UNITS[part["unit"]]
    if path[-2] == "lease":
        return "An acknowledgement holds for", unit
    level = value_at(document, path[:-2])
    return f"{_spaced(level['target']).capitalize()}: next after", unit


def _at(document: Document, path: Path) -> str:
    every = value_at(document, path[:-1])["every"]
    return f"every {'day' if every == 'day' else 'Monday'} at"


def _counts(name: str) -> str:
    units = ("days", "minutes", "seconds")
    return next((each for each in units if name.endswith(each)), "")


def _spaced(code: str) -> str:
    return code.replace("_", " ")
