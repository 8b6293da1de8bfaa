"""Measured releases as rates read them: one row each, their earlier versions, and their sums.

Everything here can be counted again from the facts; see docs/adr/0011-reading-rates.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Column, Date, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.measures.counts import Count
from infra.database.columns import CODE
from infra.database.tables.record import Record


class _Measured:
    """What a measured release and an earlier version of it have in common.

    Attributes:
        source: `engine`, or `backfill` for what a file of past releases said.
        person_key: The same for all releases of one person; it cannot be read back.
        month: The first day of the month of release.
        pattern: Which of `measure_patterns` this release counts as.
        known_from: The London day on which this version was recorded.
        facts: The `MeasuredRelease`, without what is as by default.
    """

    release_id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(10))
    person_key: Mapped[str | None]
    reception_on: Mapped[date]
    released_on: Mapped[date]
    month: Mapped[date]
    nation: Mapped[str] = mapped_column(String(10))
    destination: Mapped[str]
    prison: Mapped[str]
    probation_region: Mapped[str]
    substance_group: Mapped[str] = mapped_column(String(40))
    sex: Mapped[str] = mapped_column(String(20))
    age_band: Mapped[str] = mapped_column(String(20))
    ethnicity: Mapped[str] = mapped_column(String(20))
    pattern: Mapped[int]
    facts: Mapped[dict[str, Any]]


class MeasuredRow(_Measured, Record):
    """A release that measures count, as it is known now."""

    __tablename__ = "measured_releases"

    known_from: Mapped[date]

    __table_args__ = (
        Index("ix_measured_releases_person_key", "person_key"),
        Index("ix_measured_releases_nation", "nation", "month", "pattern"),
        Index("ix_measured_releases_destination", "destination", "month", "pattern"),
        Index("ix_measured_releases_prison", "prison", "month", "pattern"),
    )


class SupersededRow(_Measured, Record):
    """What was known of a release from one day until another; for rates "as known on" a day.

    Attributes:
        known_until: The first day on which it was no longer what was known.
    """

    __tablename__ = "superseded_releases"

    known_from: Mapped[date] = mapped_column(primary_key=True)
    known_until: Mapped[date]

    __table_args__ = (
        Index("ix_superseded_releases_nation", "nation", "month"),
        Index("ix_superseded_releases_destination", "destination", "month"),
        Index("ix_superseded_releases_prison", "prison", "month"),
    )


class PatternRow(Record):
    """What one release counts as. Thousands of releases share a pattern.

    Attributes:
        digest: Of nation and counts.
        counts: Numbers by name, as `domain.measures.counting.counts` gives them.
    """

    __tablename__ = "measure_patterns"
    __table_args__ = (UniqueConstraint("digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    nation: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(32))
    counts: Mapped[dict[str, Any]]


class PatternCountRow(Record):
    """The same counts as rows, from which all sums are built anew."""

    __tablename__ = "measure_pattern_counts"

    pattern: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class CountedByRow(Record):
    """By which version of the figures everything is counted; one row."""

    __tablename__ = "measures_counted_by"

    policy_version: Mapped[str] = mapped_column(primary_key=True)


class MeasureChangesRow(Record):
    """How often anything counted of a nation was changed, so that answers can be remembered."""

    __tablename__ = "measure_changes"

    nation: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int]


class BadLineRow(Record):
    """A line of a file of past releases that was excluded, with where it would have counted.

    Attributes:
        source: The name of the file; loading a file of that name again replaces its lines.
        month: Of release, None when that could not be read; likewise `destination`.
    """

    __tablename__ = "backfill_bad_lines"

    source: Mapped[str] = mapped_column(String(160), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date | None]
    nation: Mapped[str | None] = mapped_column(String(10))
    destination: Mapped[str | None]

    __table_args__ = (Index("ix_backfill_bad_lines_month", "month", "destination"),)


WHOLE_NATION: Final = ""
"""In the column `area`: the sum over every local authority."""

COUNTS: Final = Table(
    "measure_counts",
    Record.metadata,
    Column("nation", String(10), primary_key=True),
    Column("cut", String(20), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("area", CODE, primary_key=True),
    Column("key", CODE, primary_key=True),
    *(Column(str(each), Integer, nullable=False) for each in Count),
    sqlite_with_rowid=False,
)
"""Sums by nation, cut, month, area and group: the counts of fixed name, one column each.

The key is in the order in which ranges are read: of each month one area's groups, or all areas'.
"""

DETAILS: Final = Table(
    "measure_details",
    Record.metadata,
    Column("nation", String(10), primary_key=True),
    Column("cut", String(20), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("key", CODE, primary_key=True),
    Column("name", CODE, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Sums of the numbered counts (days, stages, lapses, bands, exclusions), of whole nations' cuts."""
