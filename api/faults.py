"""Turns what pydantic finds into fields and sentences that never repeat a submitted value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from api.refusals import FieldFault

MOST: Final = 50

_CHOICES: Final = re.compile(r"expected tags: (.*)", re.DOTALL)


def faults_of(found: Iterable[Mapping[str, Any]], *, skip: int = 0) -> tuple[FieldFault, ...]:
    """Return what is to be corrected, at most fifty things.

    Args:
        found: Pydantic's errors.
        skip: How many parts at the front of each location are not part of the field's path, such
            as the kind of the command it was found in.
    """
    faults = dict.fromkeys(_fault(each, skip) for each in found)
    return tuple(faults)[:MOST]


def _fault(found: Mapping[str, Any], skip: int) -> FieldFault:
    path = [str(part) for part in found["loc"][skip:]]
    if found["type"] == "extra_forbidden":
        return FieldFault(
            ".".join(path), "There is no such field. Leave it out or correct its name."
        )
    if found["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return FieldFault(".".join([*path, "kind"]), _one_of(found["msg"]))
    return FieldFault(".".join(path), _sentence(found["msg"]))


def _one_of(message: str) -> str:
    known = _CHOICES.search(message)
    return f"Give one of: {known[1]}." if known else "Say which kind this is."


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ").rstrip(".") + "."
