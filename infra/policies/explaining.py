"""Turn what validation found into problems that name a line and what is allowed there."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from types import UnionType
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.journey import Step
from domain.policy import Policy, Severity
from infra.policies.problems import Path, Problem
from infra.policies.reading import Located

_COMPLETE: Final[dict[str, type[StrEnum]]] = {"steps": Step, "chains": Severity}
"""Top-level mappings that must have every member of a vocabulary as a key."""

_MISSING: Final = "is missing"
_WORDS: Final = {
    "missing": _MISSING,
    "string_type": "Input should be text; put a number in quotes",
    "time_type": 'Input should be a London wall time in quotes, such as "17:00"',
    "time_parsing": 'Input should be a London wall time in quotes, such as "17:00"',
    "date_type": "Input should be a date, such as 2026-11-01",
    "model_type": "Input should be keys with values",
    "model_attributes_type": "Input should be keys with values",
    "dict_type": "Input should be keys with values",
}
_KIND: Final = "value_error"


def explain(error: ValidationError, document: Located) -> list[Problem]:
    """Return one problem for each place that is wrong, never repeating the value found there."""
    found: dict[Path, Problem] = {each.path: each for each in _missing_members(document)}
    is_incomplete = bool(found)
    faults = error.errors(include_url=False, include_input=False)
    for fault in faults:
        # The shape's own check of completeness speaks up too, without a line.
        if is_incomplete and fault["type"] == _KIND and not fault["loc"]:
            continue
        if _only_counts_the_rest(fault, faults):
            continue
        place = document.found(fault["loc"])
        path = fault["loc"] if fault["type"] == "missing" else place
        said = found.get(path)
        message = f"{said.message}, or {_tail(fault)}" if said else _message(fault, place)
        found[path] = Problem(document.lines[place], path, message)
    return list(found.values())


def _only_counts_the_rest(fault: ErrorDetails, faults: list[ErrorDetails]) -> bool:
    """Return whether a list is called too short only because what is in it is wrong."""
    at = fault["loc"]
    return fault["type"] == "too_short" and any(
        each["loc"][: len(at)] == at and len(each["loc"]) > len(at) for each in faults
    )


def _missing_members(document: Located) -> Iterator[Problem]:
    value = document.value if isinstance(document.value, dict) else {}
    for key, members in _COMPLETE.items():
        given = value.get(key)
        if isinstance(given, dict):
            for member in members:
                if member not in given:
                    yield Problem(document.lines[key,], (key, member.value), _MISSING)


def _message(fault: ErrorDetails, place: Path) -> str:
    if fault["type"] == "extra_forbidden":
        return f"is not known here; known are {', '.join(_known_keys(place[:-1]))}"
    return _WORDS.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")


def _tail(fault: ErrorDetails) -> str:
    """Return what another form of the same value would have to be."""
    return _message(fault, ()).removeprefix("Input should be ")


def _known_keys(path: Path) -> list[str]:
    """Return the keys of the model at `path`, by walking the shape itself."""
    shape: Any = Policy
    for part in path:
        if _is_model(shape):
            field = shape.model_fields[str(part)].annotation
            shape = _inside(field) if isinstance(field, UnionType) else field
        else:
            shape = _inside(shape)
    return list(shape.model_fields)


def _is_model(shape: object) -> bool:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _inside(shape: Any) -> Any:  # noqa: ANN401 - annotations have no common type
    """Return the model in `X | None`, `tuple[X, ...]` or `dict[K, X]`."""
    return next(each for each in get_args(shape) if _is_model(each))
