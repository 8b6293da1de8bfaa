"""Today's code runs every recorded history, and tells the same story with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import (
    Interceptor,
    Replayer,
    StartActivityInput,
    StartLocalActivityInput,
    UnsandboxedWorkflowRunner,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowOutboundInterceptor,
)

from activities.contracts import Projection
from domain.events import Event
from infra.temporal.encryption import data_converter
from infra.temporal.workers import SANDBOX
from tests.replay.record import HISTORIES, digest_of, read
from tests.replay.stories import STORIES
from workflows import ALL_WORKFLOWS
from workflows.messages import Input, Outcome
from workflows.release import ReleaseWorkflow

FILES = sorted(HISTORIES.glob("*.json.gz"))


def history_of(path: Path) -> WorkflowHistory:
    document = read(path)
    return WorkflowHistory.from_json(document["workflow_id"], document["history"])


def type_of(path: Path) -> str:
    started = read(path)["history"]["events"][0]["workflowExecutionStartedEventAttributes"]
    name: str = started["workflowType"]["name"]
    return name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])
async def test_a_recorded_history_replays(path: Path) -> None:
    replayer = Replayer(
        workflows=ALL_WORKFLOWS, data_converter=data_converter(None), workflow_runner=SANDBOX
    )

    await replayer.replay_workflow(history_of(path))


# The same commands are not yet the same story: Temporal compares no arguments.


class Listener(Interceptor):
    """Hears every projection that a workflow asks for."""

    def __init__(self) -> None:
        self.heard: dict[int, Event] = {}

    def workflow_interceptor_class(
        self, _: WorkflowInterceptorClassInput
    ) -> type[WorkflowInboundInterceptor]:
        heard = self.heard

        def hear(projection: Projection) -> None:
            heard.update({each.seq: each for each in projection.events})

        class Outbound(WorkflowOutboundInterceptor):
            def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:  # noqa: A002 - the SDK's name
                hear(input.args[0])
                return super().start_activity(input)

            def start_local_activity(
                self,
                input: StartLocalActivityInput,  # noqa: A002 - the SDK's name
            ) -> workflow.ActivityHandle[Any]:
                hear(input.args[0])
                return super().start_local_activity(input)

        class Inbound(WorkflowInboundInterceptor):
            def init(self, outbound: WorkflowOutboundInterceptor) -> None:
                super().init(Outbound(outbound))

        return Inbound


async def told_by(path: Path, code: type[Any] = ReleaseWorkflow) -> list[str]:
    """Return the digests of the events that today's code tells when it replays a history."""
    listener = Listener()
    replayer = Replayer(
        workflows=[code],
        data_converter=data_converter(None),
        workflow_runner=UnsandboxedWorkflowRunner(),
        interceptors=[listener],
    )
    await replayer.replay_workflow(history_of(path))
    return [digest_of(listener.heard[seq]) for seq in sorted(listener.heard)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])
async def test_a_replay_tells_the_events_that_were_recorded(path: Path) -> None:
    recorded = read(path)["events"]

    told = await told_by(path)

    in_one_run = "-" not in path.name
    assert told
    assert (told == recorded) if in_one_run else set(told) <= set(recorded)


def runs_of(name: str) -> Iterator[Path]:
    return (each for each in FILES if each.name.partition(".")[0].partition("-")[0] == name)


@pytest.mark.parametrize("name", ["rolled_over", "corrected_after_closing"])
async def test_the_runs_of_a_release_tell_its_whole_story_together(name: str) -> None:
    paths = [*runs_of(name)]

    told = [digest for path in paths for digest in await told_by(path)]

    assert len(paths) == 2
    assert told == read(paths[-1])["events"]


@workflow.defn(name="Release")
class Hesitant(ReleaseWorkflow):
    """A change of the commands: it waits before it begins."""

    @workflow.init
    def __init__(self, given: Input) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: Input) -> Outcome:
        await workflow.sleep(1)
        return await super().run(given)


@workflow.defn(name="Release")
class Embellishing(ReleaseWorkflow):
    """A change of the story alone: the same commands, with one more fact in every event."""

    @workflow.init
    def __init__(self, given: Input) -> None:
        super().__init__(given)

    @workflow.run
    async def run(self, given: Input) -> Outcome:
        return await super().run(given)

    def _record(self, events: tuple[Event, ...], *, foretold: bool) -> None:
        more = (each.model_copy(update={"data": {**each.data, "more": 1}}) for each in events)
        super()._record(tuple(more), foretold=foretold)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.partition(".")[0])
async def test_a_change_of_the_commands_is_caught_by_every_history(path: Path) -> None:
    with pytest.raises(workflow.NondeterminismError):
        await told_by(path, Hesitant)


async def test_a_change_of_the_story_is_caught_although_the_commands_are_the_same() -> None:
    path = HISTORIES / "no_lapse.json.gz"

    assert await told_by(path, Embellishing) != read(path)["events"]


def test_every_workflow_has_histories() -> None:
    recorded = {type_of(path) for path in FILES}

    defined = {workflow._Definition.must_from_class(each).name for each in ALL_WORKFLOWS}
    assert recorded == defined


def test_every_story_has_its_history_and_every_history_its_story() -> None:
    recorded = {each.name.partition(".")[0].partition("-")[0] for each in FILES}

    assert recorded == set(STORIES)
