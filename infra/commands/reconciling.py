"""`throughcare reconcile`: bring workflows and record together again after either was restored."""

from __future__ import annotations

import asyncio
from itertools import count

import typer
from temporalio.service import RPCError

from infra.commands.terminal import FAILED, progress, settings_for, show, tell
from infra.composition import composed
from infra.database.reconciling import open_releases
from infra.engine.reconcile import ReconcileReport, reconcile
from infra.settings import Settings
from infra.temporal.client import TemporalUnavailableError

_IN_WORDS = {
    "agreed": "agree",
    "unprojected": "were written to the record again",
    "lost": "had no workflow and have one again",
    "outrun": "were started again from the record, which knew more",
    "forked": "are told differently by the two stores",
    "incomplete": "lack events that nobody can tell any more",
    "unanswered": "did not answer",
}


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("reconcile", epilog="Example: throughcare reconcile")(bring_together)


def bring_together() -> None:
    """Compare every open release in both stores, and repair what differs.

    Run it after a backup of the database or of the Temporal server was restored, while a worker
    runs. It is safe at any time, and twice. Exit code 1: some releases need a person to look.
    """
    report = asyncio.run(_reconcile(settings_for("reconcile")))
    for finding, number in report.found.most_common():
        show(f"{number} releases {_IN_WORDS[finding]}.")
    if not report.found:
        show("There are no releases to compare.")
    for finding, release_ids in report.for_a_person.items():
        for each in release_ids:
            show(f"release {each}: {finding}")
    if report.for_a_person:
        tell("These need a person. Run it again once a worker runs; then see the runbook.")
        raise typer.Exit(FAILED)


async def _reconcile(settings: Settings) -> ReconcileReport:
    async with composed(settings) as parts:
        held = await asyncio.to_thread(
            lambda: [x.release_id for x in open_releases(parts.database)]
        )
        done = count(1)
        try:
            running = await parts.client.count_workflows("WorkflowType = 'Release'")
            with progress("Comparing", max(len(held), running.count)) as advance:
                return await reconcile(
                    parts.engine, held, progress=lambda _id, _finding: advance(next(done))
                )
        except RPCError:
            raise TemporalUnavailableError(
                "The Temporal server stopped answering. What was repaired stays so; run "
                "`throughcare reconcile` again."
            ) from None
