"""Reads JSON strictly: exact types, ISO dates only, no field that is not known.

Pydantic's strict mode still takes a string of digits for a date, which once made the start of 1970
of a zero, and years in which no arithmetic is possible. Both are refused before a model sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeVar

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from api.faults import faults_of
from api.refusals import FieldFault, InvalidInputError, NotJsonError

Json = object
NOTES: Final = "notes"
"""The one part of a body whose keys are the sender's own."""

Model = TypeVar("Model")

_JSON_TYPE: Final = re.compile(r"application/json(\s*;\s*charset=\"?utf-8\"?)?\s*", re.IGNORECASE)
DATE_FIELDS: Final = re.compile(r"(.+_)?(on|at|date)|date_.+")
_DATE: Final = re.compile(r"(19|20|21)[0-9]{2}-.*", re.DOTALL)


async def json_body(request: Request) -> Json:
    """Return the JSON value that was sent.

    Raises:
        NotJsonError: Another content type.
        InvalidInputError: Not JSON, or a date that is a number or of no year of ours.
    """
    if not _JSON_TYPE.fullmatch(request.headers.get("content-type", "")):
        raise NotJsonError
    try:
        value: Json = from_json(await request.body(), allow_inf_nan=False, cache_strings="keys")
    except ValueError:
        raise InvalidInputError([FieldFault("", "The body is not valid JSON.")]) from None
    refuse_odd_dates(value)
    return value


def refuse_odd_dates(value: Json) -> None:
    """Refuse, wherever a date or an instant belongs, text that does not begin with a likely year.

    Raises:
        InvalidInputError: Naming every such field.
    """
    faults = [
        FieldFault(path, "Give a date as YYYY-MM-DD, or an instant as 2026-11-21T09:30:00Z.")
        for path in _odd_dates(value, "", is_date=False)
    ]
    if faults:
        raise InvalidInputError(faults)


def _odd_dates(value: Json, path: str, *, is_date: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            if key == NOTES:
                continue  # free text under keys of the sender's own
            known = DATE_FIELDS.fullmatch(key) is not None
            yield from _odd_dates(each, f"{path}.{key}".lstrip("."), is_date=known)
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _odd_dates(each, f"{path}.{place}", is_date=is_date)
    elif is_date and isinstance(value, str) and not _DATE.fullmatch(value):
        yield path


def strictly(adapter: TypeAdapter[Model], value: Json, *, under: str = "", skip: int = 0) -> Model:
    """Return `value` as the model that `adapter` stands for.

    Args:
        adapter: The model, or a union of models told apart by their kind.
        value: A JSON value.
        under: The path of `value` in the request, put before the path of each fault.
        skip: 1 for a union, whose kind would otherwise be part of every path.

    Raises:
        InvalidInputError: With every fault.
    """
    try:
        return adapter.validate_json(to_json(value), strict=True, extra="forbid")
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    faults = faults_of(found, skip=skip)
    raise InvalidInputError(
        [FieldFault(".".join(filter(None, (under, each.field))), each.message) for each in faults]
    )
