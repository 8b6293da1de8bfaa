"""Free text as it is read: with who wrote it, and as what."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from api.records import NoteRecord
from infra.database.engine import Database
from infra.database.tables import NoteRow, TokenRow, UserRow


class NoteReads:
    """Reads notes that a release refers to."""

    def __init__(self, database: Database) -> None:
        """Read from `database`."""
        self._database = database

    def written(self, release_id: str, ids: Collection[str]) -> dict[str, NoteRecord]:
        """Return the notes of a release among `ids`, by id.

        Raises:
            StoreUnavailableError: The database does not answer.
        """
        query = (
            select(
                NoteRow.id,
                NoteRow.text,
                NoteRow.created_at,
                UserRow.name,
                func.coalesce(UserRow.role, TokenRow.role, type_=UserRow.role.type).label("role"),
            )
            .outerjoin(UserRow, UserRow.id == NoteRow.author)
            .outerjoin(TokenRow, TokenRow.id == NoteRow.author)
            .where(NoteRow.release_id == release_id, NoteRow.id.in_(ids))
        )
        with self._database.read() as session:
            return {
                each.id: NoteRecord(each.text, each.name, each.role, each.created_at)
                for each in session.execute(query)
            }
