"""Callbacks over HTTP: handed over whole, refused without a word."""

from __future__ import annotations

import httpx2
import pytest

from tests.api.fakes import World

SIGNED = {"X-Twilio-Signature": "signed", "Content-Type": "application/x-www-form-urlencoded"}
PATHS = ("/twilio/status", "/twilio/call", "/twilio/reply", "/twilio/voice")


@pytest.mark.parametrize("path", PATHS)
async def test_a_callback_reaches_the_verifier_exactly_as_it_was_sent(
    client: httpx2.AsyncClient, world: World, path: str
) -> None:
    target = f"{path}?n=rel-1.7.step_lapsed.s-1.sms.1&b=%2F+"

    answer = await client.post(target, content="Body=a%20b+c&Empty=", headers=SIGNED)

    assert answer.status_code in {200, 204}
    assert [(each.target, each.body) for each in world.callbacks] == [
        (target, b"Body=a%20b+c&Empty=")
    ]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("signature", ["forged", "", None])
async def test_what_nobody_signed_is_refused_with_nothing_to_learn_and_no_effect(
    client: httpx2.AsyncClient, world: World, path: str, signature: str | None
) -> None:
    headers = {} if signature is None else {"X-Twilio-Signature": signature}

    answer = await client.post(path, content="MessageSid=SM1", headers=headers)

    assert (answer.status_code, answer.content) == (403, b"")
    assert world.callbacks == []


async def test_a_text_is_answered_by_a_message_of_its_own_and_not_in_the_answer(
    client: httpx2.AsyncClient,
) -> None:
    answer = await client.post("/twilio/reply", content="Body=OK", headers=SIGNED)

    assert answer.headers["content-type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")


@pytest.mark.parametrize("path", PATHS)
async def test_a_body_that_is_too_large_is_refused_like_any_other(
    client: httpx2.AsyncClient, world: World, path: str
) -> None:
    answer = await client.post(path, content=b"a" * 600_000, headers=SIGNED)

    assert (answer.status_code, answer.content) == (403, b"")
    assert world.callbacks == []


@pytest.mark.parametrize("path", PATHS)
async def test_callbacks_are_only_posted(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 405
