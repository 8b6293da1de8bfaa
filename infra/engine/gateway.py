"""Requests carried to a release's workflow as Temporal updates, and its answers back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)

from api.ports import ReleaseUnknownError
from domain.commands import CORRECTIONS, Actor, Submission
from domain.deciding import NewRelease
from domain.errors import Refusal, Refused
from domain.events import Event
from domain.rules import Rules
from domain.state import Phase, Release
from infra.engine.errors import ReleaseClosedError
from infra.engine.failures import translated
from infra.engine.pinning import pinned
from workflows.beginning import first_events
from workflows.messages import Begin, Input, Outcome
from workflows.names import RELEASES_QUEUE, STAGE, workflow_id
from workflows.release import ReleaseWorkflow

PER_ATTEMPT: Final = timedelta(seconds=8)
"""Of one attempt; `infra.engine.failures` limits the whole answer."""

Snapshots = Callable[[str], tuple[Release, Rules] | None]
"""Finds a release's last snapshot and its rules in the read model, by its id."""


@dataclass(frozen=True)
class Engine:
    """Starts releases and submits to them.

    Attributes:
        rules: The policy and calendar that a new release is pinned to.
        snapshots: Where a closed release is found again when it must be corrected.
        clock: Tells the aware UTC now; used only to refuse an impossible start early.
        queue: The task queue of release workflows.
    """

    client: Client
    rules: Rules
    snapshots: Snapshots
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    queue: str = RELEASES_QUEUE

    async def begin(
        self, new: NewRelease, actor: Actor, submission: Submission | None = None
    ) -> Outcome:
        """Start a release, or find it started already; the same id is one release.

        Args:
            new: What is known; its `release_id` decides which release this is.
            actor: Who starts it.
            submission: Facts of a journey brought in half way.

        Raises:
            Refused: It cannot start that way; no release was left behind.
            OutcomeUnknownError: Ask again with the same id.
            EngineUnavailableError: Nothing was changed.
        """
        given = self._checked(new, actor, submission)
        operation = self._start(new.release_id, given, Phase.CUSTODY, once=True)
        try:
            async with translated():
                return await self.client.execute_update_with_start_workflow(
                    ReleaseWorkflow.begin,
                    id="begin",
                    start_workflow_operation=operation,
                    rpc_timeout=PER_ATTEMPT,
                )
        except ReleaseClosedError:
            found = self.snapshots(new.release_id)
            seq = found[0].seq if found else 0
            return Outcome(release_id=new.release_id, seq=seq, repeated=True)

    async def launch(
        self, new: NewRelease, actor: Actor, submission: Submission | None = None
    ) -> bool:
        """Start a release without waiting until the read model shows it: for many at once.

        Returns:
            Whether it was started now; False when it had been before.

        Raises:
            Refused: It cannot start that way; no release was left behind.
            OutcomeUnknownError: Ask again with the same id.
            EngineUnavailableError: Nothing was changed.
        """
        given = self._checked(new, actor, submission)
        try:
            async with translated():
                await self.client.start_workflow(
                    ReleaseWorkflow.run,
                    given,
                    id=workflow_id(new.release_id),
                    task_queue=self.queue,
                    id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                    search_attributes=_stage(Phase.CUSTODY),
                    rpc_timeout=PER_ATTEMPT,
                )
        except ReleaseClosedError:
            return False
        return True

    async def submit(self, release_id: str, submission: Submission) -> Outcome:
        """Submit commands and return once the read model shows what they led to.

        Raises:
            Refused: The rules do not allow it now, or the key was used for something else.
            ReleaseUnknownError: There is no such release.
            OutcomeUnknownError: Ask again with the same key.
            EngineUnavailableError: Nothing was changed.
        """
        handle = self.client.get_workflow_handle(workflow_id(release_id))
        try:
            async with translated():
                return await handle.execute_update(
                    ReleaseWorkflow.submit,
                    submission,
                    id=_update_id(submission),
                    rpc_timeout=PER_ATTEMPT,
                )
        except ReleaseClosedError:
            return await self._submit_to_closed(release_id, submission)

    async def revive(
        self,
        release: Release,
        rules: Rules,
        unprojected: tuple[Event, ...] = (),
        *,
        replace: bool = False,
    ) -> None:
        """Start the workflow of a release again from its last known state.

        Args:
            release: That state.
            rules: What it is pinned to.
            unprojected: Its last events, as far as the read model lacks them.
            replace: Put an end to a workflow that runs; otherwise one that runs stays.

        Raises:
            EngineUnavailableError: Nothing was changed.
        """
        policy = WorkflowIDConflictPolicy
        async with translated():
            await self.client.start_workflow(
                ReleaseWorkflow.run,
                Input(release=release, rules=rules, unprojected=unprojected),
                id=workflow_id(release.release_id),
                task_queue=self.queue,
                id_conflict_policy=policy.TERMINATE_EXISTING if replace else policy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                search_attributes=_stage(release.phase),
            )

    async def _submit_to_closed(self, release_id: str, submission: Submission) -> Outcome:
        """Answer for a release whose workflow has ended: a repeat, a refusal, or a correction."""
        found = self.snapshots(release_id)
        if found is None:
            raise ReleaseUnknownError
        release, rules = found
        known = release.requests.get(submission.key)
        corrects = all(isinstance(each, CORRECTIONS) for each in submission.commands)
        if known is None and not corrects:
            message = "This release is closed. Only corrections can be recorded."
            raise Refused(Refusal.CLOSED, message)
        given = Input(release=release, rules=rules)
        operation = self._start(release_id, given, release.phase, once=False)
        async with translated():
            return await self.client.execute_update_with_start_workflow(
                ReleaseWorkflow.submit,
                submission,
                id=_update_id(submission),
                start_workflow_operation=operation,
                rpc_timeout=PER_ATTEMPT,
            )

    def _checked(self, new: NewRelease, actor: Actor, submission: Submission | None) -> Input:
        """Return a workflow's input, after refusing here what the workflow would refuse."""
        begin = Begin(new=new, actor=actor, submission=submission)
        first_events(begin, self.clock(), self.rules)
        return Input(begin=begin, rules=pinned(self.rules, new))

    def _start(
        self, release_id: str, given: Input, phase: Phase, *, once: bool
    ) -> WithStartWorkflowOperation[ReleaseWorkflow, Outcome]:
        reuse = WorkflowIDReusePolicy
        return WithStartWorkflowOperation(
            ReleaseWorkflow.run,
            given,
            id=workflow_id(release_id),
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=reuse.REJECT_DUPLICATE if once else reuse.ALLOW_DUPLICATE,
            search_attributes=_stage(phase),
        )


def _stage(phase: Phase) -> TypedSearchAttributes:
    return TypedSearchAttributes([SearchAttributePair(STAGE, phase.value)])


def _update_id(submission: Submission) -> str:
    """Return the update's id: Temporal answers a repeat of it without asking the workflow.

    The digest is part of it, so that a key that is used for something else reaches the workflow,
    which refuses it.
    """
    return f"{submission.key}/{submission.digest}"
