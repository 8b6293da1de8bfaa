"""Replies that no rule could answer: whose they are to read, and that they are read once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from api.filters import PageOf
from domain.access import Scope
from domain.access_messages import MessageScope
from infra.messages.unread import SqlUnread
from notifications.messages import RecipientKind
from tests.delivery.test_person_texts import RELEASE_ON, office
from tests.office import MOBILE, RESETTLEMENT, Office

__all__ = ["office"]

LEEDS = Scope(left_since=RELEASE_ON, prisons=frozenset({"LEI"}))
TEAM = MessageScope(LEEDS, unattached=False)
OTHERS = MessageScope(replace(LEEDS, prisons=frozenset({"HLI"})), unattached=False)
OWNER = MessageScope(Scope(left_since=RELEASE_ON), unattached=True)
STRANGER = "+447700900555"


@pytest.fixture
def unread(office: Office) -> SqlUnread:
    return SqlUnread(office.database, office.clock)


def texts(unread: SqlUnread, scope: MessageScope, *, is_open: bool = True) -> list[str]:
    return [each.text for each in unread.page(scope, PageOf(), is_open=is_open).rows]


def test_what_a_person_writes_is_for_whoever_works_with_the_release(
    office: Office, unread: SqlUnread
) -> None:
    office.text_from(MOBILE, "can you ring me")
    office.text_from(STRANGER, "who is this")

    assert texts(unread, TEAM) == ["can you ring me"]
    assert texts(unread, OTHERS) == []
    assert texts(unread, OWNER) == ["who is this"]
    (reply,) = unread.page(TEAM, PageOf(), is_open=True).rows
    assert (reply.sender.kind, reply.sender.id) == (RecipientKind.PERSON, None)
    assert reply.release_id == "rel-1"


def test_what_staff_write_about_nothing_is_the_owners(office: Office, unread: SqlUnread) -> None:
    office.employ("new", RESETTLEMENT, mobile="+447700900777")
    office.text_from("+447700900777", "what now")

    assert texts(unread, TEAM) == []
    assert texts(unread, OWNER) == ["what now"]


def test_what_was_understood_wants_no_reader(office: Office, unread: SqlUnread) -> None:
    office.text_from(MOBILE, "STOP")

    assert texts(unread, TEAM) == []
    assert texts(unread, OWNER) == []


def test_whoever_reads_it_first_takes_it_off_the_list(office: Office, unread: SqlUnread) -> None:
    office.text_from(MOBILE, "can you ring me")
    (reply,) = unread.page(TEAM, PageOf(), is_open=True).rows
    office.now += timedelta(minutes=1)

    unread.read(reply.id, "first")
    unread.read(reply.id, "second")

    assert texts(unread, TEAM) == []
    assert texts(unread, TEAM, is_open=False) == ["can you ring me"]
    found = unread.one(reply.id, TEAM)
    assert found is not None
    assert (found.read_by, found.read_at) == ("first", office.now)


def test_a_reply_outside_scope_does_not_exist(office: Office, unread: SqlUnread) -> None:
    office.text_from(MOBILE, "can you ring me")
    (reply,) = unread.page(TEAM, PageOf(), is_open=True).rows

    assert unread.one(reply.id, OTHERS) is None
    assert unread.one(reply.id, OWNER) is None
    assert unread.one("\0", TEAM) is None


def test_the_oldest_comes_first(office: Office, unread: SqlUnread) -> None:
    for words in ("one thing", "another thing"):
        office.text_from(MOBILE, words)
        office.wait_until(office.now + timedelta(minutes=5))

    assert texts(unread, TEAM) == ["one thing", "another thing"]
    page = unread.page(TEAM, PageOf(number=2, size=1), is_open=True)
    assert ([each.text for each in page.rows], page.total) == (["another thing"], 2)
