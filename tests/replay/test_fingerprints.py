"""A change to what a workflow asks of Temporal is made knowingly, or not at all."""

from __future__ import annotations

import json

from tests.replay.fingerprints import FILE, fingerprints, of_source

WHAT_TO_DO = """
The calls by which a workflow issues commands have changed (the difference is shown above).

Releases run for half a year. The next time a worker picks one up it runs this code over the history
that the old code wrote, and if the commands differ the release stands still for everybody.

1. Decide whether open releases can meet the change. If a replay of the committed histories
   (tests/replay/test_replay.py) fails, they will.
2. If they can, keep the old way beside the new one:
     `if workflow.patched("what-changed"):` new way, `else:` old way.
   `patched` answers once for the whole life of a run: in a loop that answered no while replaying it
   says no for ever after. Inside a loop give every turn an id of its own, such as
   `workflow.patched(f"what-changed-{self._release.seq}")`.
3. After the deployment send `roll_over` to the open releases: they continue as new with a short
   history and the new way. Once none is left on an old history, delete the old way.
4. Record histories of the new way with `python -m tests.replay.record`, beside the old ones, which
   stay until no release that runs them is open.
5. Only then accept the change with `python -m tests.replay.fingerprints`.
"""


def test_the_calls_that_issue_commands_are_the_ones_that_were_agreed() -> None:
    assert fingerprints() == json.loads(FILE.read_text(encoding="utf-8")), WHAT_TO_DO


def test_a_fingerprint_sees_another_argument_and_another_order() -> None:
    slept = of_source("async def run():\n    await workflow.sleep(1)\n    await workflow.sleep(2)")
    other = of_source("async def run():\n    await workflow.sleep(2)\n    await workflow.sleep(1)")

    assert slept == ["workflow.sleep(1)", "workflow.sleep(2)"]
    assert other != slept


def test_a_fingerprint_does_not_see_what_issues_no_command() -> None:
    assert of_source("def run():\n    workflow.now()\n    print('anything')") == []
