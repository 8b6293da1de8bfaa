"""Record the history of every story: `python -m tests.replay.record [NAME ...]`.

Run it for new stories, and for all once a release of the service has been deployed; never to make a
replay pass. Beside a history lies what it recorded, so that a replay must also tell the same story.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from temporalio.client import WorkflowHandle

from domain.events import Event
from tests.driving import Bench, Running
from tests.replay.stories import STORIES
from tests.servers import start_environment

HISTORIES: Final = Path(__file__).with_name("histories")

# Which machine did it is nobody's business (a worker's own queue is named after it), and a replay
# asks for none of these.
_NOT_KEPT: Final = frozenset(
    {"identity", "requestId", "taskId", "historySizeBytes", "workerVersion", "binaryChecksum"}
)


async def record(names: list[str]) -> None:
    """Tell the stories named, all without names, and write their histories."""
    HISTORIES.mkdir(exist_ok=True)
    async with await start_environment() as environment, Bench(environment).working() as bench:
        for name in names or STORIES:
            story = STORIES[name]
            release = await bench.begin(release_id=f"rel-{name.replace('_', '-')}", **story.release)
            await story.tell(release)
            await _write(name, release)


async def _write(name: str, release: Running) -> None:
    client = release.bench.client
    newest = client.get_workflow_handle(release.handle.id)
    run_ids = dict.fromkeys(
        (release.handle.first_execution_run_id, (await newest.describe()).run_id)
    )
    for number, run_id in enumerate(run_ids, start=1):
        handle = client.get_workflow_handle(release.handle.id, run_id=run_id)
        document = {
            "workflow_id": handle.id,
            "history": await _history(handle),
            "events": [digest_of(each) for each in release.events],
        }
        part = "" if len(run_ids) == 1 else f"-{number}"
        path = HISTORIES / f"{name}{part}.json.gz"
        content = json.dumps(document, separators=(",", ":")).encode()
        path.write_bytes(gzip.compress(content, mtime=0))
        print(f"{path.name:40} {path.stat().st_size // 1024:4} kB")  # noqa: T201 - a tool's answer


async def _history(handle: WorkflowHandle[Any, Any]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((await handle.fetch_history()).to_json())
    for event in document["events"]:
        event.get("activityTaskScheduledEventAttributes", {}).pop("input", None)
        event.get("workflowTaskScheduledEventAttributes", {}).pop("taskQueue", None)
    return {"events": [_kept(each) for each in document["events"]]}


def _kept(part: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, dict):
        return {name: _kept(each) for name, each in part.items() if name not in _NOT_KEPT}
    if isinstance(part, list):
        return [_kept(each) for each in part]
    return part


def read(path: Path) -> dict[str, Any]:
    """Return a recorded history with its workflow's id and the digests of its events."""
    document: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return document


def digest_of(event: Event) -> str:
    """Return what the audit trail compares of an event, short."""
    told = event.model_dump_json(include={"seq", "kind", "at", "data"})
    return f"{event.seq} {event.kind} {hashlib.sha256(told.encode()).hexdigest()[:12]}"


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:]))
