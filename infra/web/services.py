"""What the API and the pages are given: an adapter behind each port, over one process's parts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from api.pages.accounts import DemoAccount
from api.ports import CanRecord, Services
from infra.composition import Parts
from infra.database.answer_links import AnswerLinkStore, code_key_from
from infra.database.attempts import AttemptStore, attempt_key_from
from infra.database.caseload import CaseloadReads
from infra.database.clock import utc_now
from infra.database.kept_forms import KeptFormStore
from infra.database.notes import NoteReads
from infra.database.policy_changes import PolicyChangeStore
from infra.database.professionals import ProfessionalStore
from infra.database.queries import SqlReads
from infra.database.restrictions import RestrictionStore
from infra.database.sessions import SessionStore
from infra.database.tokens import TokenStore
from infra.database.users import UserStore
from infra.database.views import ViewStore
from infra.demo.accounts import known_accounts
from infra.duty.staff import SqlStaff
from infra.measures.reading import SqlMeasures
from infra.settings import Settings
from infra.temporal.namespace import is_answering
from infra.web.account_book import StoredAccountBook
from infra.web.answer_links import ByHand, StoredAnswerLinks
from infra.web.callbacks import callbacks_for
from infra.web.caseload import StoredCaseload
from infra.web.cover import PrescriptionCover
from infra.web.duty import duty_desk
from infra.web.episodes import Episodes
from infra.web.health import probed_health
from infra.web.intake import CheckedIntake
from infra.web.kept_forms import StoredForms
from infra.web.measures import StoredMeasures
from infra.web.messages import message_desk
from infra.web.notes import StoredNotes
from infra.web.pdf import WeasyPrinter
from infra.web.pinned import StoredRules
from infra.web.place_names import PublicPlaceNames
from infra.web.places import PublicPlaces
from infra.web.policy import StoredVersions, shown
from infra.web.policy_changes import StoredPolicyChanges
from infra.web.probing import Probe
from infra.web.professionals import StoredProfessionals
from infra.web.provider import RemoteProvider
from infra.web.reads import ThreadedReads
from infra.web.releases import EngineReleases
from infra.web.restrictions import StoredRestrictions
from infra.web.sign_in import Passwords, StoredAccounts, StoredSessions
from infra.web.store import StoreThreads
from infra.web.tokens import StoredTokens
from infra.web.views import StoredViews
from infra.webhooks import signatures

_SOON_ENOUGH: Final = timedelta(seconds=1)
"""No page waits longer to learn whether anything can be recorded."""


def services_of(parts: Parts, threads: StoreThreads, settings: Settings) -> Services:
    """Return everything the API and the pages are given, over the parts of this process."""
    allow_drama = settings.environment != "production"
    cover = PrescriptionCover(parts.read_model.policy, parts.rules.calendar)
    places = PublicPlaces(parts.reference)
    return Services(
        releases=_releases(parts, threads),
        reads=ThreadedReads(SqlReads(parts.database, cover), threads),
        intake=CheckedIntake(places, parts.reference, utc_now),
        places=places,
        tokens=StoredTokens(TokenStore(parts.database), threads),
        notes=StoredNotes(parts.people, NoteReads(parts.database), threads),
        health=probed_health(parts, threads),
        duty=duty_desk(
            parts.database,
            threads,
            parts.reference,
            utc_now,
            allow_drama=allow_drama,
        ),
        desk=message_desk(parts.database, threads, utc_now, allow_drama=allow_drama),
        callbacks=callbacks_for(
            parts.database,
            threads,
            parts.client,
            signatures(settings.messages),
            settings.messages.twilio_account,
        ),
        measures=StoredMeasures(SqlMeasures(parts.database), parts.reference, threads),
        accounts=_accounts(parts, threads, settings),
        sessions=StoredSessions(SessionStore(parts.database), threads),
        account_book=_account_book(parts, threads),
        views=StoredViews(ViewStore(parts.database), threads),
        place_names=PublicPlaceNames(parts.reference),
        provider=_provider(parts, threads, settings),
        policy_in_force=lambda: shown(parts.rules.policy),
        policy_changes=_policy_changes(parts, threads),
        policy_versions=StoredVersions(parts.database, threads),
        caseload=StoredCaseload(CaseloadReads(parts.database), threads),
        rules=StoredRules(parts.read_model.policy, parts.in_force.rules, threads),
        pdf=WeasyPrinter(),
        answer_links=_answer_links(parts, threads, settings),
        restrictions=StoredRestrictions(RestrictionStore(parts.database), threads),
        professionals=StoredProfessionals(
            ProfessionalStore(parts.database, allow_drama=allow_drama), threads
        ),
        kept_forms=StoredForms(KeptFormStore(parts.database), threads),
        link_post=ByHand(),
        can_record=_can_record(parts),
        now=utc_now,
    )


def _releases(parts: Parts, threads: StoreThreads) -> EngineReleases:
    return EngineReleases(
        started_with=parts.engine,
        rules=parts.in_force.rules,
        people=parts.people,
        read_model=parts.read_model,
        episodes=Episodes(parts.database, parts.keys.id_key),
        reference=parts.reference,
        threads=threads,
        now=utc_now,
    )


def _policy_changes(parts: Parts, threads: StoreThreads) -> StoredPolicyChanges:
    store = PolicyChangeStore(parts.database)
    return StoredPolicyChanges(store, parts.in_force, threads, utc_now)


def _accounts(parts: Parts, threads: StoreThreads, settings: Settings) -> StoredAccounts:
    def demonstrated() -> tuple[DemoAccount, ...]:
        if settings.environment != "demonstration":
            return ()
        return known_accounts(settings.state_dir)

    return StoredAccounts(
        users=UserStore(parts.database),
        attempts=AttemptStore(parts.database, attempt_key_from(parts.keys.id_key)),
        passwords=Passwords(),
        threads=threads,
        demonstrated=demonstrated,
    )


def _can_record(parts: Parts) -> CanRecord:
    probe = Probe("engine", lambda: is_answering(parts.client), within=_SOON_ENOUGH)

    async def can_record() -> bool:
        return (await probe.part()).is_ready

    return can_record


def _answer_links(parts: Parts, threads: StoreThreads, settings: Settings) -> StoredAnswerLinks:
    return StoredAnswerLinks(
        store=AnswerLinkStore(parts.database, code_key_from(parts.keys.id_key)),
        attempts=AttemptStore(parts.database, attempt_key_from(parts.keys.id_key)),
        threads=threads,
        web_address=settings.web_address,
    )


def _account_book(parts: Parts, threads: StoreThreads) -> StoredAccountBook:
    return StoredAccountBook(
        users=UserStore(parts.database),
        staff=SqlStaff(parts.database),
        sessions=SessionStore(parts.database),
        passwords=Passwords(),
        reference=parts.reference,
        threads=threads,
    )


def _provider(parts: Parts, threads: StoreThreads, settings: Settings) -> RemoteProvider | None:
    if settings.signin.kind == "local":
        return None
    return RemoteProvider(
        settings=settings.signin,
        return_address=f"{settings.web_address}/sign-in/provider/return",
        home_address=f"{settings.web_address}/sign-in",
        users=UserStore(parts.database),
        threads=threads,
        reference=parts.reference,
    )
