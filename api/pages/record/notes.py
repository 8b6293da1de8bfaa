"""What was written about a person in free words, under the answer that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from api.pages.casework import words
from api.pages.roles import ROLES
from api.ports import Services
from api.records import NoteRecord
from domain.access_notes import sees_note
from domain.codes import Role
from domain.journey import DEFINITIONS, Step
from domain.state import Release


class Written(NamedTuple):
    """One note.

    Attributes:
        text: None when it is not for the reader's role.
        by: A name and what they do.
    """

    step: str
    about: str
    text: str | None
    by: str
    at: datetime


class _Place(NamedTuple):
    step: Step
    about: str
    note: str | None


async def notes_of(services: Services, shown: Release, reader: Role) -> list[Written]:
    """Return the notes that belong to what the reader sees, in the journey's order.

    Args:
        services: Whose notes are read.
        shown: The state as the reader may see it: a note of something hidden is not even asked for.
        reader: Their role.
    """
    places = [each for each in _places(shown) if each.note is not None]
    ids = frozenset(each.note for each in places if each.note is not None)
    if not ids:
        return []
    found = await services.notes.written(shown.release_id, ids)
    return [
        _written(each, found[each.note], reader)
        for each in places
        if each.note is not None and each.note in found
    ]


def _places(shown: Release) -> Iterator[_Place]:
    for pathway, answer in shown.answers.items():
        yield _Place(Step.SCREENING, words.PATHWAYS[pathway], answer.why_note)
    for action in shown.actions:
        yield _Place(Step.PLAN, words.PATHWAYS[action.pathway], action.note)
    for condition in shown.conditions.values():
        name, criteria = words.CONDITIONS[condition.condition], condition.criteria
        if criteria is not None:
            yield _Place(Step.LICENCE, f"{name}: necessity", criteria.necessity_note)
            yield _Place(Step.LICENCE, f"{name}: proportionality", criteria.proportionality_note)


def _written(place: _Place, record: NoteRecord, reader: Role) -> Written:
    return Written(
        step=DEFINITIONS[place.step].title,
        about=place.about,
        text=record.text if sees_note(reader, record.role) else None,
        by=_by(record),
        at=record.at,
    )


def _by(record: NoteRecord) -> str:
    name = record.name or "Another system"
    return f"{name}, {ROLES[record.role].lower()}" if record.role else name
