"""A service in memory behind the API's ports: it decides by the real rules and forgets nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import takewhile
from typing import Any

from api.callback_ports import Callback, CallbackRefusedError
from api.duty_ports import DutyDesk
from api.filters import EscalationFilter, PageOf, ReleaseFilter, ReleaseOrder, Turn
from api.message_ports import MessageDesk
from api.pages.papers import PdfPrinter
from api.pages.policy import PolicyVersion
from api.pages.provider import Provider
from api.ports import NotAcceptableError, ReleaseUnknownError, Services
from api.professional_ports import Professionals
from api.records import (
    EscalationPage,
    EscalationRow,
    NewRelease,
    NoteRecord,
    Part,
    Person,
    RecordedEvent,
    ReleaseDetail,
    ReleasePage,
    ReleaseRow,
    Started,
    StepRow,
    Submitted,
)
from domain.access import Scope, Subject
from domain.access_table import team_of
from domain.commands import Actor, Command, Submission
from domain.continuity import cover_report
from domain.deciding import decide, start
from domain.due import due
from domain.errors import Refusal, Refused
from domain.events import Event
from domain.evolve import evolve, replay
from domain.falling_due import fall_due
from domain.identifiers import FieldError, UnknownCodeError
from domain.policy import Policy
from domain.state import LadderStatus, Release, StepStatus
from infra.database.engine import Database
from infra.database.policy_changes import PolicyChangeStore
from infra.database.professionals import ProfessionalStore
from infra.reference_data.loading import load_reference_data
from infra.reference_data.register import Register
from infra.rules_in_force import RulesInForce
from infra.web.duty import duty_desk
from infra.web.messages import message_desk
from infra.web.pdf import WeasyPrinter
from infra.web.place_names import PublicPlaceNames
from infra.web.policy import shown, versions_of
from infra.web.policy_changes import StoredPolicyChanges
from infra.web.professionals import StoredProfessionals
from infra.web.store import StoreThreads
from tests.api.agreements import NobodyKnown
from tests.api.answer_links import FakeAnswerLinks, by_hand
from tests.api.caseload import FakeCaseload, FakeRules
from tests.api.colleagues import Colleagues
from tests.api.measured import MeasuresInMemory
from tests.api.professionals import FakeProfessionals
from tests.api.restricted import FakeRestrictions
from tests.api.visitors import FakeAccountBook, FakeAccounts, FakeKeptForms, FakeSessions, FakeViews
from tests.builders import WORKER, a_new_release, a_submission, the_rules

REFERENCE = load_reference_data()


FIRST_STORED_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
"""Since when the default policy has been in use."""


class World:
    """Every port at once, over plain dictionaries, with the clock in hand.

    Attributes:
        failing: Raised by the next start or submission instead of an answer.
        submitted: Every submission that reached the engine, repeats included.
    """

    def __init__(self, now: datetime, database: Database | None = None) -> None:
        self.time = now
        # Staff and rotas are the real ones; nothing is opened until a test asks for them.
        self.database = database or Database("sqlite:////nowhere/rotas.db")
        self.has_database = database is not None
        self.colleagues = Colleagues()
        self.policy_store = PolicyChangeStore(self.database, lambda: self.time)
        rules = the_rules()
        self.in_force = RulesInForce(
            rules.policy, rules.calendar, self.policy_store, lambda: self.time
        )
        self.histories: dict[str, list[Event]] = {}
        self.states: dict[str, Release] = {}
        self.people: dict[str, Person] = {}
        self.tokens: dict[str, Subject] = {}
        self.texts: dict[str, str] = {}
        self.writers: dict[str, str] = {}
        self.not_ready: set[str] = set()
        self.failing: Exception | None = None
        self.submitted: list[Submission] = []
        self.lookups = 0
        self.callbacks: list[Callback] = []
        self.measured = MeasuresInMemory()
        self.accounts = FakeAccounts()
        self.provider: Provider | None = None
        self.later_policies: tuple[tuple[Policy, datetime], ...] = ()
        self.pdf: PdfPrinter = WeasyPrinter()
        self.answer_links = FakeAnswerLinks(lambda: self.time)
        self.restrictions = FakeRestrictions(self)
        self.professionals = FakeProfessionals(lambda: self.time)
        self.views = FakeViews(lambda: self.time)
        self.sessions = FakeSessions(self.accounts, lambda: self.time)
        self.kept_forms = FakeKeptForms(self.sessions)

    def services(self) -> Services:
        threads = StoreThreads(self.database.dialect)
        return Services(
            releases=self,
            reads=self,
            intake=self,
            places=self,
            tokens=self,
            notes=self,
            health=self,
            duty=self._duty(threads),
            desk=self._desk(threads),
            callbacks=self,
            measures=self.measured,
            accounts=self.accounts,
            sessions=self.sessions,
            views=self.views,
            account_book=FakeAccountBook(self.accounts, self.sessions),
            provider=self.provider,
            policy_in_force=lambda: shown(self.in_force.rules().policy),
            policy_changes=StoredPolicyChanges(
                self.policy_store, self.in_force, threads, lambda: self.time
            ),
            policy_versions=self.policy_versions,
            caseload=FakeCaseload(self),
            rules=FakeRules(),
            pdf=self.pdf,
            answer_links=self.answer_links,
            restrictions=self.restrictions,
            professionals=self._professionals(threads),
            kept_forms=self.kept_forms,
            link_post=by_hand,
            can_record=self.can_record,
            place_names=PublicPlaceNames(REFERENCE),
            now=lambda: self.time,
        )

    def _duty(self, threads: StoreThreads) -> DutyDesk:
        now = lambda: self.time  # noqa: E731 - the clock in hand
        real = duty_desk(self.database, threads, REFERENCE, now, allow_drama=True)
        return real if self.has_database else self.colleagues.desk(real)

    def _desk(self, threads: StoreThreads) -> MessageDesk:
        real = message_desk(self.database, threads, lambda: self.time, allow_drama=True)
        return real if self.has_database else real._replace(agreements=NobodyKnown())

    def _professionals(self, threads: StoreThreads) -> Professionals:
        if not self.has_database:
            return self.professionals
        store = ProfessionalStore(self.database, lambda: self.time, allow_drama=True)
        return StoredProfessionals(store, threads)

    # Setting the scene

    async def policy_versions(self) -> tuple[PolicyVersion, ...]:
        return versions_of(((the_rules().policy, FIRST_STORED_AT), *self.later_policies))

    async def can_record(self) -> bool:
        return "engine" not in self.not_ready

    def token(self, subject: Subject) -> dict[str, str]:
        secret = f"tc_{subject.id}"
        self.tokens[secret] = subject
        return {"Authorization": f"Bearer {secret}"}

    def has(self, release_id: str, **changes: object) -> Release:
        known: dict[str, object] = {"release_id": release_id, "probation_unit": "N54STHA"}
        new = a_new_release(**known | changes)
        self._tell(release_id, start(new, WORKER, self.time, the_rules()))
        return self.states[release_id]

    def records(self, release_id: str, *commands: Command, by: Actor = WORKER) -> None:
        submission = a_submission(*commands, by=by)
        events = decide(self.states[release_id], submission, self.time, the_rules())
        self._tell(release_id, events)

    def wait_until(self, now: datetime) -> None:
        self.time = now
        for release_id, state in list(self.states.items()):
            self._tell(release_id, fall_due(state, now, the_rules()))

    def _tell(self, release_id: str, events: tuple[Event, ...]) -> None:
        self.histories.setdefault(release_id, []).extend(events)
        state = self.states.get(release_id)
        if state is None:
            state = replay(events)
        else:
            for event in events:
                state = evolve(state, event)
        self.states[release_id] = state

    # api.ports.Releases

    async def start(self, details: NewRelease, actor: Actor) -> Started:
        self._fail_if_asked()
        episode = f"{details.prison_number} {details.reception_on}"
        release_id = "rel-" + hashlib.sha256(episode.encode()).hexdigest()[:12]
        created = release_id not in self.states
        if created:
            new = a_new_release(
                release_id=release_id,
                prison=details.prison,
                destination=details.local_authority,
                probation_unit=details.probation_unit,
                service=details.service,
                release_type=details.release_type,
                reception_on=details.reception_on,
                scheduled_on=details.scheduled_on,
                as_given=details.as_given,
                started_at=details.started_at,
                treatment={
                    "need": details.treatment_need,
                    "stated_group": details.treatment_group,
                },
            )
            self._tell(release_id, start(new, actor, self.time, the_rules()))
            self.people[release_id] = Person(
                prison_number=details.prison_number,
                crn=details.crn,
                forename=details.forename,
                surname=details.surname,
                born_on=details.born_on,
                sex=details.sex,
                ethnicity=details.ethnicity,
                mobile=details.mobile,
            )
        return Started(release_id, reference_of(release_id), created)

    async def submit(self, release_id: str, submission: Submission) -> Submitted:
        self._fail_if_asked()
        self.submitted.append(submission)
        state = self.states.get(release_id)
        if state is None:
            raise ReleaseUnknownError
        events = decide(state, submission, self.time, the_rules())
        self._tell(release_id, events)
        seq = self.states[release_id].requests[submission.key].seq
        return Submitted(seq=seq, duplicate=not events)

    def _fail_if_asked(self) -> None:
        if self.failing is not None:
            raise self.failing

    # api.ports.Reads

    async def releases(self, wanted: ReleaseFilter, scope: Scope, page: PageOf) -> ReleasePage:
        kept = [each for each in self.states.values() if scope.covers(each)]
        wanted_of = [self.row(each) for each in kept if self._is_wanted(each, wanted)]
        rows = [self.restrictions.as_seen(each, scope) for each in wanted_of]
        rows.sort(key=lambda row: (row.released_on or row.expected_on, row.release_id))
        if wanted.order is ReleaseOrder.LEAVES_ON_LAST:
            rows.reverse()
        return ReleasePage(tuple(rows[page.offset : page.offset + page.size]), len(rows))

    def _is_wanted(self, state: Release, wanted: ReleaseFilter) -> bool:
        same = {
            "prison": state.prison,
            "probation_unit": state.probation_unit,
            "service": state.service,
            "destination": state.destination,
            "phase": state.phase,
            "reference": reference_of(state.release_id),
            "group": state.treatment.group if state.treatment else None,
        }
        if any(getattr(wanted, name) not in (None, value) for name, value in same.items()):
            return False
        if wanted.step and (
            wanted.step not in state.steps or state.steps[wanted.step].status is not StepStatus.OPEN
        ):
            return False
        first, last = wanted.leaves_from, wanted.leaves_to
        return (first is None or state.leaves_on >= first) and (
            last is None or state.leaves_on <= last
        )

    def row(self, state: Release) -> ReleaseRow:
        person = self.people.get(state.release_id)
        soonest = min(due(state, the_rules()), key=lambda each: each.at, default=None)
        return ReleaseRow(
            release_id=state.release_id,
            reference=reference_of(state.release_id),
            prison_number=person.prison_number if person else None,
            forename=person.forename if person else None,
            surname=person.surname if person else None,
            prison=state.prison,
            destination=state.destination,
            nation=state.nation,
            probation_unit=state.probation_unit,
            service=state.service,
            release_type=state.release_type,
            phase=state.phase,
            closure=state.closure,
            expected_on=state.expected_on,
            released_on=state.released.on if state.released else None,
            short_notice=state.short_notice,
            next_due_step=soonest.step if soonest else None,
            next_due_at=soonest.at if soonest else None,
            next_due_severity=soonest.severity if soonest else None,
            worst_lapsed_severity=None,
        )

    async def release(self, release_id: str, scope: Scope) -> ReleaseDetail | None:
        state = self.states.get(release_id)
        if state is None or not scope.covers(state):
            return None
        self.restrictions.refuse(release_id, scope)
        person = self.people.get(release_id)
        return ReleaseDetail(
            reference_of(release_id), person, state, self._steps(state), covered_until(state)
        )

    def _steps(self, state: Release) -> tuple[StepRow, ...]:
        dues = {each.step: each for each in due(state, the_rules())}
        return tuple(
            StepRow(
                step=step,
                status=known.status,
                due_at=dues[step].at if step in dues else None,
                severity=dues[step].severity if step in dues else None,
                source=dues[step].rule.cite.source if step in dues else None,
                compressed=step in dues and dues[step].compressed,
                lapsed_at=known.lapsed_at,
                lapses=known.lapses,
            )
            for step, known in state.steps.items()
        )

    async def state(self, release_id: str) -> Release | None:
        self.lookups += 1
        return self.states.get(release_id)

    async def events(
        self, release_id: str, scope: Scope, after: int, limit: int
    ) -> tuple[RecordedEvent, ...] | None:
        state = self.states.get(release_id)
        if state is None or not scope.covers(state):
            return None
        self.restrictions.refuse(release_id, scope)
        later = [each for each in self.histories[release_id] if each.seq > after]
        return tuple(RecordedEvent(each, each.at) for each in later[:limit])

    async def escalations(
        self, wanted: EscalationFilter, scope: Scope, page: PageOf
    ) -> EscalationPage:
        rows = [
            self.restrictions.as_seen(row, scope)
            for row in self._ladders()
            if scope.covers(self.states[row.release_id])
            and wanted.severity in (None, row.severity)
            and wanted.status in (None, row.status)
            and wanted.step in (None, row.step)
            and wanted.release_id in (None, row.release_id)
            and wanted.is_open in (None, row.status is not LadderStatus.CLOSED)
            and (wanted.turn is None or _is_turn(row, wanted.turn))
        ]
        return EscalationPage(tuple(rows[page.offset : page.offset + page.size]), len(rows))

    async def escalation(self, escalation_id: str, scope: Scope) -> EscalationRow | None:
        for row in self._ladders():
            if row.escalation_id == escalation_id and scope.covers(self.states[row.release_id]):
                self.restrictions.refuse(row.release_id, scope)
                return row
        return None

    def _ladders(self) -> list[EscalationRow]:
        return [
            EscalationRow(
                escalation_id=f"{state.release_id}.{each.number}",
                release_id=state.release_id,
                reference=reference_of(state.release_id),
                number=each.number,
                step=each.step,
                severity=each.severity,
                status=each.status,
                level=each.level,
                opened_at=each.opened_at,
                next_at=each.next_at,
                acknowledged_by=each.acknowledged_by,
                **self._who(state),
            )
            for state in self.states.values()
            for each in state.escalations.values()
        ]

    def _who(self, state: Release) -> dict[str, Any]:
        person = self.people.get(state.release_id)
        return {
            "is_released": state.released is not None,
            "prison_number": person.prison_number if person else None,
            "forename": person.forename if person else None,
            "surname": person.surname if person else None,
        }

    # api.ports.Intake and Places, over the real public lists

    def checked(self, details: NewRelease) -> NewRelease:
        faults: list[FieldError] = []
        codes: dict[str, str] = {}
        for field in ("prison", "local_authority", "probation_unit"):
            try:
                codes[field] = getattr(self, field)(getattr(details, field))
            except UnknownCodeError as fault:
                faults.append(fault)
        if details.scheduled_on < details.reception_on:
            message = "The release date is before the reception date"
            faults.append(FieldError("release_date", message))
        if faults:
            raise NotAcceptableError(faults)
        service = details.service or REFERENCE.service_for(codes["local_authority"]).service_id
        return replace(
            details,
            prison=codes["prison"],
            local_authority=codes["local_authority"],
            probation_unit=codes["probation_unit"],
            service=service,
        )

    def prison(self, code: str) -> str:
        return self._current(REFERENCE.releasing_prisons, code)

    def local_authority(self, code: str) -> str:
        return self._current(REFERENCE.local_authorities, code)

    def probation_region(self, code: str) -> str:
        return self._current(REFERENCE.probation_regions, code)

    def probation_unit(self, code: str) -> str:
        return self._current(REFERENCE.probation_units, code)

    def service(self, code: str) -> str:
        return self._current(REFERENCE.services, code)

    def _current(self, register: Register[Any], code: str) -> str:
        register.find(code)
        return str(register.current_code(code))

    # api.ports.Tokens, Notes and Health

    async def find(self, secret: str) -> Subject | None:
        return self.tokens.get(secret)

    async def add(self, release_id: str, author: str, texts: Mapping[str, str]) -> None:
        for note_id, text in texts.items():
            if self.texts.setdefault(note_id, text) != text:
                message = "This idempotency key was used for something else. Use a new key."
                raise Refused(Refusal.KEY_REUSED, message)
            self.writers[note_id] = author

    async def written(self, release_id: str, ids: Collection[str]) -> Mapping[str, NoteRecord]:
        known = [*self.accounts.known.values()]
        roles = {each.id: each.role for each in self.tokens.values()}
        roles |= {each.subject.id: each.role for each in known}
        names = {each.subject.id: each.name for each in known}
        return {
            each: NoteRecord(
                self.texts[each],
                names.get(self.writers[each]),
                roles.get(self.writers[each]),
                self.time,
            )
            for each in ids
            if each in self.texts
        }

    async def parts(self) -> tuple[Part, ...]:
        names = ("database", "engine", "worker", "chain")
        return tuple(Part(name, name not in self.not_ready, name != "chain") for name in names)

    # Callbacks: believed by one signature only, and remembered

    async def receipt(self, callback: Callback) -> None:
        self._believe(callback)

    async def call(self, callback: Callback) -> None:
        self._believe(callback)

    async def reply(self, callback: Callback) -> None:
        self._believe(callback)

    async def digits(self, callback: Callback) -> str:
        self._believe(callback)
        return "<Response/>"

    def _believe(self, callback: Callback) -> None:
        if callback.signature != "signed":
            raise CallbackRefusedError("wrong_signature")
        self.callbacks.append(callback)


def _is_turn(row: EscalationRow, turn: Turn) -> bool:
    team = team_of(row.step, released=row.is_released)
    theirs = turn.role in team and row.acknowledged_by in (None, turn.account)
    return row.status is not LadderStatus.CLOSED and theirs is turn.is_theirs


def reference_of(release_id: str) -> str:
    return hashlib.sha256(release_id.encode()).hexdigest()[:6].upper()


def covered_until(state: Release) -> date | None:
    report = cover_report(state, the_rules())
    days = list(takewhile(lambda day: day.covered, report.days)) if report else []
    return days[-1].on if days else None
