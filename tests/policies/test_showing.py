"""A policy shown to people: nothing in it is left out, and nothing in it is taken for markup."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from domain.journey import DEFINITIONS
from domain.policy import Citation, Policy
from infra.policies.figures import sections
from infra.policies.loading import default_policy
from infra.policies.showing import describe


def printed(policy: Policy, *, notes: bool = False, width: int = 200) -> str:
    console = Console(file=StringIO(), width=width)
    for table in describe(policy, notes=notes):
        console.print(table)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def cites_in(value: object) -> list[Citation]:
    if isinstance(value, Citation):
        return [value]
    if isinstance(value, dict):
        return [cite for each in value.values() for cite in cites_in(each)]
    if isinstance(value, tuple):
        return [cite for each in value for cite in cites_in(each)]
    fields = getattr(type(value), "model_fields", {})
    return [cite for name in fields for cite in cites_in(getattr(value, name))]


def test_every_citation_of_the_document_is_shown() -> None:
    policy = default_policy()

    shown = [row.cite for section in sections(policy) for row in section.rows]

    # The day of release has one citation for four figures.
    assert set(cites_in(policy)) == set(shown)
    assert len(cites_in(policy)) == len(shown) - 3


def test_every_step_has_its_due_time_in_words_and_its_severity() -> None:
    found = {section.title: section.rows for section in sections(default_policy())}

    for definition in DEFINITIONS.values():
        what = [row.what for row in found[definition.title]]
        assert what[0] == "Due"
        assert "When it lapses" in what
    figures = [row.figure for row in found["Prescription"]]
    assert figures == ["5 working days before the expected release, by 17:00", "S1, a life"]


def test_the_ladder_reads_in_the_order_in_which_it_is_climbed() -> None:
    [escalation] = [each for each in sections(default_policy()) if each.title == "Escalation"]

    lines = escalation.rows[0].figure.splitlines()

    assert lines[0].startswith("duty rota by worklist, sms, voice")
    assert lines[-1] == "an acknowledgement holds for 240 minutes"


def test_notes_are_printed_only_when_asked_for() -> None:
    note = "R87 is about supervision"

    assert note not in printed(default_policy())
    assert note in printed(default_policy(), notes=True)


def test_no_heading_is_cut_on_a_narrow_terminal() -> None:
    assert "Certainty" in printed(default_policy(), width=80)


def test_brackets_in_a_document_are_printed_as_they_are() -> None:
    policy = default_policy()
    cite = policy.hours.cite.model_copy(update={"source": "[bold]our own[/bold] rule"})
    hours = policy.hours.model_copy(update={"cite": cite})

    assert "[bold]our own[/bold] rule" in printed(policy.model_copy(update={"hours": hours}))
