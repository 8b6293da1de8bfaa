"""The web process: the adapters behind the API's ports, and the server in front of them."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog
import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from api.app import create_app
from api.pages.accounts import DemoAccount
from api.pages.settings import PageSettings
from api.ports import CanRecord, Services
from infra.composition import Parts, composed
from infra.database.answer_links import AnswerLinkStore, code_key_from
from infra.database.attempts import AttemptStore, attempt_key_from
from infra.database.caseload import CaseloadReads
from infra.database.clock import utc_now
from infra.database.kept_forms import KeptFormStore
from infra.database.notes import NoteReads
from infra.database.queries import SqlReads
from infra.database.restrictions import RestrictionStore
from infra.database.sessions import SessionStore
from infra.database.tokens import TokenStore
from infra.database.users import UserStore
from infra.database.views import ViewStore
from infra.demo.accounts import known_accounts
from infra.duty.staff import SqlStaff
from infra.listening import wait_for_free_port
from infra.measures.reading import SqlMeasures
from infra.settings import PREFIX, Settings, WebSettings
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
from infra.web.probing import Probe
from infra.web.provider import RemoteProvider
from infra.web.reads import ThreadedReads
from infra.web.releases import EngineReleases
from infra.web.restrictions import StoredRestrictions
from infra.web.sign_in import Passwords, StoredAccounts, StoredSessions
from infra.web.store import StoreThreads
from infra.web.tokens import StoredTokens
from infra.web.views import StoredViews
from infra.webhooks import signatures

FINISHES_WITHIN: Final = timedelta(seconds=8)
"""What is under way when the process is told to stop; the supervisor waits ten seconds."""

_SOON_ENOUGH: Final = timedelta(seconds=1)
"""No page waits longer to learn whether anything can be recorded."""

log = structlog.get_logger()


def serve(settings: Settings) -> None:
    """Run `run_web` to its end on the faster event loop, where there is one (uvloop)."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(run_web(settings))


async def run_web(settings: Settings) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; requests under way are answered first.

    It starts and reads without a Temporal server; what would change something is answered 503
    until there is one.

    Raises:
        PortTakenError: Somebody else listens there.
        UnusableKeysError: The keys cannot be used.
        PolicyError: The policy document cannot be used.
    """
    web = settings.web
    await wait_for_free_port(web.host, web.port, purpose="web", setting=f"{PREFIX}WEB_PORT")
    async with composed(settings, lazy=True) as parts:
        threads = StoreThreads(parts.database.dialect)
        try:
            app = create_app(services_of(parts, threads, settings), pages=pages_of(settings))
            server = _server(app, web)
            log.info("web_started", port=web.port)
            await server.serve()
            log.info("web_stopped")
        finally:
            await asyncio.to_thread(threads.close)


def pages_of(settings: Settings) -> PageSettings:
    """Return how the pages are served."""
    is_demonstration = settings.environment == "demonstration"
    return PageSettings(
        is_demonstration=is_demonstration,
        is_secure=settings.web.address is not None or not is_demonstration,
        form_targets=(_origin(settings.signin.issuer),) if settings.signin.issuer else (),
    )


def services_of(parts: Parts, threads: StoreThreads, settings: Settings) -> Services:
    """Return everything the API and the pages are given, over the parts of this process."""
    allow_drama = settings.environment != "production"
    cover = PrescriptionCover(parts.read_model.policy, parts.rules.calendar)
    places = PublicPlaces(parts.reference)
    return Services(
        releases=EngineReleases(
            engine=parts.engine,
            people=parts.people,
            read_model=parts.read_model,
            episodes=Episodes(parts.database, parts.keys.id_key),
            reference=parts.reference,
            threads=threads,
            now=utc_now,
        ),
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
        policy_versions=StoredVersions(parts.database, threads),
        caseload=StoredCaseload(CaseloadReads(parts.database), threads),
        rules=StoredRules(parts.read_model.policy, parts.rules, threads),
        pdf=WeasyPrinter(),
        answer_links=_answer_links(parts, threads, settings),
        restrictions=StoredRestrictions(RestrictionStore(parts.database), threads),
        kept_forms=StoredForms(KeptFormStore(parts.database), threads),
        link_post=ByHand(),
        can_record=_can_record(parts),
        now=utc_now,
    )


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


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _server(app: FastAPI, web: WebSettings) -> uvicorn.Server:
    return _Server(
        uvicorn.Config(
            app,
            host=web.host,
            port=web.port,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,  # ours is in place
            access_log=False,  # the app's own names the route and no value
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=int(FINISHES_WITHIN.total_seconds()),
        )
    )


class _Server(uvicorn.Server):
    """Uvicorn, but for signals: its own way ends the process before our blocks can close."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let SIGTERM and SIGINT ask for a graceful stop while the server runs."""
        loop = asyncio.get_running_loop()
        signals = (signal.SIGTERM, signal.SIGINT)
        for each in signals:
            loop.add_signal_handler(each, self.handle_exit, each, None)
        try:
            yield
        finally:
            for each in signals:
                loop.remove_signal_handler(each)
