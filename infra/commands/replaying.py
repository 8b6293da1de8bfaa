"""`throughcare replay`: whether today's code can go on with journeys that older code began."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf.json_format import ParseError
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer

from domain.errors import ThroughcareError
from infra.commands.terminal import FAILED, progress, settings_for, show, tell
from infra.database.clock import utc_now
from infra.keys import load_keys
from infra.settings import Settings
from infra.temporal.client import connect
from infra.temporal.encryption import data_converter
from infra.temporal.workers import SANDBOX
from workflows import ALL_WORKFLOWS

Folder = Annotated[
    Path | None,
    typer.Argument(
        exists=True, file_okay=False, help="Replay the histories in the JSON files of this folder."
    ),
]
ClosedDays = Annotated[
    int,
    typer.Option(min=0, max=3650, help="Also replay what closed on the server so lately, in days."),
]


class UnusableHistoryError(ThroughcareError):
    """A file holds no history."""

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__(
            f"{file} holds no workflow history. Export it with `temporal workflow show -o json`."
        )


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(epilog="Example: throughcare replay --closed-days 30")(replay)


def replay(folder: Folder = None, *, closed_days: ClosedDays = 7) -> None:
    """Replay histories against this version of the code, before it is deployed.

    Without a folder: every open release on the server and those that closed lately. A history that
    does not replay is one that this version could not go on with; the exit code is then 1.
    """
    settings = settings_for("replay")
    failed, count = asyncio.run(_replay(settings, folder, timedelta(days=closed_days)))
    for each in failed:
        show(f"does not replay: {each}")
    if failed:
        tell("Do not deploy this version. Guard the change with workflow.patched, then try again.")
        raise typer.Exit(FAILED)
    show(f"{count} histories replay.")


async def _replay(
    settings: Settings, folder: Path | None, closed_within: timedelta
) -> tuple[list[str], int]:
    replayer = Replayer(
        workflows=list(ALL_WORKFLOWS),
        workflow_runner=SANDBOX,
        data_converter=data_converter(load_keys(settings).payload),
    )
    if folder is not None:
        histories = await asyncio.to_thread(_histories_in, folder)
        return await _run(replayer, _one_by_one(histories), len(histories))
    client = await connect(settings)
    query = _query(closed_within)
    total = (await client.count_workflows(query)).count
    return await _run(replayer, _from_server(client, query), total)


async def _run(
    replayer: Replayer, histories: AsyncIterator[WorkflowHistory], total: int
) -> tuple[list[str], int]:
    failed: list[str] = []
    count = 0
    with progress("Replaying", total) as advance:
        async with replayer.workflow_replay_iterator(histories) as results:
            async for result in results:
                count += 1
                advance(count)
                if result.replay_failure is not None:
                    failed.append(result.history.workflow_id)
    return failed, count


def _histories_in(folder: Path) -> list[WorkflowHistory]:
    """Read every file before the first is replayed: the library hangs on what is no history."""
    return [_history(each) for each in sorted(folder.rglob("*.json"))]


def _history(file: Path) -> WorkflowHistory:
    try:
        history = WorkflowHistory.from_json(file.stem, file.read_text(encoding="utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError, ParseError):
        raise UnusableHistoryError(file.name) from None
    begins = history.events and history.events[0].workflow_execution_started_event_attributes
    if not begins or not begins.original_execution_run_id:
        raise UnusableHistoryError(file.name)
    return history


async def _one_by_one(histories: Sequence[WorkflowHistory]) -> AsyncIterator[WorkflowHistory]:
    for each in histories:
        yield each


async def _from_server(client: Client, query: str) -> AsyncIterator[WorkflowHistory]:
    async for each in client.list_workflows(query):
        yield await client.get_workflow_handle(each.id, run_id=each.run_id).fetch_history()


def _query(closed_within: timedelta) -> str:
    since = (utc_now() - closed_within).isoformat(timespec="seconds")
    return f"WorkflowType = 'Release' AND (ExecutionStatus = 'Running' OR CloseTime > '{since}')"
