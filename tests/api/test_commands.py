"""Recording things about a release."""

from __future__ import annotations

from typing import Any

import pytest

from api import examples
from api.asking import KINDS
from api.body_limit import BODY_LIMIT
from api.ports import EngineUnavailableError, OutcomeUnknownError, RecordUnavailableError
from domain.access import Subject
from domain.access_table import COMMANDS
from domain.codes import Role
from tests.api.conftest import SUBJECTS, As, Caller
from tests.api.fakes import World

DAY = "2026-11-20"
PATH = "/api/v1/releases/rel-1/commands"


@pytest.fixture
def resettlement(world: World, as_: As) -> Caller:
    world.has("rel-1")
    return as_(Role.RESETTLEMENT)


def fields(response: Any) -> list[str]:  # noqa: ANN401
    return [each["field"] for each in response.json()["errors"]]


async def test_what_is_accepted_can_be_read_at_once(resettlement: Caller) -> None:
    sent = await resettlement.ask("rel-1", "send_referral", on=DAY, service="cds-hartlepool")

    assert sent.status_code == 200
    read = (await resettlement.get("/api/v1/releases/rel-1")).json()
    assert read["referrals"][0]["service"] == "cds-hartlepool"
    assert sent.json() == {
        "release_id": "rel-1",
        "version": read["version"],
        "duplicate": False,
    }


async def test_a_repeat_with_the_same_key_changes_nothing(
    world: World, resettlement: Caller
) -> None:
    body = {"on": DAY, "service": "cds-hartlepool"}
    first = await resettlement.ask("rel-1", "send_referral", key="key-1", **body)

    again = await resettlement.ask("rel-1", "send_referral", key="key-1", **body)

    assert again.json() == first.json() | {"duplicate": True}
    assert len(world.states["rel-1"].referrals) == 1


async def test_a_key_used_for_something_else_is_refused(resettlement: Caller) -> None:
    await resettlement.ask("rel-1", "send_referral", key="key-1", on=DAY, service="cds-hartlepool")

    other = await resettlement.ask("rel-1", "withdraw_referral", key="key-1", on=DAY)

    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


async def test_a_repeat_is_recognised_although_what_was_accepted_ended_the_scope(
    resettlement: Caller,
) -> None:
    moved = await resettlement.ask("rel-1", "transfer", key="key-1", on=DAY, prison="HLI")
    assert (await resettlement.get("/api/v1/releases/rel-1")).status_code == 404

    again = await resettlement.ask("rel-1", "transfer", key="key-1", on=DAY, prison="HLI")
    other = await resettlement.ask("rel-1", "transfer", key="key-2", on=DAY, prison="HLI")

    assert again.json() == moved.json() | {"duplicate": True}
    assert other.status_code == 404


async def test_somebody_elses_key_opens_nothing(
    world: World, as_: As, resettlement: Caller
) -> None:
    await resettlement.ask("rel-1", "transfer", key="key-1", on=DAY, prison="HLI")

    colleague = Subject("res-2", Role.RESETTLEMENT, prisons=frozenset({"LEI"}))
    tried = await as_(colleague).ask("rel-1", "transfer", key="key-1", on=DAY, prison="HLI")

    assert tried.status_code == 404


async def test_a_command_without_a_key_is_refused(world: World, client: Any) -> None:  # noqa: ANN401
    world.has("rel-1")
    headers = world.token(SUBJECTS[Role.RESETTLEMENT])

    refused = await client.post(PATH, json={"kind": "recall", "on": DAY}, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (428, "idempotency_key_missing")


@pytest.mark.parametrize("key", [" ", "a b", "x" * 81, "-a"])
async def test_a_key_must_be_a_short_code(resettlement: Caller, key: str) -> None:
    refused = await resettlement.post(PATH, {"kind": "recall", "on": DAY}, key=key)

    assert refused.status_code == 422
    assert fields(refused) == ["Idempotency-Key"]


async def test_several_facts_are_accepted_together(world: World, resettlement: Caller) -> None:
    commands = [
        {"kind": "send_referral", "on": DAY, "service": "cds-hartlepool"},
        {"kind": "withdraw_referral", "on": DAY},
    ]

    sent = await resettlement.post(PATH, {"commands": commands})

    assert sent.status_code == 200
    assert [each.status for each in world.states["rel-1"].referrals] == ["withdrawn"]


async def test_several_facts_are_refused_together(world: World, resettlement: Caller) -> None:
    before = world.states["rel-1"]
    commands = [
        {"kind": "send_referral", "on": DAY, "service": "cds-hartlepool"},
        {"kind": "send_referral", "on": DAY, "service": "cds-hartlepool"},
    ]

    refused = await resettlement.post(PATH, {"commands": commands})

    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_state")
    assert world.states["rel-1"] == before


async def test_one_command_that_is_not_permitted_refuses_all(
    world: World, resettlement: Caller
) -> None:
    commands = [
        {"kind": "send_referral", "on": DAY, "service": "cds-hartlepool"},
        {"kind": "accept_referral", "on": DAY},
    ]

    refused = await resettlement.post(PATH, {"commands": commands})

    assert refused.status_code == 403
    assert world.submitted == []


# Input


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], ""),
        ("recall", ""),
        ({}, "kind"),
        ({"kind": None}, "kind"),
        ({"kind": 7}, "kind"),
        ({"kind": "explode"}, "kind"),
        ({"kind": "adopt_policy"}, "kind"),
        ({"kind": "set_calendar"}, "kind"),
        ({"kind": "recall"}, "on"),
        ({"kind": "recall", "on": 0}, "on"),
        ({"kind": "recall", "on": "0"}, "on"),
        ({"kind": "recall", "on": "1704067200"}, "on"),
        ({"kind": "recall", "on": "20 November"}, "on"),
        ({"kind": "recall", "on": DAY, "by": "me"}, "by"),
        ({"kind": "send_referral", "on": DAY, "service": "nowhere"}, "service"),
        ({"kind": "transfer", "on": DAY, "prison": "XXX"}, "prison"),
        ({"kind": "record_release", "at": "1700000000", "naloxone_in_hand": True}, "at"),
        ({"kind": "record_release", "at": "0001-01-01T00:00Z", "naloxone_in_hand": True}, "at"),
        ({"kind": "record_release", "at": "9999-12-31T23:59Z", "naloxone_in_hand": True}, "at"),
        ({"kind": "record_release", "at": 1700000000, "naloxone_in_hand": True}, "at"),
        ({"kind": "record_release", "at": f"{DAY}T09:00:00", "naloxone_in_hand": True}, "at"),
        (
            {"kind": "record_release", "at": f"{DAY}T09:00:00Z", "naloxone_in_hand": "yes"},
            "naloxone_in_hand",
        ),
        ({"kind": "record_essentials", "on": DAY, "items": []}, "items"),
        (
            {"kind": "record_essentials", "on": DAY, "items": [{"item": "gp"}]},
            "items.0.answer",
        ),
        ({"commands": []}, "commands"),
        ({"commands": {}}, "commands"),
        ({"commands": [{"kind": "recall", "on": DAY}] * 51}, "commands"),
        ({"commands": [{"kind": "recall", "on": DAY}], "kind": "recall"}, "commands"),
        ({"commands": [{"kind": "recall", "on": DAY}, {"kind": "x"}]}, "commands.1.kind"),
        ({"commands": [{"kind": "recall", "on": 3}]}, "commands.0.on"),
        ({"commands": [{"kind": "transfer", "on": DAY, "prison": "X"}]}, "commands.0.prison"),
        ({"commands": ["recall"]}, "commands.0.kind"),
    ],
)
async def test_bad_input_is_refused_with_its_field(
    world: World, resettlement: Caller, body: object, field: str
) -> None:
    refused = await resettlement.post(PATH, body)

    assert refused.status_code == 422
    assert field in fields(refused)
    assert world.submitted == []


async def test_an_unknown_kind_is_told_the_known_ones(resettlement: Caller) -> None:
    refused = await resettlement.ask("rel-1", "explode")

    message = refused.json()["errors"][0]["message"]
    assert all(kind in message for kind in KINDS)
    assert "adopt_policy" not in message


@pytest.mark.parametrize(
    "secret",
    ["Zaphod", "A9999ZZ", "07700900999"],
)
async def test_what_was_sent_is_never_repeated(resettlement: Caller, secret: str) -> None:
    bodies: list[object] = [
        {"kind": secret},
        {"kind": "recall", "on": secret},
        {"kind": "reject_referral", "on": DAY, "reason": secret},
        {"kind": "transfer", "on": DAY, "prison": secret},
        {"kind": "arrange_prescription", "on": DAY, "supplies": [{"kind": secret}]},
        {"kind": "recall", "on": DAY, f"{secret} {secret}": 1},
        {"kind": "recall", "on": DAY, f"{secret} {secret}": {"on": secret}},
        {"kind": "recall", "on": DAY, "notes": {"n": secret}},
        {"kind": "recall", "on": DAY, "notes": {f"{secret} ": "text"}},
        secret,
    ]
    for body in bodies:
        refused = await resettlement.post(PATH, body)
        assert refused.status_code in {403, 422}
        assert secret not in refused.text


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"kind": NaN}', b"\xff\xfe", b"[" * 100_000, b'{"kind": "recall", "kind": 1'],
)
async def test_what_is_not_json_is_refused(world: World, client: Any, content: bytes) -> None:  # noqa: ANN401
    world.has("rel-1")
    headers = world.token(SUBJECTS[Role.RESETTLEMENT]) | {
        "Idempotency-Key": "k",
        "Content-Type": "application/json",
    }

    refused = await client.post(PATH, content=content, headers=headers)

    assert refused.status_code == 422
    assert fields(refused) == [""]


@pytest.mark.parametrize("sent_as", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_read(world: World, client: Any, sent_as: str) -> None:  # noqa: ANN401
    headers = world.token(SUBJECTS[Role.RESETTLEMENT]) | {"Idempotency-Key": "k"}

    refused = await client.post(
        PATH, content=b'{"kind":"recall"}', headers=headers | {"Content-Type": sent_as}
    )

    assert (refused.status_code, refused.json()["code"]) == (415, "not_json")


@pytest.mark.parametrize("announced", [True, False])
async def test_a_large_body_is_refused_unread(
    world: World,
    client: Any,  # noqa: ANN401
    announced: bool,
) -> None:
    body = b'"' + b"x" * BODY_LIMIT + b'"'

    async def in_pieces() -> Any:  # noqa: ANN401
        for place in range(0, len(body), 65_536):
            yield body[place : place + 65_536]

    headers = world.token(SUBJECTS[Role.RESETTLEMENT]) | {
        "Idempotency-Key": "k",
        "Content-Type": "application/json",
    }
    content = body if announced else in_pieces()

    refused = await client.post(PATH, content=content, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    assert refused.headers["cache-control"] == "no-store"


async def test_an_old_code_of_a_place_is_recorded_as_the_current_one(
    world: World, resettlement: Caller
) -> None:
    sent = await resettlement.ask("rel-1", "transfer", on=DAY, prison="hli")

    assert sent.status_code == 200
    assert world.states["rel-1"].prison == "HLI"


# Notes


def a_screening(note: str, **more: object) -> dict[str, Any]:
    answer = {
        "pathway": "health",
        "status": "support_required",
        "sources": ["oasys"],
        "why_note": note,
    }
    return {"on": DAY, "answers": [answer]} | more


async def test_a_note_is_stored_apart_and_referred_to_by_id(
    world: World, resettlement: Caller
) -> None:
    body = a_screening("why", notes={"why": "Needs a new inhaler."})

    sent = await resettlement.ask("rel-1", "record_screening", **body)

    assert sent.status_code == 200
    note_id = world.states["rel-1"].answers["health"].why_note  # type: ignore[index]  # a code is its own wire value
    assert world.texts == {note_id: "Needs a new inhaler."}
    assert "inhaler" not in str(world.histories)


async def test_a_note_may_have_any_plain_key_and_any_text(
    world: World, resettlement: Caller
) -> None:
    sent = await resettlement.ask(
        "rel-1", "record_screening", **a_screening("on", notes={"on": "Soon.\nThen later — 1970."})
    )

    assert sent.status_code == 200
    assert list(world.texts.values()) == ["Soon.\nThen later — 1970."]


async def test_a_repeat_refers_to_the_same_note(world: World, resettlement: Caller) -> None:
    body = a_screening("why", notes={"why": "Needs a new inhaler."})
    await resettlement.ask("rel-1", "record_screening", key="key-1", **body)

    again = await resettlement.ask("rel-1", "record_screening", key="key-1", **body)

    assert again.json()["duplicate"] is True
    assert len(world.texts) == 1


async def test_a_known_note_may_be_referred_to_again(world: World, resettlement: Caller) -> None:
    await resettlement.ask(
        "rel-1", "record_screening", **a_screening("why", notes={"why": "Needs an inhaler."})
    )
    note_id = next(iter(world.texts))

    again = await resettlement.ask("rel-1", "record_screening", **a_screening(note_id))

    assert again.status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (a_screening("elsewhere"), "why_note"),
        (a_screening("why", notes={"why": "text", "more": "text"}), "notes"),
        (a_screening("why", notes={"why": ""}), "notes"),
        (a_screening("why", notes={"why": "x" * 4001}), "notes"),
        (a_screening("why", notes={"why": "nul\u0000"}), "notes"),
        (a_screening("why", notes={"why": 3}), "notes"),
        (a_screening("why", notes=["why"]), "notes"),
    ],
)
async def test_a_note_that_leads_nowhere_is_refused(
    world: World, resettlement: Caller, body: dict[str, Any], field: str
) -> None:
    refused = await resettlement.ask("rel-1", "record_screening", **body)

    assert refused.status_code == 422
    assert fields(refused) == [field]
    assert world.texts == {}


# Who


async def test_clinical_detail_from_resettlement_is_refused(resettlement: Caller) -> None:
    picture = {"need": "needed", "substances": ["heroin"]}

    refused = await resettlement.ask("rel-1", "record_screening", on=DAY, treatment=picture)

    assert (refused.status_code, refused.json()["code"]) == (403, "clinical_detail_not_yours")


async def test_a_record_is_merged_only_into_one_in_scope(
    world: World, resettlement: Caller
) -> None:
    world.has("rel-mine")
    world.has("rel-theirs", prison="HLI")

    for release_id in ("rel-theirs", "rel-none"):
        refused = await resettlement.ask("rel-1", "merge", on=DAY, into=release_id)
        assert (refused.status_code, fields(refused)) == (422, ["into"])
    merged = await resettlement.ask("rel-1", "merge", on=DAY, into="rel-mine")
    assert merged.status_code == 200


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_every_example_is_understood_and_answered(world: World, as_: As, kind: str) -> None:
    world.has("rel-1")
    world.has("rel-2")
    role = next(role for role in Role if KINDS[kind] in COMMANDS[role])
    caller = as_(role)
    if role is Role.PROVIDER or kind == "acknowledge_handover":
        sent = await as_(Role.RESETTLEMENT).ask(
            "rel-1", "send_referral", on=DAY, service="cds-hartlepool"
        )
        assert sent.status_code == 200

    answered = await caller.ask("rel-1", kind, **examples.COMMANDS[kind])

    # Whether the rules take it depends on what came before; that it is read does not.
    assert answered.status_code in {200, 403, 409}, answered.text


async def test_the_example_of_several_facts_is_accepted(world: World, as_: As) -> None:
    world.has("rel-1")
    await as_(Role.RESETTLEMENT).ask("rel-1", "send_referral", on=DAY, service="cds-hartlepool")

    accepted = await as_(Role.PROVIDER).post(PATH, examples.SEVERAL)

    assert accepted.status_code == 200


# When the engine cannot answer


async def test_an_engine_that_is_away_took_nothing(world: World, resettlement: Caller) -> None:
    world.failing = EngineUnavailableError()

    refused = await resettlement.ask("rel-1", "recall", on=DAY)

    assert (refused.status_code, refused.json()["code"]) == (503, "engine_unavailable")
    assert int(refused.headers["retry-after"]) > 0


async def test_a_record_that_is_away_is_said_to_be(world: World, resettlement: Caller) -> None:
    world.failing = RecordUnavailableError()

    refused = await resettlement.ask("rel-1", "recall", on=DAY)

    assert (refused.status_code, refused.json()["code"]) == (503, "record_unavailable")


async def test_an_answer_that_did_not_come_is_neither_yes_nor_no(
    world: World, resettlement: Caller
) -> None:
    world.failing = OutcomeUnknownError()
    body = {"on": DAY, "service": "cds-hartlepool"}

    pending = await resettlement.ask("rel-1", "send_referral", key="key-1", **body)

    assert (pending.status_code, pending.json()["code"]) == (202, "outcome_unknown")
    assert int(pending.headers["retry-after"]) > 0
    world.failing = None
    definite = await resettlement.ask("rel-1", "send_referral", key="key-1", **body)
    assert definite.status_code == 200


async def test_a_failure_of_ours_tells_nothing(world: World, resettlement: Caller) -> None:
    world.failing = RuntimeError("SELECT secret FROM people WHERE surname = 'Zaphod'")

    failed = await resettlement.ask("rel-1", "recall", on=DAY)

    assert (failed.status_code, failed.json()["code"]) == (500, "internal_error")
    assert "Zaphod" not in failed.text
    assert failed.headers["cache-control"] == "no-store"
