from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.pages.answer_links import AnswerLink, NewAnswerLink
from infra.database.answer_links import (
    ALPHABET,
    CODE_LENGTH,
    LASTS,
    MOST_ATTEMPTS,
    AnswerLinkStore,
    Secrets,
    code_key_from,
)
from infra.database.engine import Database
from infra.database.tables import AnswerLinkRow

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
NEW = NewAnswerLink("rel-1", "r1", "cds-hartlepool", "staff-1")
WRONG = "AAAA-AAAA"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def links(database: Database, clock: Clock) -> AnswerLinkStore:
    return AnswerLinkStore(database, code_key_from(b"k" * 32), clock)


@pytest.fixture
def made(links: AnswerLinkStore) -> Secrets:
    return links.issue(NEW)


def test_the_code_opens_the_link_it_came_with(links: AnswerLinkStore, made: Secrets) -> None:
    link = links.open(made.token, made.code)

    assert link is not None
    assert (link.release_id, link.referral, link.service) == ("rel-1", "r1", "cds-hartlepool")
    assert links.find(made.token) == link
    assert made.expires_at == NOW + LASTS
    assert len(made.code) == CODE_LENGTH
    assert set(made.code) <= set(ALPHABET)


def test_a_code_is_read_as_people_say_and_type_it(links: AnswerLinkStore, made: Secrets) -> None:
    for typed in (made.code.lower(), f" {made.code[:4]} - {made.code[4:]} "):
        assert links.open(made.token, typed) is not None


def test_neither_the_token_nor_the_code_nor_who_it_is_about_is_kept(
    links: AnswerLinkStore, made: Secrets, database: Database
) -> None:
    with database.read() as session:
        (row,) = session.execute(select(AnswerLinkRow)).scalars()
        kept = [str(value) for value in vars(row).values()]

    assert not any(made.token in each or made.code in each for each in kept)


def test_a_code_cannot_be_found_from_its_digest_without_the_key(
    links: AnswerLinkStore, made: Secrets, database: Database
) -> None:
    elsewhere = AnswerLinkStore(database, code_key_from(b"x" * 32), lambda: NOW)

    assert elsewhere.open(made.token, made.code) is None


def test_two_links_never_share_a_token_or_open_by_each_others_code(
    links: AnswerLinkStore, made: Secrets
) -> None:
    other = links.issue(NEW._replace(release_id="rel-2"))

    assert other.token != made.token
    assert links.open(other.token, made.code) is None
    assert links.open(made.token, made.code) is not None


Deed = Callable[[AnswerLinkStore, Clock, Secrets, AnswerLink], None]


def _expire(_links: AnswerLinkStore, clock: Clock, _made: Secrets, _link: AnswerLink) -> None:
    clock.now = NOW + LASTS


def _spend(links: AnswerLinkStore, _clock: Clock, _made: Secrets, link: AnswerLink) -> None:
    links.spend(link.id)


def _replace(links: AnswerLinkStore, _clock: Clock, _made: Secrets, _link: AnswerLink) -> None:
    links.issue(NEW)


def _guess(links: AnswerLinkStore, _clock: Clock, made: Secrets, _link: AnswerLink) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert links.open(made.token, WRONG) is None


@pytest.mark.parametrize("end", [_expire, _spend, _replace, _guess])
def test_once_it_is_over_the_right_code_opens_nothing(
    links: AnswerLinkStore, clock: Clock, made: Secrets, end: Deed
) -> None:
    link = links.open(made.token, made.code)
    assert link is not None

    end(links, clock, made, link)

    assert links.open(made.token, made.code) is None
    assert links.find(made.token) is None


def test_it_works_until_the_last_moment_and_until_the_last_attempt(
    links: AnswerLinkStore, clock: Clock, made: Secrets
) -> None:
    clock.now = NOW + LASTS - timedelta(seconds=1)
    for _ in range(MOST_ATTEMPTS - 1):
        assert links.open(made.token, WRONG) is None

    assert links.open(made.token, made.code) is not None


def test_the_right_code_forgives_the_wrong_ones(links: AnswerLinkStore, made: Secrets) -> None:
    for _ in range(3):
        for _ in range(MOST_ATTEMPTS - 1):
            links.open(made.token, WRONG)
        assert links.open(made.token, made.code) is not None


def test_a_link_for_another_referral_of_the_same_release_stays(
    links: AnswerLinkStore, made: Secrets
) -> None:
    links.issue(NEW._replace(referral="r2"))

    assert links.open(made.token, made.code) is not None


def test_codes_tried_at_the_same_moment_cannot_share_an_attempt(
    links: AnswerLinkStore, made: Secrets, database: Database
) -> None:
    with ThreadPoolExecutor(4) as threads:
        tries = [threads.submit(links.open, made.token, WRONG) for _ in range(12)]
        assert all(each.result() is None for each in tries)

    with database.read() as session:
        (row,) = session.execute(select(AnswerLinkRow)).scalars()
        assert row.attempts == MOST_ATTEMPTS


@pytest.mark.parametrize("token", ["", "never-made", "é" * 50, "\udcff", "' OR 1=1 --"])
def test_whatever_stands_in_the_address_is_only_unknown(
    links: AnswerLinkStore, made: Secrets, token: str
) -> None:
    assert links.open(token, made.code) is None
    assert links.find(token) is None
