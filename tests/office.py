"""Releases, staff and everything that tells them, on one clock that a test moves.

Journeys are driven through the pure domain and projected into SQL as their workflows would; the
activities of delivery run at their times, the gravest first. Only the server is missing: what
Temporal does between them is tested on a real one (tests/workflows, tests/faults).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, select
from temporalio.exceptions import ApplicationError

from activities.delivery_ports import Due
from activities.ports import Told
from activities.projection import Projector
from domain.codes import Role
from domain.commands import (
    AcknowledgeEscalation,
    Actor,
    Command,
    EscalateUnreached,
    PassOnEscalation,
    Unreached,
)
from domain.duty.posts import SERVICE_TEAM, Post, Team
from domain.errors import Refused
from domain.falling_due import next_wakeup
from domain.journey import Step
from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.read_model import SqlReadModel
from infra.database.tables import (
    AssignmentRow,
    MessageRow,
    MessageTrailRow,
    ShiftRow,
    StaffRow,
    TextingRow,
    table_of,
)
from infra.message_settings import MessageSettings
from infra.messages.delivery import Around, Delivery, delivery
from infra.messages.receipts import Applied
from infra.messages.replies import Incoming, SqlReplies
from notifications.wires import OutcomeUnknownError, Outgoing, Wire
from tests.builders import SERVICE, Journey, the_rules
from tests.database.projections import AUDIT_KEY, a_projection

PRISON, UNIT = "LEI", "N54STHA"
RESETTLEMENT = Team(PRISON, Role.RESETTLEMENT)
HEALTHCARE = Team(PRISON, Role.HEALTHCARE)
PROBATION = Team(UNIT, Role.PROBATION)
PROVIDER = Team(SERVICE, Role.PROVIDER)
EVER = datetime(2020, 1, 1, tzinfo=UTC)
FORENAME, MOBILE = "Christopher", "+447700900199"

Outcome = str | Exception
Plan = Callable[[Outgoing], Outcome]


class Line:
    """A provider that does what a test plans, and remembers what it accepted."""

    def __init__(self) -> None:
        self.accepted: dict[str, Outgoing] = {}
        self.asked: list[str] = []
        self.plan: Plan = lambda _: "accept"

    def send(self, message: Outgoing) -> str:
        """See `notifications.wires.Wire`."""
        self.asked.append(message.id)
        outcome = self.plan(message)
        if outcome in {"accept", "accept and drop"}:
            self.accepted[f"SM-{message.id}-{len(self.asked)}"] = message
        if outcome in {"accept and drop", "drop"}:
            raise OutcomeUnknownError("read_timeout")
        if isinstance(outcome, Exception):
            raise outcome
        return f"SM-{message.id}-{len(self.asked)}"

    def find(self, message: Outgoing) -> str | None:
        """See `notifications.wires.Wire`."""
        found = [sid for sid, each in self.accepted.items() if each.id == message.id]
        return found[-1] if found else None


@dataclass(order=True)
class _Work:
    at: datetime
    severity: str
    order: int
    run: Callable[[], None] = field(compare=False)
    name: str = field(compare=False)


class Office:
    """One service with its clock.

    Attributes:
        now: The clock, aware UTC.
        line: Behind every channel, unless wires are given.
    """

    def __init__(
        self,
        database: Database,
        now: datetime,
        wires: Mapping[Channel, Wire] | None = None,
        settings: MessageSettings | None = None,
    ) -> None:
        self.database = database
        self.now = now
        self.line = Line()
        self.journeys: dict[str, Journey] = {}
        self.read_model = SqlReadModel(database, AUDIT_KEY, self.clock)
        self.read_model.store_policy(the_rules().policy)
        self._projected: dict[str, int] = {}
        self._work: list[_Work] = []
        self._seen: set[str] = set()
        self._order = count()
        self._projector = Projector(self.read_model, self)
        around = Around(
            policies=self.read_model,
            rules=the_rules,
            settings=settings or MessageSettings(link_url="https://handover.example.org"),
            wires=wires or dict.fromkeys(Channel, self.line),
            ladders=self,
            dispatcher=self,
        )
        self.telling: Delivery = delivery(database, around, self.clock)
        self.replies = SqlReplies(database, self.clock)

    def clock(self) -> datetime:
        """Return the office's now."""
        return self.now

    # People

    def employ(self, staff_id: str, team: Team, **changes: object) -> str:
        """Employ somebody who can be reached in every way; numbers follow the order of hiring."""
        number = 100 + len(self._staff())
        row = {
            "id": staff_id,
            "reference": staff_id,
            "name": f"Invented {staff_id}",
            "organisation": team.organisation,
            "role": team.role,
            "email": f"{staff_id}@example.org",
            "mobile": f"+447700900{number}",
            "texts_stopped": False,
            "changed_at": EVER,
            "changed_by": "test",
        }
        self._insert(StaffRow, row | changes)
        return staff_id

    def post(self, staff_id: str, team: Team, post: Post) -> None:
        """Put somebody on a post for ever."""
        self._insert(
            ShiftRow,
            {
                "organisation": team.organisation,
                "role": team.role,
                "post": post,
                "starts_at": EVER,
                "staff_id": staff_id,
                "changed_at": EVER,
                "changed_by": "test",
            },
        )

    def name_worker(self, release_id: str, role: Role, staff_id: str) -> None:
        """Make somebody the named worker of a release."""
        self._insert(
            AssignmentRow,
            {
                "release_id": release_id,
                "role": role,
                "staff_id": staff_id,
                "changed_at": EVER,
                "changed_by": "test",
            },
        )

    def staff_every_post(self, *teams: Team) -> None:
        """Fill every post of some teams, and the service owner's, each with a person of its own."""
        service = (Post.SERVICE_OWNER, Post.DEATH_LEAD)
        own = [(team, post) for team in teams for post in Post if post not in service]
        for team, post in (*own, *((SERVICE_TEAM, each) for each in service)):
            who = f"{team.role}-{post}".replace("_", "-")
            self.post(self.employ(who, team), team, post)

    def number_of(self, staff_id: str) -> str:
        """Return somebody's mobile number."""
        return next(str(each.mobile) for each in self._staff() if each.id == staff_id)

    def _staff(self) -> Sequence[StaffRow]:
        with self.database.read() as session:
            return session.execute(select(StaffRow)).scalars().all()

    def _insert(self, mapping: Any, row: Mapping[str, object]) -> None:  # noqa: ANN401
        with self.database.write() as session:
            session.execute(insert(table_of(mapping)), [dict(row)])

    # Releases

    def start(self, release_id: str = "rel-1", *, texts: bool = False, **new: Any) -> Journey:  # noqa: ANN401
        """Start a release now; with `texts` its person has agreed to them."""
        person = NewPerson("A1234BC", FORENAME, "Invented", date(1990, 1, 1), mobile=MOBILE)
        if texts:
            store = PeopleStore(self.database, self.clock)
            person_id = store.register(person, release_id, self.now.date())
            self._insert(
                TextingRow,
                {
                    "person_id": person_id,
                    "agreed": True,
                    "at_risk": False,
                    "language": "en",
                    "recorded_at": self.now,
                    "recorded_by": "test",
                },
            )
        journey = Journey(now=self.now, release_id=release_id, **new)
        self.journeys[release_id] = journey
        self._project(release_id)
        return journey

    def submit(self, release_id: str, *commands: Command, by: Actor | None = None) -> None:
        """Submit now, and tell what follows."""
        journey = self.journeys[release_id]
        journey.now = self.now
        if by is None:
            journey.submit(*commands)
        else:
            journey.submit(*commands, by=by)
        self._project(release_id)

    def _project(self, release_id: str) -> None:
        journey, after = self.journeys[release_id], self._projected.get(release_id, 0)
        self._projected[release_id] = journey.state.seq
        self._projector.project(a_projection(journey, after))

    # Time

    def wait_until(self, at: datetime) -> None:
        """Move the clock to `at`, doing on the way whatever falls due."""
        while (when := self._next()) is not None and when <= at:
            self.now = max(self.now, when)
            self._wake()
            self._run_one()
        self.now = at
        self._wake()

    def settle(self) -> None:
        """Do what is due now."""
        self.wait_until(self.now)

    def _next(self) -> datetime | None:
        wakes = [next_wakeup(each.state, each.rules) for each in self.journeys.values()]
        times = [each for each in wakes if each is not None]
        due_at = self.next_work()
        return min([*times, *([due_at] if due_at else [])], default=None)

    def _wake(self) -> None:
        for release_id, journey in self.journeys.items():
            due_at = next_wakeup(journey.state, journey.rules)
            if due_at is not None and due_at <= self.now:
                journey.wait_until(self.now)
                self._project(release_id)

    def next_work(self) -> datetime | None:
        """Return when the next activity is due."""
        return self._work[0].at if self._work else None

    def work_off(self) -> None:
        """Run every activity that is due."""
        while (due_at := self.next_work()) is not None and due_at <= self.now:
            self._run_one()

    def _run_one(self) -> None:
        if self._work and self._work[0].at <= self.now:
            heapq.heappop(self._work).run()

    def _add(
        self,
        name: str,
        severity: Severity,
        at: datetime | None,
        run: Callable[[], object],
        tries: int = 1,
    ) -> None:
        """Put work in the calendar once; what asks to be tried again is, as Temporal does."""
        if tries == 1 and name in self._seen:
            return
        self._seen.add(name)

        def attempt() -> None:
            try:
                run()
            except ApplicationError as error:
                pause = error.next_retry_delay or timedelta(seconds=5)
                self._add(name, severity, self.now + pause, run, tries + 1)

        when = max(at or self.now, self.now)
        heapq.heappush(self._work, _Work(when, severity, next(self._order), attempt, name))

    # The dispatcher's ports

    def dispatch(self, notices: Sequence[Told]) -> None:
        """See `activities.ports.Dispatcher`."""
        for each in notices:
            route = self.telling.router.send_notice
            self._add(f"notice/{each.id}", each.severity, None, _call(route, each.id))

    def send(self, messages: Sequence[Due]) -> None:
        """See `activities.delivery_ports.DeliveryDispatcher`."""
        for each in messages:
            work = _call(self.telling.postman.send_message, each.id)
            self._add(f"message/{each.id}@{each.due_at}", each.severity, each.due_at, work)

    def tell(self, bundles: Sequence[Due]) -> None:
        """See `activities.delivery_ports.DeliveryDispatcher`."""
        for each in bundles:
            work = _call(self.telling.bundler.tell_bundle, each.id)
            self._add(f"bundle/{each.id}", each.severity, each.due_at, work)

    def weigh(self, notice_id: str, severity: Severity, at: datetime | None) -> None:
        """See `activities.delivery_ports.DeliveryDispatcher`."""
        work = _call(self.telling.router.weigh, notice_id)
        self._add(f"weigh/{notice_id}@{at or next(self._order)}", severity, at, work)

    def answer(self, reply_id: str) -> None:
        """See `infra.engine.dispatching.Dispatcher`."""
        work = _call(self.telling.answerer.answer_reply, reply_id)
        self._add(f"reply/{reply_id}", Severity.S1, None, work)

    def look_ahead(self, at: datetime) -> None:
        """See `activities.looking_ahead.Calendar`."""
        work = _call(self.telling.look_out.look, at.isoformat())
        self._add(f"look-ahead/{at}", Severity.S3, at, work)

    # The engine's port

    def unreached(
        self, release_id: str, step: Step, number: int, level: int, reason: Unreached
    ) -> bool:
        """See `activities.delivery_ports.Ladders`."""
        command = EscalateUnreached(step=step, number=number, level=level, reason=reason)
        return self._ask(release_id, command, Actor(id="throughcare", role=Role.ADMIN))

    def take(self, release_id: str, step: Step, actor: Actor, key: str) -> bool:
        """See `activities.delivery_ports.Ladders`."""
        del key
        return self._ask(release_id, AcknowledgeEscalation(step=step), actor)

    def pass_on(self, release_id: str, step: Step, actor: Actor, key: str) -> bool:
        """See `activities.delivery_ports.Ladders`."""
        del key
        return self._ask(release_id, PassOnEscalation(step=step), actor)

    def _ask(self, release_id: str, command: Command, actor: Actor) -> bool:
        try:
            self.submit(release_id, command, by=actor)
        except Refused:
            return False
        return True

    # The world outside

    def follow(self, applied: Applied) -> None:
        """Do what follows from a report of the provider."""
        if applied.weigh is not None:
            self.weigh(*applied.weigh, None)
        self.send(applied.again)
        self.dispatch(applied.told)

    def text_from(self, number: str, words: str) -> None:
        """Let a text come in, and answer it."""
        self._answer(Incoming(f"SM{next(self._order):032d}", number, words))

    def press(self, message_id: str, key: str) -> None:
        """Let somebody press a key in a call."""
        self._answer(Incoming(f"CA{next(self._order):032d}.{key}", "", key, message_id))

    def _answer(self, incoming: Incoming) -> None:
        reply = self.replies.receive(incoming)
        if reply is not None:
            self.answer(reply)
        self.settle()

    # What can be seen

    def messages(self, **wanted: object) -> list[MessageRow]:
        """Return messages in the order they were written."""
        query = select(MessageRow).order_by(MessageRow.created_at, MessageRow.id)
        for name, value in wanted.items():
            query = query.where(getattr(MessageRow, name) == value)
        with self.database.read() as session:
            return list(session.execute(query).scalars())

    def trail(self, *what: str) -> list[MessageTrailRow]:
        """Return the trail in its order, or only some of what happened."""
        query = select(MessageTrailRow).order_by(MessageTrailRow.seq)
        with self.database.read() as session:
            rows: Iterable[MessageTrailRow] = session.execute(query).scalars()
            return [each for each in rows if not what or each.what in what]


def _call(activity: Callable[[str], object], argument: str) -> Callable[[], object]:
    return lambda: activity(argument)
