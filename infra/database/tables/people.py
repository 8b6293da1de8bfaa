"""People, how to reach them, their time in custody, and free text: all that names anybody."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.codes import EthnicityGroup, Sex
from infra.database.columns import SEARCH_KEY, codes
from infra.database.contacting import ContactKind
from infra.database.tables.record import Record


class PersonRow(Record):
    """A person; `surname_key` is the surname as searches compare it."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(primary_key=True)
    prison_number: Mapped[str] = mapped_column(String(16), unique=True)
    crn: Mapped[str | None] = mapped_column(String(16), index=True)
    forename: Mapped[str] = mapped_column(String(80))
    surname: Mapped[str] = mapped_column(String(80))
    surname_key: Mapped[str] = mapped_column(SEARCH_KEY, index=True)
    date_of_birth: Mapped[date]
    sex: Mapped[Sex | None] = mapped_column(codes(Sex, "sex"))
    ethnicity: Mapped[EthnicityGroup | None] = mapped_column(codes(EthnicityGroup, "ethnicity"))
    updated_at: Mapped[datetime]


class ContactRow(Record):
    """One way to reach a person, one of each kind."""

    __tablename__ = "contacts"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[ContactKind] = mapped_column(codes(ContactKind, "kind"), primary_key=True)
    value: Mapped[str] = mapped_column(String(320))
    updated_at: Mapped[datetime]


class EpisodeRow(Record):
    """One time in custody that leads to one release: which person a release id stands for."""

    __tablename__ = "episodes"
    __table_args__ = (UniqueConstraint("person_id", "ordinal"),)

    release_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    prison_number: Mapped[str] = mapped_column(String(16), index=True)
    reception_on: Mapped[date]
    ordinal: Mapped[int]


class NoteRow(Record):
    """Free text, which journeys refer to by id; it never changes."""

    __tablename__ = "notes"

    id: Mapped[str] = mapped_column(primary_key=True)
    release_id: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str]
    created_at: Mapped[datetime]
