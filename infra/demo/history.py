"""Past releases for the demonstration, so that measures have years to show at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from domain.measures.periods import shift
from infra.database.chain import audit_key_from
from infra.database.engine import Database
from infra.database.tables import MeasuredRow
from infra.demo.past import PastReleases
from infra.keys import Keys
from infra.measures.backfill.loading import Backfill
from infra.measures.backfill.rows import BackfillFile
from infra.measures.figures import shipped_figures
from infra.measures.rows import Source

RELEASES: Final = 24_000
"""About what one in ten releases of England and Wales would be; fewer would mostly be withheld."""

_MONTHS: Final = 36


def load_history(
    database: Database,
    keys: Keys,
    today: date,
    on_progress: Callable[[int], None] = lambda _done: None,
    count: int = RELEASES,
) -> int:
    """Load three years of invented releases up to last month, unless past ones are there already.

    Returns:
        How many were loaded.
    """
    past = select(MeasuredRow.release_id).where(MeasuredRow.source == Source.BACKFILL).limit(1)
    with database.read() as session:
        if session.scalar(past) is not None:
            return 0
    month = today.replace(day=1)
    figures = shipped_figures()
    source = PastReleases(figures.reference, shift(month, -_MONTHS), month - timedelta(days=1))
    file = BackfillFile(tuple(source.draw(count)), (), ())
    store = Backfill(database, figures, keys.id_key, audit_key_from(keys.id_key))
    return store.load(file, "invented history", today, on_progress).added
