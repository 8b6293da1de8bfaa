"""How long a new fact takes to be in the rate: `python -m tests.bench.freshness`.

Through the real engine: a start of treatment is submitted over the API, the workflow decides it,
the projection writes it, and the rate is asked for over the API until it has one more.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Final

from domain.commands import RecordTreatmentStart
from infra.commands.importing import IMPORTER, load_all
from infra.database.migrating import upgrade
from tests.bench.figures import Figure, show
from tests.builders import SERVICE
from tests.measures.test_whole_engine import LEFT_ON, MONTH, Person, asked, cohort, imported
from tests.web.conftest import settings_on
from tests.web.service import Service, running

GOAL_SECONDS: Final = 2.0
PEOPLE: Final = 20


async def _reached(service: Service) -> int:
    answer = await asked(service, by="month", **{"from": MONTH, "to": MONTH})
    (need,) = (each for each in answer["figures"] if each["measure"] == "continuity_need")
    return int(need["numerator"])


async def freshness(folder: Path) -> None:
    """Print the median and the longest time from submission to the rate, beside reading it."""
    people = [*cohort(), *(Person(f"B{1000 + n}CD") for n in range(PEOPLE))]
    database_url = f"sqlite:///{folder / 'fresh.db'}"
    upgrade(database_url)
    async with running(settings_on(database_url, folder)) as service:
        arrivals = imported(service, people)
        await load_all(service.parts, arrivals, IMPORTER, "Loading")
        took, bare = [], []
        for arrival in arrivals[-PEOPLE:]:
            asked_at = time.perf_counter()
            before, began = await _reached(service), time.perf_counter()
            bare.append(began - asked_at)
            await service.provider.ask(
                arrival.new.release_id, RecordTreatmentStart(on=LEFT_ON, service=SERVICE)
            )
            while await _reached(service) == before:
                pass
            took.append(time.perf_counter() - began)
    for name, of in (("median", statistics.median), ("longest", max)):
        figure = (f"new fact in the rate, {name}", "s", of(took), of(bare), GOAL_SECONDS, "less")
        show(Figure(*figure, absolute=True))


def main() -> None:
    """Run it, and say how busy the machine was."""
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(freshness(Path(folder)))


if __name__ == "__main__":
    main()
