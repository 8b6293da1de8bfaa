"""Messages, replies, agreements and measures over HTTP: what is shown to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import jsonschema_rs
import pytest

from api.app import create_app
from domain.codes import Role
from domain.commands import RecordRelease, SendReferral
from tests.api.conftest import SUBJECTS, As
from tests.api.fakes import World
from tests.builders import SERVICE, a_plan, a_screening, an_opiate_picture, at
from tests.office import FORENAME, MOBILE, PROVIDER, Office

RELEASE_ON = date(2026, 12, 1)
MESSAGES = "/api/v1/messages"
OF_RELEASE = "/api/v1/releases/rel-1/messages"
REPLIES = "/api/v1/replies"
TEXTING = "/api/v1/releases/rel-1/texting"
DELIVERY = "/api/v1/measures/delivery"
AGREED = {"agreed": True, "mobile": "07700 900199", "checked": True}
ELSEWHERE = replace(SUBJECTS[Role.RESETTLEMENT], id="other", prisons=frozenset({"HLI"}))
STRANGER = "+447700900555"


@pytest.fixture
def office(world: World) -> Office:
    """A person who is out and has had the first text, known to the world of the API too."""
    found = Office(world.database, at(RELEASE_ON, 9))
    found.staff_every_post(PROVIDER)
    found.start(texts=True, service=SERVICE, reception_on=date(2026, 11, 1))
    screened = a_screening(RELEASE_ON, treatment=an_opiate_picture())
    referred = SendReferral(on=RELEASE_ON, service=SERVICE)
    found.submit("rel-1", screened, a_plan(RELEASE_ON), referred)
    found.submit("rel-1", RecordRelease(at=at(RELEASE_ON, 8), naloxone_in_hand=True))
    found.settle()
    world.time = found.now
    world.has("rel-1", service=SERVICE)
    world.records("rel-1", referred)
    return found


def to_person(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in answer["items"] if each["recipient"]["kind"] == "person"]


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION, Role.PROVIDER])
async def test_whoever_works_with_a_release_reads_what_its_person_was_told(
    office: Office, as_: As, role: Role
) -> None:
    answer = await as_(role).get(MESSAGES, release_id="rel-1", channel="sms")

    (text,) = to_person(answer.json())
    assert text["body"].startswith(f"Hello {FORENAME}.")
    assert (text["status"], text["address"]) == ("accepted", "•••• 0199")
    assert text["status_text"] == "was handed over; whether it arrived is not known"
    assert MOBILE not in answer.text


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
async def test_others_see_that_something_went_and_not_what(
    office: Office, as_: As, role: Role
) -> None:
    office.wait_until(office.now + timedelta(days=1))  # until staff are paged as well
    for answer in (await as_(role).get(MESSAGES), await as_(role).get(OF_RELEASE)):
        assert "first_text" in answer.text
        assert FORENAME not in answer.text
        assert MOBILE not in answer.text
    told = (await as_(role).get(MESSAGES)).json()["items"]
    to_staff = [each for each in told if each["recipient"]["kind"] == "staff" and each["sent_at"]]
    assert to_staff
    assert all(each["body"] for each in to_staff)
    assert all(each["body"] is None for each in to_person({"items": told}))


async def test_outside_their_scope_nobody_sees_any(office: Office, as_: As) -> None:
    assert (await as_(ELSEWHERE).get(MESSAGES)).json()["total"] == 0
    assert (await as_(ELSEWHERE).get(MESSAGES, release_id="rel-1")).json()["total"] == 0
    assert (await as_(ELSEWHERE).get(OF_RELEASE)).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"channel": "fax"}, {"status": "lost"}, {"since": "yesterday"}, {"person": "p"}]
)
async def test_a_filter_that_is_not_known_is_refused(as_: As, wrong: dict[str, str]) -> None:
    answer = await as_(Role.PROVIDER).get(MESSAGES, **wrong)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == next(iter(wrong))


async def test_each_message_of_a_release_comes_with_its_trail(office: Office, as_: As) -> None:
    put = await as_(Role.PROVIDER).put(TEXTING, AGREED | {"at_risk": True})
    answer = (await as_(Role.PROBATION).get(OF_RELEASE)).json()

    text = next(e for e in answer["items"] if e["message"]["wording"] == "first_text")
    assert [each["what"] for each in text["decisions"]] == ["planned", "sending", "accepted"]
    assert put.status_code == 200
    recorded = [(each["what"], each["by"], each["why"]) for each in answer["decisions"]]
    assert ("at_risk", "pro", None) in recorded


async def test_what_a_person_wrote_is_read_by_clinical_roles_alone(office: Office, as_: As) -> None:
    office.text_from(MOBILE, "my script ran out")
    listed = await as_(Role.RESETTLEMENT).get(REPLIES)
    (reply,) = listed.json()["items"]
    path = f"{REPLIES}/{reply['id']}/read"

    assert (reply["text"], reply["address"], reply["sender"]["kind"]) == (
        None,
        "•••• 0199",
        "person",
    )
    refused = await as_(Role.RESETTLEMENT).post(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "clinical_reply_not_yours")
    (theirs,) = (await as_(Role.PROVIDER).get(REPLIES)).json()["items"]
    assert theirs["text"] == "my script ran out"
    for caller in (as_(ELSEWHERE), as_(Role.ADMIN)):
        assert (await caller.post(path)).status_code == 404

    read = await as_(Role.PROVIDER).post(path)
    again = await as_(Role.HEALTHCARE).post(path)

    assert (read.status_code, read.json()["read_by"]) == (200, "pro")
    assert again.json() == read.json()
    assert (await as_(Role.PROVIDER).get(REPLIES)).json()["total"] == 0
    assert (await as_(Role.PROVIDER).get(REPLIES, open=False)).json()["total"] == 1


async def test_strangers_replies_are_for_the_service_owner(office: Office, as_: As) -> None:
    office.text_from(STRANGER, "who is this")

    assert (await as_(Role.PROVIDER).get(REPLIES)).json()["total"] == 0
    (reply,) = (await as_(Role.ADMIN).get(REPLIES)).json()["items"]
    assert (reply["text"], reply["release_id"]) == ("who is this", None)
    read = await as_(Role.ADMIN).post(f"{REPLIES}/{reply['id']}/read")
    assert (read.status_code, read.json()["read_by"]) == (200, "adm")


@pytest.mark.parametrize("role", [Role.RESETTLEMENT, Role.PROBATION, Role.PROVIDER])
async def test_an_agreement_is_recorded_and_shown(office: Office, as_: As, role: Role) -> None:
    body = {"agreed": True, "at_risk": True, "language": "cy", "mobile": "07700900198"}
    put = await as_(role).put(TEXTING, body)
    got = await as_(Role.HEALTHCARE).get(TEXTING)

    assert put.status_code == 200, put.text
    assert got.json() == put.json()
    assert put.json() == {
        "agreed": True,
        "at_risk": True,
        "language": "cy",
        "mobile": "+447700900198",
        "opted_out": False,
        "checked_at": None,
        "unusable_since": None,
        "recorded_at": "2026-12-01T09:00:00Z",
        "recorded_by": SUBJECTS[role].id,
    }


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"mobile": "0113 496 0000"}, "mobile", "landline"),
        ({"mobile": "0906 123 4567"}, "mobile", "no mobile number"),
        ({"agreed": "yes"}, "agreed", "boolean"),
        ({"language": "fr"}, "language", "'en' or 'cy'"),
        ({"name": "x"}, "name", "not known"),
    ],
)
async def test_what_cannot_be_recorded_is_refused_by_its_field_and_never_repeated(
    office: Office, as_: As, change: dict[str, Any], field: str, reason: str
) -> None:
    answer = await as_(Role.PROVIDER).put(TEXTING, AGREED | change)

    assert answer.status_code == 422, answer.text
    (fault,) = answer.json()["errors"]
    assert fault["field"] == field
    assert reason in fault["message"] or field == "name"
    assert str(next(iter(change.values()))) not in answer.json()["detail"]
    assert "0113 496" not in answer.text


async def test_measures_are_counts_of_a_period(office: Office, as_: As) -> None:
    answer = await as_(Role.AUDITOR).get(DELIVERY, **{"from": "2026-12-01", "to": "2026-12-01"})
    default = await as_(Role.ADMIN).get(DELIVERY)

    found = answer.json()
    assert (found["texts"]["people"], found["texts"]["total"], found["texts"]["most"]) == (1, 1, 1)
    assert {each["channel"]: each["handed_over"] for each in found["arriving"]}["sms"] >= 1
    assert (default.json()["first"], default.json()["last"]) == ("2026-11-04", "2026-12-01")
    for word in ("rel-1", FORENAME, "provider-", MOBILE):
        assert word not in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "2026-12-02", "to": "2026-12-01"},
        {"from": "2025-11-30", "to": "2026-12-01"},
        {"from": "1 December"},
        {"first": "2026-12-01"},
    ],
)
async def test_a_period_that_cannot_be_counted_is_refused(as_: As, wrong: dict[str, str]) -> None:
    assert (await as_(Role.ADMIN).get(DELIVERY, **wrong)).status_code == 422


async def test_what_is_answered_fits_its_description(world: World, office: Office, as_: As) -> None:
    office.text_from(MOBILE, "can you ring me")
    description = create_app(world.services()).openapi()

    for template, path, role in (
        (MESSAGES, MESSAGES, Role.PROVIDER),
        ("/api/v1/releases/{release_id}/messages", OF_RELEASE, Role.PROVIDER),
        (REPLIES, REPLIES, Role.PROVIDER),
        ("/api/v1/releases/{release_id}/texting", TEXTING, Role.PROVIDER),
        (DELIVERY, DELIVERY, Role.ADMIN),
    ):
        answer = await as_(role).get(path)
        assert answer.status_code == 200, answer.text
        content = description["paths"][template]["get"]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"]
        whole = {"$ref": "#/wanted", "wanted": schema, "components": description["components"]}
        draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        fits = jsonschema_rs.validator_for(whole | draft)
        assert fits.is_valid(answer.json()), list(fits.iter_errors(answer.json()))
