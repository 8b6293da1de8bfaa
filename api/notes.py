"""Free text that comes with commands: stored apart, referred to by id.

A command carries ids only, because it travels in a durable process. The sender names a note with a
key of their own; the id is derived, so that a repeated request refers to the same notes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

from pydantic import Field, TypeAdapter

from api.parsing import Json, strictly
from api.refusals import FieldFault, InvalidInputError
from domain.facts import Code
from domain.state import Release

NOTE_LONGEST: Final = 4000
MOST_NOTES: Final = 60

NoteText = Annotated[
    str,
    # PostgreSQL stores no NUL; other control characters have no business in a note.
    Field(min_length=1, max_length=NOTE_LONGEST, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"),
]
NotesByKey = Annotated[dict[Code, NoteText], Field(max_length=MOST_NOTES)]

_NOTES: Final[TypeAdapter[dict[str, str]]] = TypeAdapter(NotesByKey)


def read_notes(value: Json) -> dict[str, str]:
    """Return the texts by the sender's own keys.

    Raises:
        InvalidInputError: A key or a text cannot be stored. Keys are not repeated.
    """
    try:
        return strictly(_NOTES, value)
    except InvalidInputError as error:
        faults = [FieldFault("notes", each.message) for each in error.faults]
        raise InvalidInputError(tuple(dict.fromkeys(faults))) from None


def ids_of(notes: Mapping[str, str], release_id: str, author: str, key: str) -> dict[str, str]:
    """Return the id of each note by the sender's own key: always the same for the same request."""
    return {each: _id(release_id, author, key, each) for each in notes}


def _id(*parts: str) -> str:
    # Every part is a code without spaces, so two different requests never join to the same text.
    return "n-" + hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


def referred(value: Json) -> Iterator[tuple[dict[str, Json], str]]:
    """Yield every reference to a note in a command: the object and the name of its field."""
    if isinstance(value, dict):
        for name, each in value.items():
            if (name == "note" or name.endswith("_note")) and isinstance(each, str):
                yield value, name
            else:
                yield from referred(each)
    elif isinstance(value, list):
        for each in value:
            yield from referred(each)


def put_ids(commands: list[Json], ids: Mapping[str, str]) -> None:
    """Replace the sender's keys by ids, in place.

    Raises:
        InvalidInputError: A note came that no command refers to.
    """
    places = [(holder, name) for command in commands for holder, name in referred(command)]
    if set(ids) - {str(holder[name]) for holder, name in places}:
        message = "A note came that no command refers to. Refer to it or leave it out."
        raise InvalidInputError([FieldFault("notes", message)])
    for holder, name in places:
        holder[name] = ids.get(str(holder[name]), holder[name])


def refuse_dangling(commands: list[Json], ids: Mapping[str, str], release: Release) -> None:
    """Refuse a reference to a note that neither came with the request nor is on the release.

    Raises:
        InvalidInputError: Naming the fields.
    """
    on_record = {str(holder[name]) for holder, name in referred(release.model_dump(mode="json"))}
    known = on_record | set(ids.values())
    message = "There is no such note. Send its text in notes, under the key that is given here."
    faults = {
        FieldFault(name, message): None
        for command in commands
        for holder, name in referred(command)
        if holder[name] not in known
    }
    if faults:
        raise InvalidInputError(tuple(faults))
