"""A stretch of days that one supply covers; change this file when cover stops being whole days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from domain.cover.report import Source


class Portion(NamedTuple):
    """Whole London days in a row, both ends included; empty when it ends before it begins."""

    source: Source
    first_on: date
    last_on: date

    def days(self) -> Iterator[date]:
        """Yield each day in order."""
        for offset in range((self.last_on - self.first_on).days + 1):
            yield self.first_on + timedelta(days=offset)


def in_a_row(source: Source, first_on: date, days: int) -> Portion:
    """Return a portion of `days` days that begins on `first_on`."""
    return Portion(source, first_on, first_on + timedelta(days=days - 1))
