from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from api.ports import EngineUnavailableError
from infra.web.turns import Turns


async def test_no_more_than_the_limit_are_let_in_at_once() -> None:
    turns, inside, most = Turns(at_once=3), 0, 0

    async def ask() -> None:
        nonlocal inside, most
        async with turns.taken():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(ask() for _ in range(20)))

    assert most == 3


async def test_whoever_would_wait_too_long_is_sent_away_and_the_turn_is_not_lost() -> None:
    turns = Turns(at_once=1, within=timedelta(milliseconds=1))
    async with turns.taken():
        with pytest.raises(EngineUnavailableError):
            async with turns.taken():
                pass

    async with turns.taken():
        pass


async def test_a_turn_comes_free_when_its_request_fails() -> None:
    turns = Turns(at_once=1, within=timedelta(milliseconds=1))
    for _ in range(2):
        with pytest.raises(LookupError):
            async with turns.taken():
                raise LookupError
