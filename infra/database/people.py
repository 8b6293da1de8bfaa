"""People and their notes: everything that names anybody, kept apart from journeys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.codes import EthnicityGroup, Sex
from domain.london_time import london_date
from infra.database.clock import Clock, utc_now
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.errors import EpisodeConflictError, NoteConflictError, UnusableTextError
from infra.database.tables import (
    ContactRow,
    EpisodeRow,
    NoteRow,
    PersonRow,
    ReleaseRow,
    table_of,
)
from infra.database.upsert import dialect_of, insert_into
from infra.measures.measuring import Measuring

_PEOPLE: Final = table_of(PersonRow)
_CUT_BY: Final = frozenset({"date_of_birth", "sex", "ethnicity"})
"""What measures are broken down by."""


@dataclass(frozen=True)
class NewPerson:
    """A person as a form or a file states them; None is "not stated", which overwrites nothing."""

    prison_number: str
    forename: str
    surname: str
    date_of_birth: date
    crn: str | None = None
    sex: Sex | None = None
    ethnicity: EthnicityGroup | None = None
    mobile: str | None = None


@dataclass(frozen=True)
class Registration:
    """A person, and the release that is theirs."""

    person: NewPerson
    release_id: str
    reception_on: date


class PeopleStore:
    """People by prison number, the releases that are theirs, and free text."""

    def __init__(
        self, database: Database, clock: Clock = utc_now, measuring: Measuring | None = None
    ) -> None:
        """Use the people in `database`.

        Args:
            database: Where they are.
            clock: The store's own.
            measuring: Counts the releases of a person again when their facts change; without it
                measures follow with the next projection of each release.
        """
        self._database = database
        self._clock = clock
        self._measuring = measuring

    def register(self, person: NewPerson, release_id: str, reception_on: date) -> str:
        """Store a person and that a release is theirs, before the release starts; repeatable.

        A fact that differs from what is stored replaces it; one that is not stated replaces
        nothing.

        Returns:
            The person's id, opaque and the same for the same prison number.

        Raises:
            EpisodeConflictError: The release is registered for another person.
        """
        new = Registration(person, release_id, reception_on)
        (person_id,) = self._register_in_order([new])
        return person_id

    def register_all(self, registrations: Iterable[Registration]) -> None:
        """Store many people in one transaction, each as `register` does; all of them or none.

        Raises:
            EpisodeConflictError: A release is registered for another person; nothing was stored.
        """
        # In one order, so that two imports at once cannot wait for each other's rows.
        self._register_in_order(sorted(registrations, key=lambda each: each.person.prison_number))

    def _register_in_order(self, registrations: Iterable[Registration]) -> list[str]:
        now = self._clock()
        with self._database.write() as session:
            found = [_register(session, each, now) for each in registrations]
            touched = [each.person_id for each in found if each.counts_differently]
            if self._measuring is not None and touched:
                query = select(ReleaseRow.id).where(ReleaseRow.person_id.in_(touched))
                releases = session.execute(query).scalars().all()
                if releases:
                    self._measuring.again(session, releases, london_date(now))
            return [each.person_id for each in found]

    def set_contact(self, person_id: str, kind: ContactKind, value: str) -> None:
        """Store how to reach a person, instead of what was stored of that kind."""
        with self._database.write() as session:
            put_contact(session, person_id, kind, value, self._clock())

    def contacts(self, person_id: str) -> dict[ContactKind, str]:
        """Return every way to reach a person."""
        query = select(ContactRow.kind, ContactRow.value).where(ContactRow.person_id == person_id)
        with self._database.read() as session:
            return {row.kind: row.value for row in session.execute(query)}

    def add_notes(self, release_id: str | None, author: str, texts: Mapping[str, str]) -> None:
        """Store each text under its note id; repeating the same changes nothing.

        Raises:
            NoteConflictError: An id is taken by another text; nothing was stored.
            UnusableTextError: A text holds a NUL character; nothing was stored.
        """
        if not texts:
            return
        for note_id, text in texts.items():
            if "\0" in text:
                raise UnusableTextError(note_id)
        with self._database.write() as session:
            statement = insert_into(table_of(NoteRow), self._database.dialect)
            common = {"release_id": release_id, "author": author, "created_at": self._clock()}
            session.execute(
                statement.on_conflict_do_nothing(),
                [{"id": note_id, "text": text, **common} for note_id, text in texts.items()],
            )
            held = select(NoteRow.id, NoteRow.text).where(NoteRow.id.in_(texts))
            for row in session.execute(held):
                if texts[row.id] != row.text:
                    raise NoteConflictError(row.id)


def search_key(name: str) -> str:
    """Return a name as searches compare it: without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(each for each in plain if each.isalnum())[:160]


class _Registered(NamedTuple):
    person_id: str
    counts_differently: bool


def _register(session: Session, new: Registration, now: datetime) -> _Registered:
    person = new.person
    person_id, changed = _upsert(session, person, now)
    is_new = _add_episode(session, person_id, new)
    if person.mobile:
        put_contact(session, person_id, ContactKind.MOBILE, person.mobile, now)
    return _Registered(person_id, is_new or not changed.isdisjoint(_CUT_BY))


def _upsert(session: Session, person: NewPerson, now: datetime) -> tuple[str, set[str]]:
    """Return the person's id, and which stored facts were replaced."""
    stated = _stated(person)
    new = {**dict.fromkeys(("crn", "sex", "ethnicity")), **stated}
    statement = insert_into(_PEOPLE, dialect_of(session)).on_conflict_do_nothing()
    session.execute(statement, {**new, "id": uuid4().hex, "updated_at": now})
    # Locked, so that two registrations of one person count their episodes one after the other.
    own = select(_PEOPLE).where(_PEOPLE.c.prison_number == person.prison_number).with_for_update()
    held = session.execute(own).mappings().one()
    changed = {name: value for name, value in stated.items() if held[name] != value}
    if changed:
        session.execute(
            update(_PEOPLE).where(_PEOPLE.c.id == held["id"]).values(**changed, updated_at=now)
        )
    return str(held["id"]), set(changed)


def _stated(person: NewPerson) -> dict[str, Any]:
    facts = {
        "prison_number": person.prison_number,
        "crn": person.crn,
        "forename": person.forename,
        "surname": person.surname,
        "surname_key": search_key(person.surname),
        "date_of_birth": person.date_of_birth,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def _add_episode(session: Session, person_id: str, new: Registration) -> bool:
    """Return whether the release was not known to be theirs."""
    release_id = new.release_id
    held = select(EpisodeRow.person_id).where(EpisodeRow.release_id == release_id)
    owner = session.execute(held).scalar_one_or_none()
    if owner is not None and owner != person_id:
        raise EpisodeConflictError(release_id)
    if owner is None:
        last = select(func.max(EpisodeRow.ordinal)).where(EpisodeRow.person_id == person_id)
        session.execute(
            insert_into(table_of(EpisodeRow), dialect_of(session)),
            {
                "release_id": release_id,
                "person_id": person_id,
                "prison_number": new.person.prison_number,
                "reception_on": new.reception_on,
                "ordinal": (session.execute(last).scalar_one() or 0) + 1,
            },
        )
    # A release that was projected before its person was known is theirs from now on.
    session.execute(
        update(table_of(ReleaseRow))
        .where(ReleaseRow.id == release_id, ReleaseRow.person_id.is_(None))
        .values(person_id=person_id)
    )
    return owner is None


def put_contact(
    session: Session, person_id: str, kind: ContactKind, value: str, now: datetime
) -> None:
    """Store how to reach a person in the caller's transaction."""
    statement = insert_into(table_of(ContactRow), dialect_of(session))
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "kind"],
            set_={"value": statement.excluded.value, "updated_at": statement.excluded.updated_at},
        ),
        {"person_id": person_id, "kind": kind, "value": value, "updated_at": now},
    )
