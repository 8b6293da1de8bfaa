from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from api.records import Part
from infra.web.probing import Probe

AT_ONCE = timedelta(0)


class Asked:
    """A part that remembers how often it was asked, and hangs while it is told to."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.times = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self) -> bool:
        self.times += 1
        await self.may_answer.wait()
        return self.works


@pytest.mark.parametrize("works", [True, False])
async def test_a_part_is_as_ready_as_it_says(works: bool) -> None:
    assert await Probe("engine", Asked(works=works)).part() == Part("engine", is_ready=works)


async def test_an_answer_is_kept_for_a_moment() -> None:
    part = Asked()
    probe = Probe("engine", part, fresh_for=timedelta(hours=1))

    await probe.part()
    await probe.part()

    assert part.times == 1


async def test_an_old_answer_is_asked_for_again() -> None:
    part = Asked()
    probe = Probe("engine", part, fresh_for=AT_ONCE)
    await probe.part()
    part.works = False

    assert not (await probe.part()).is_ready
    assert part.times == 2


async def test_a_part_that_hangs_is_not_ready_and_is_asked_once() -> None:
    part = Asked()
    part.may_answer.clear()
    probe = Probe("engine", part, fresh_for=AT_ONCE, within=timedelta(milliseconds=1))

    found = await asyncio.gather(*(probe.part() for _ in range(5)))

    assert {each.is_ready for each in found} == {False}
    assert part.times == 1
    part.may_answer.set()


async def test_a_part_that_cannot_be_asked_is_not_ready() -> None:
    async def break_down() -> bool:
        raise ValueError("a fault of ours")

    probe = Probe("engine", break_down)

    assert not (await probe.part()).is_ready
