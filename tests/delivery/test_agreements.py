"""Agreement to texts: without it none goes, and who recorded it stays known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from api.message_ports import TextingChangedError
from api.message_records import TextingChoice, TextingRecord
from api.pages.trail_file import what_of
from api.pages.viewing import DeedFilter
from domain.commands import RecordRelease
from domain.identifiers import FieldError
from infra.database.contacting import ContactKind
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.tables import TextingRow, table_of
from infra.database.views import ViewStore
from infra.messages.agreements import SqlAgreements
from notifications.catalogue import Language
from notifications.messages import MessageStatus, RecipientKind
from notifications.trail import RECORDED
from tests.builders import SERVICE, a_plan, a_screening, an_opiate_picture, at
from tests.office import MOBILE, PROVIDER, Office

RELEASE_ON = date(2026, 12, 1)
YES = TextingChoice(
    agreed=True, at_risk=False, language=Language.ENGLISH, mobile="07700 900199", checked=True
)
WORDS = {"Agreement to texts recorded", "Recorded that the phone is not safe"}
NO = YES._replace(agreed=False, mobile=None, checked=False)


@pytest.fixture
def office(database: Database) -> Office:
    """A release whose person nobody has asked about texts."""
    found = Office(database, at(RELEASE_ON, 9))
    found.staff_every_post(PROVIDER)
    person = NewPerson("A1234BC", "Christopher", "Invented", date(1990, 1, 1))
    PeopleStore(database, found.clock).register(person, "rel-1", RELEASE_ON)
    found.start(service=SERVICE, reception_on=date(2026, 11, 1))
    return found


@pytest.fixture
def agreements(office: Office) -> SqlAgreements:
    return SqlAgreements(office.database, office.clock, allow_drama=True)


def recorded(office: Office) -> list[tuple[str, str | None]]:
    return [(each.what, each.why) for each in office.trail(*RECORDED)]


def known(agreements: SqlAgreements) -> TextingRecord:
    found = agreements.of("rel-1")
    assert found is not None
    return found


def test_nobody_has_agreed_until_somebody_says_so(agreements: SqlAgreements) -> None:
    found = known(agreements)

    assert (found.agreed, found.recorded_at, found.mobile) == (False, None, None)
    assert agreements.of("rel-0") is None
    assert agreements.record("rel-0", YES, "res") is None


def test_who_recorded_it_and_when_stays_in_the_trail(
    office: Office, agreements: SqlAgreements
) -> None:
    agreements.record("rel-1", YES, "res")
    found = known(agreements)

    assert (found.agreed, found.mobile, found.checked_at) == (True, MOBILE, office.now)
    assert (found.recorded_by, found.recorded_at) == ("res", office.now)
    assert recorded(office) == [
        ("agreed", "res"),
        ("number_changed", "res"),
        ("number_checked", "res"),
    ]
    assert {(each.at, each.release_id) for each in office.trail(*RECORDED)} == {
        (office.now, "rel-1")
    }


def test_the_same_again_changes_nothing(office: Office, agreements: SqlAgreements) -> None:
    first = agreements.record("rel-1", YES, "res")
    before = recorded(office)
    office.now += timedelta(days=1)

    again = agreements.record("rel-1", YES._replace(mobile="+44 7700 900199"), "prb")

    assert again == first
    assert recorded(office) == before


def test_what_was_looked_at_must_still_stand_there(agreements: SqlAgreements) -> None:
    opened = known(agreements).version
    agreements.record("rel-1", NO._replace(at_risk=True), "prb", opened)

    with pytest.raises(TextingChangedError):
        agreements.record("rel-1", YES, "res", opened)

    assert (known(agreements).agreed, known(agreements).at_risk) == (False, True)
    agreements.record("rel-1", YES, "res", known(agreements).version)
    assert known(agreements).agreed


def test_the_audit_search_finds_who_recorded_what(
    office: Office, agreements: SqlAgreements
) -> None:
    agreements.record("rel-1", YES._replace(at_risk=True), "res")

    found = ViewStore(office.database).deeds(DeedFilter(changes=True), 100)

    theirs = [each for each in found if each.account_id == "res" and what_of(each) in WORDS]
    assert {what_of(each) for each in theirs} == WORDS
    assert {each.release_id for each in theirs} == {"rel-1"}
    assert ViewStore(office.database).deeds(DeedFilter(changes=False), 100) == ()


def test_each_change_is_told_by_its_own_name(office: Office, agreements: SqlAgreements) -> None:
    agreements.record("rel-1", YES, "res")
    before = len(recorded(office))

    agreements.record("rel-1", NO._replace(at_risk=True, language=Language.WELSH), "prb")
    agreements.record("rel-1", YES._replace(language=Language.WELSH), "pro")

    assert recorded(office)[before:] == [
        ("not_agreed", "prb"),
        ("at_risk", "prb"),
        ("language_chosen", "prb"),
        ("agreed", "pro"),
        ("not_at_risk", "pro"),
    ]
    assert known(agreements).mobile == MOBILE


@pytest.mark.parametrize(
    ("mobile", "reason"),
    [
        ("0113 496 0000", "landline"),
        ("+33 6 12 34 56 78", "United Kingdom"),
        ("07700 9001", "whole phone number"),
        ("", "Give a mobile number"),
        (None, "no mobile number is known"),
    ],
)
def test_a_number_that_cannot_be_texted_is_refused_and_nothing_is_kept(
    office: Office, agreements: SqlAgreements, mobile: str | None, reason: str
) -> None:
    with pytest.raises(FieldError, match=reason) as refused:
        agreements.record("rel-1", YES._replace(mobile=mobile), "res")

    assert refused.value.field == "mobile"
    assert known(agreements).recorded_at is None
    assert recorded(office) == []


def test_an_imported_landline_is_not_agreed_to_in_passing(
    office: Office, agreements: SqlAgreements
) -> None:
    people = PeopleStore(office.database, office.clock)
    person = NewPerson("A1234BC", "Christopher", "Invented", date(1990, 1, 1))
    person_id = people.register(person, "rel-1", RELEASE_ON)
    people.set_contact(person_id, ContactKind.MOBILE, "0113 496 0000")

    with pytest.raises(FieldError, match="landline"):
        agreements.record("rel-1", YES._replace(mobile=None), "res")

    refused = agreements.record("rel-1", NO, "res")
    assert refused is not None
    assert (refused.agreed, refused.mobile) == (False, "0113 496 0000")


def test_in_production_an_invented_number_is_refused(office: Office) -> None:
    with pytest.raises(FieldError, match="films and tests"):
        SqlAgreements(office.database, office.clock).record("rel-1", YES, "res")


def test_a_number_that_failed_is_used_again_once_it_is_checked_or_changed(
    office: Office, agreements: SqlAgreements
) -> None:
    def fails() -> None:
        rows = table_of(TextingRow)
        with office.database.write() as session:
            session.execute(update(rows).values(unusable_since=office.now))

    agreements.record("rel-1", YES, "res")
    fails()
    agreements.record("rel-1", YES._replace(checked=False, at_risk=True), "res")
    assert known(agreements).unusable_since is not None

    agreements.record("rel-1", YES._replace(at_risk=True), "res")
    assert known(agreements).unusable_since is None

    fails()
    agreements.record("rel-1", YES._replace(mobile="07700 900198", checked=False), "res")
    found = known(agreements)
    assert (found.unusable_since, found.checked_at) == (None, None)


def test_the_first_text_goes_only_to_whoever_agreed(
    office: Office, agreements: SqlAgreements
) -> None:
    agreements.record("rel-1", YES, "res")
    agreements.record("rel-1", NO, "res")
    screened = a_screening(RELEASE_ON, treatment=an_opiate_picture())
    office.submit("rel-1", screened, a_plan(RELEASE_ON))
    office.submit("rel-1", RecordRelease(at=at(RELEASE_ON, 8), naloxone_in_hand=True))
    office.settle()

    (text,) = office.messages(kind=RecipientKind.PERSON)
    assert (text.status, text.reason) == (MessageStatus.SKIPPED, "no_agreement")


def test_stop_is_told_beside_the_agreement(office: Office, agreements: SqlAgreements) -> None:
    agreements.record("rel-1", YES, "res")
    office.text_from(MOBILE, "STOP")

    found = known(agreements)
    assert (found.agreed, found.opted_out) == (True, True)
