"""What the API needs from the outside: infra provides it, tests provide fakes that behave.

Every method is asynchronous, so that infra decides where blocking work runs (few threads for
SQLite, a pool for PostgreSQL). A change to what the web asks of the engine changes this file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from api.callback_ports import Callbacks
from api.duty_ports import DutyDesk
from api.filters import EscalationFilter, PageOf, ReleaseFilter
from api.measure_records import BadLines, BreakdownFound, CountsFound, CountsWanted
from api.message_ports import MessageDesk
from api.pages.accounts import AccountBook, Accounts, Sessions
from api.pages.answer_links import AnswerLinks, LinkPost
from api.pages.caseload import Caseload
from api.pages.papers import PdfPrinter
from api.pages.pinned import PinnedRules
from api.pages.places import PlaceNames
from api.pages.policy import PolicyInForce, PolicyVersions
from api.pages.provider import Provider
from api.pages.unsaved import KeptForms
from api.pages.viewing import Views
from api.policy_ports import PolicyChanges
from api.professional_ports import Professionals
from api.records import (
    EscalationPage,
    EscalationRow,
    NewRelease,
    NoteRecord,
    Part,
    RecordedEvent,
    ReleaseDetail,
    ReleasePage,
    Started,
    Submitted,
)
from api.remembering import Remembered
from api.restriction_ports import Restrictions
from domain.access import Scope, Subject
from domain.codes import Nation
from domain.commands import Actor, Submission
from domain.errors import ThroughcareError
from domain.identifiers import FieldError
from domain.measures.counts import Count
from domain.measures.cuts import Cut
from domain.measures.membership import Membership
from domain.measures.periods import Period
from domain.measures.published import PublishedFigure
from domain.state import Release


class ReleaseUnknownError(ThroughcareError):
    """No such release, or none that the caller has to do with: the two are never told apart."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such release. Check its id.")


class EscalationUnknownError(ThroughcareError):
    """No such escalation, or none that the caller has to do with."""

    def __init__(self) -> None:
        """Say what to check."""
        super().__init__("There is no such escalation. Check its id.")


class EngineUnavailableError(ThroughcareError):
    """The engine certainly took nothing, so a repeat is safe."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The service cannot record anything now; nothing was saved. Try again soon."
        )


class RecordUnavailableError(ThroughcareError):
    """The record cannot be read or written now; nothing was saved."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The record cannot be reached now; nothing was saved. Try again soon.")


class OutcomeUnknownError(ThroughcareError):
    """No answer came in time: it may have been recorded, or still be."""

    def __init__(self) -> None:
        """Say how to find out."""
        super().__init__(
            "It is not known yet whether this was recorded. Send the same request with the same "
            "Idempotency-Key until there is an answer; it is never recorded twice."
        )


class NotAcceptableError(ThroughcareError):
    """Several fields at once cannot be accepted.

    Attributes:
        faults: At least one, by the field names of the JSON API.
    """

    def __init__(self, faults: Sequence[FieldError]) -> None:
        """Keep every fault, so that a form is corrected in one go."""
        super().__init__("Some fields cannot be accepted. Correct them and send it again.")
        self.faults = tuple(faults)


class Intake(Protocol):
    """The same checks as of a line of an imported file, against the public lists."""

    def checked(self, details: NewRelease) -> NewRelease:
        """Return the details with every code current and the service found.

        Raises:
            NotAcceptableError: A code is unknown, or the dates contradict one another.
        """


class Places(Protocol):
    """The public lists of places; each method returns the current code that a code means.

    Raises:
        UnknownCodeError: From any method, when its list has no such code.
    """

    def prison(self, code: str) -> str:
        """Return the code of a prison that is open."""

    def local_authority(self, code: str) -> str:
        """Return the code of an upper-tier authority."""

    def probation_unit(self, code: str) -> str:
        """Return the code of a probation delivery unit."""

    def probation_region(self, code: str) -> str:
        """Return the code of a probation region."""

    def service(self, code: str) -> str:
        """Return the id of a community drug service."""


class Releases(Protocol):
    """Starts releases and carries what is submitted to them."""

    async def start(self, details: NewRelease, actor: Actor) -> Started:
        """Start a release, or find the one of the same prison number and reception date.

        An existing release is left as it is, and so is what is known of its person.

        Raises:
            Refused: The rules do not allow it.
            EngineUnavailableError: Nothing was started.
            OutcomeUnknownError: It may have been started.
        """

    async def submit(self, release_id: str, submission: Submission) -> Submitted:
        """Ask the release; returns once the read model shows what was accepted.

        Raises:
            Refused: The rules do not allow it, or the key was used for something else.
            ReleaseUnknownError: There is no such release.
            EngineUnavailableError: Nothing was recorded.
            OutcomeUnknownError: It may have been recorded; the same key finds out.
        """


class Reads(Protocol):
    """The read model. Lists and details are restricted by `scope` in the query itself.

    Of a restricted record that is closed to the scope's account, lists hold a row without the
    person, and everything that reads one record raises `RecordRestricted`.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def releases(self, wanted: ReleaseFilter, scope: Scope, page: PageOf) -> ReleasePage:
        """Return one page of the releases in scope."""

    async def release(self, release_id: str, scope: Scope) -> ReleaseDetail | None:
        """Return a release in scope; None for any other."""

    async def state(self, release_id: str) -> Release | None:
        """Return the newest state, whoever asks: for deciding on permission, never to be sent."""

    async def events(
        self, release_id: str, scope: Scope, after: int, limit: int
    ) -> tuple[RecordedEvent, ...] | None:
        """Return up to `limit` events after number `after`, in order; None when out of scope."""

    async def escalations(
        self, wanted: EscalationFilter, scope: Scope, page: PageOf
    ) -> EscalationPage:
        """Return one page of the escalations of releases in scope."""

    async def escalation(self, escalation_id: str, scope: Scope) -> EscalationRow | None:
        """Return an escalation of a release in scope; None for any other."""


class Measures(Protocol):
    """Counts of what measures are made of; they pass `api.measures` before anybody sees them.

    Raises:
        RecordUnavailableError: From any asynchronous method, when the database does not answer.
    """

    async def counts(self, wanted: Sequence[CountsWanted]) -> tuple[CountsFound, ...]:
        """Return the counts of each that is wanted, all from one instant."""

    async def breakdown(
        self, nation: Nation, cut: Cut, period: Period, names: frozenset[Count]
    ) -> BreakdownFound:
        """Return one period of every local authority by the groups of a cut."""

    async def bad_lines(self, wanted: CountsWanted) -> BadLines:
        """Return how many lines of files of past releases are excluded."""

    async def memberships(self, release_id: str) -> tuple[Membership, ...]:
        """Return in what a release counts and why; empty while it is in no measure.

        Whoever asks has to be allowed to see the release.
        """

    def published(self) -> tuple[PublishedFigure, ...]:
        """Return the figures that others published, for comparison."""

    async def stamp(self) -> int:
        """Return a number that is another one as soon as anything that is counted has changed."""

    @property
    def remembered(self) -> Remembered:
        """Where answers are remembered until the stamp changes."""

    def region_of(self, area: str) -> str:
        """Return the code of the probation region that serves a local authority."""

    def name_of(self, cut: Cut, group: str) -> str:
        """Return what people call a group; its code when it is on no list."""


class Tokens(Protocol):
    """Bearer tokens."""

    async def find(self, secret: str) -> Subject | None:
        """Return who holds the token; None when it is unknown, expired or revoked.

        Looked up on every request, so that a revoked token or a changed scope counts at once.
        """


class Notes(Protocol):
    """Free text that commands refer to by id."""

    async def add(self, release_id: str, author: str, texts: Mapping[str, str]) -> None:
        """Store each text under its id; repeating the same changes nothing.

        Raises:
            Refused: `KEY_REUSED`, when an id is taken by another text.
        """

    async def written(self, release_id: str, ids: Collection[str]) -> Mapping[str, NoteRecord]:
        """Return the notes of a release among `ids`, by id; for `sees_note` to decide on each.

        Raises:
            RecordUnavailableError: The database does not answer.
        """


class Health(Protocol):
    """Whether the parts that the service relies on work."""

    async def parts(self) -> tuple[Part, ...]:
        """Return the database, the engine, its worker and the audit chain, in that order.

        It never raises: a part that cannot be asked is not ready.
        """


class CanRecord(Protocol):
    """Whether anything can be recorded now; pages say so before somebody fills a form in."""

    async def __call__(self) -> bool:
        """Return whether the engine answers; it never raises, and never takes long."""


class Clock(Protocol):
    """What time it is; a test says so itself."""

    def __call__(self) -> datetime:
        """Return the aware UTC instant."""


class Services(NamedTuple):
    """Everything `create_app` is given; chosen by infra's entry points."""

    releases: Releases
    reads: Reads
    intake: Intake
    places: Places
    tokens: Tokens
    notes: Notes
    health: Health
    duty: DutyDesk
    desk: MessageDesk
    callbacks: Callbacks
    measures: Measures
    accounts: Accounts
    sessions: Sessions
    account_book: AccountBook
    views: Views
    place_names: PlaceNames
    provider: Provider | None
    policy_in_force: PolicyInForce
    policy_changes: PolicyChanges
    policy_versions: PolicyVersions
    caseload: Caseload
    rules: PinnedRules
    pdf: PdfPrinter
    answer_links: AnswerLinks
    restrictions: Restrictions
    professionals: Professionals
    kept_forms: KeptForms
    link_post: LinkPost
    can_record: CanRecord
    now: Clock
