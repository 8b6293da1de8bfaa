"""People, how to reach them, their time in custody, notes and API tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_CODE = sa.String(80)
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_people()
    _create_contacts()
    _create_episodes()
    _create_notes()
    _create_tokens()


def downgrade() -> None:
    op.drop_table("tokens")
    op.drop_table("notes")
    op.drop_table("episodes")
    op.drop_table("contacts")
    op.drop_table("people")


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("prison_number", sa.String(length=16), nullable=False),
        sa.Column("crn", sa.String(length=16), nullable=True),
        sa.Column("forename", _CODE, nullable=False),
        sa.Column("surname", _CODE, nullable=False),
        sa.Column(
            "surname_key",
            sa.String(length=160).with_variant(sa.String(length=160, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("date_of_birth", sa.Date(), nullable=False),
        sa.Column("sex", _codes("sex", "female", "male"), nullable=True),
        sa.Column(
            "ethnicity",
            _codes("ethnicity", "asian", "black", "mixed", "other", "white", "not_stated"),
            nullable=True,
        ),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("prison_number", name="uq_people_prison_number"),
    )
    op.create_index("ix_people_crn", "people", ["crn"])
    op.create_index("ix_people_surname_key", "people", ["surname_key"])


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("person_id", _CODE, nullable=False),
        sa.Column("kind", _codes("kind", "mobile", "landline", "email", "address"), nullable=False),
        sa.Column("value", sa.String(length=320), nullable=False),
        sa.Column("updated_at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_contacts_person_id"),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_contacts"),
    )


def _create_episodes() -> None:
    op.create_table(
        "episodes",
        sa.Column("release_id", _CODE, nullable=False),
        sa.Column("person_id", _CODE, nullable=False),
        sa.Column("prison_number", sa.String(length=16), nullable=False),
        sa.Column("reception_on", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_episodes_person_id"),
        sa.PrimaryKeyConstraint("release_id", name="pk_episodes"),
        sa.UniqueConstraint("person_id", "ordinal", name="uq_episodes_person_id_ordinal"),
    )
    op.create_index("ix_episodes_prison_number", "episodes", ["prison_number"])


def _create_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("release_id", _CODE, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", _CODE, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_release_id", "notes", ["release_id"])


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", _CODE, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "role",
            _codes(
                "role",
                "resettlement",
                "healthcare",
                "probation",
                "provider",
                "commissioner",
                "admin",
                "auditor",
            ),
            nullable=False,
        ),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("manager", sa.Boolean(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=True),
        sa.Column("revoked_at", _INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
