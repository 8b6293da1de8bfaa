"""The workflow of one release: a durable shell around the pure domain.

What changes this file is how durability works (timers, updates, projection), never a rule of the
journey. Every change must replay the committed histories (`tests/replay`).
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.contracts import Projection
    from domain.commands import Submission
    from domain.deciding import decide
    from domain.deciding.deciding import rules_after
    from domain.errors import Refused
    from domain.events import Event
    from domain.evolve import evolve, replay
    from domain.falling_due import fall_due, next_wakeup
    from workflows.beginning import first_events
    from workflows.due_list import due_list
    from workflows.messages import Again, Input, Journal, Outcome, Status
    from workflows.names import STAGE
    from workflows.projecting import Projecting
    from workflows.refusals import as_failure

ROLL_OVER_AT_EVENTS: Final = 3_000
"""Continue as new here at the latest; a journey in which everything lapses takes a fifth."""


@workflow.defn(name="Release")
class ReleaseWorkflow:
    """One release, from its start to its closure about half a year later.

    People's submissions are updates: refused in the validator, which leaves no history, or
    decided, recorded and answered once the read model shows them. One timer is armed for the
    earliest instant at which anything falls due. One projection is in flight at a time. Signals
    are for operators only.
    """

    @workflow.init
    def __init__(self, given: Input) -> None:
        """Set everything that a handler may touch: updates run before `run` does."""
        self._run = given.run
        self._rules = given.rules
        revived = given.release is not None and given.run == 1
        events = given.unprojected if given.release else _first_events(given)
        self._release = given.release or replay(events)
        shown = events[0].seq - 1 if events else self._release.seq
        self._reads = Projecting(self._projection, shown, again=revived)
        self._reads.add(events, foretold=True)
        self._timer: asyncio.Task[None] | None = None
        self._armed_for: datetime | None = None
        self._roll_over = False
        self._stage = self._release.phase.value

    @workflow.run
    async def run(self, given: Input) -> Outcome:  # noqa: ARG002 - `__init__` takes it
        """Wake for what falls due and for what people submit, until the release is closed."""
        projector = asyncio.create_task(self._reads.run())
        while True:
            self._let_fall_due()
            self._arm()
            self._show_stage()
            if projector.done():
                projector.result()
            if self._may_leave():
                break
            await self._disturbed(projector, since=self._release.seq)
        projector.cancel()
        if self._release.is_open:
            self._disarm()
            again = Input(rules=self._rules, release=self._release, run=self._run + 1)
            workflow.continue_as_new(again)
        return self._outcome()

    # What people ask

    @workflow.update
    async def begin(self) -> Outcome:
        """Answer once the new release is in the read model; asking twice starts it once."""
        outcome = self._outcome()
        await self._reads.shown(outcome.seq)
        return outcome

    @workflow.update
    async def submit(self, submission: Submission) -> Outcome:
        """Decide a submission, record its events, and answer once the read model shows them."""
        try:
            self._let_fall_due()
            events = decide(self._release, submission, workflow.now(), self._rules)
        except Refused as refused:
            raise as_failure(refused) from None
        if not events:
            return await self._repeated(submission)
        self._rules = rules_after(self._rules, submission)
        self._record(events, foretold=False)
        outcome = self._outcome()
        await self._reads.shown(outcome.seq)
        return outcome

    @submit.validator
    def _refuse(self, submission: Submission) -> None:
        now = workflow.now()
        state = self._release
        for event in fall_due(state, now, self._rules):
            state = evolve(state, event)
        try:
            decide(state, submission, now, self._rules)
        except Refused as refused:
            raise as_failure(refused) from None

    # What operators ask

    @workflow.signal
    def roll_over(self) -> None:
        """Continue as new at the next quiet moment, to shed an old history after a deployment."""
        self._roll_over = True

    @workflow.signal
    def project_again(self, wanted: Again) -> None:
        """Write the read model again: the state, and the events that it lacks."""
        self._reads.again(wanted.after_seq, wanted.earlier)

    @workflow.query
    def status(self) -> Status:
        """Return the state and the rules, for reconciling and for support."""
        return Status(
            release=self._release,
            rules=self._rules,
            run=self._run,
            projected_seq=self._reads.projected_seq,
        )

    @workflow.query
    def journal(self, after_seq: int) -> Journal:
        """Return the events of this run after `after_seq`."""
        return Journal(events=tuple(each for each in self._reads.journal if each.seq > after_seq))

    # How it is done

    def _record(self, events: tuple[Event, ...], *, foretold: bool) -> None:
        for event in events:
            self._release = evolve(self._release, event)
        self._reads.add(events, foretold=foretold)

    def _let_fall_due(self) -> None:
        events = fall_due(self._release, workflow.now(), self._rules)
        if events:
            self._record(events, foretold=True)

    async def _repeated(self, submission: Submission) -> Outcome:
        seq = self._release.requests[submission.key].seq
        await self._reads.shown(seq)
        return Outcome(release_id=self._release.release_id, seq=seq, repeated=True)

    def _outcome(self) -> Outcome:
        return Outcome(release_id=self._release.release_id, seq=self._release.seq)

    def _arm(self) -> None:
        at = next_wakeup(self._release, self._rules)
        if self._timer is not None and (self._timer.done() or at != self._armed_for):
            self._disarm()
        if at is not None and self._timer is None:
            wait = max(at - workflow.now(), timedelta(0))
            self._timer = asyncio.create_task(workflow.sleep(wait))
            self._armed_for = at

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _show_stage(self) -> None:
        stage = self._release.phase.value
        if stage == self._stage or not self._release.is_open:
            return
        self._stage = stage
        workflow.upsert_search_attributes([STAGE.value_set(stage)])

    async def _disturbed(self, projector: asyncio.Task[None], since: int) -> None:
        """Wait until something happened after event `since`, fell due, or ended."""

        def is_disturbed() -> bool:
            due = self._timer is not None and self._timer.done()
            moved_on = self._release.seq != since
            return moved_on or due or projector.done() or self._may_leave()

        await workflow.wait_condition(is_disturbed)

    def _may_leave(self) -> bool:
        over = not self._release.is_open or self._should_roll_over()
        return over and self._reads.is_quiet and workflow.all_handlers_finished()

    def _should_roll_over(self) -> bool:
        info = workflow.info()
        return (
            self._roll_over
            or info.is_continue_as_new_suggested()
            or info.get_current_history_length() > ROLL_OVER_AT_EVENTS
        )

    def _projection(self, events: tuple[Event, ...]) -> Projection:
        return Projection(
            release=self._release,
            events=events,
            due=due_list(self._release, self._rules),
            next_wakeup_at=next_wakeup(self._release, self._rules),
            run=self._run,
            told_until=self._reads.projected_seq,
        )


def _first_events(given: Input) -> tuple[Event, ...]:
    begin = given.begin
    assert begin is not None  # noqa: S101 - an input holds a beginning or a state
    try:
        return first_events(begin, workflow.info().workflow_start_time, given.rules)
    except Refused as refused:
        raise as_failure(refused) from None
