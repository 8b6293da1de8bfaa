"""Figures typed anew: what may be, what comes of it, and what is refused in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.pages.policy import FigureChange
from domain.journey import Step
from domain.policy import Certainty, Policy
from infra.policies.changing import (
    Decision,
    UnusableFiguresError,
    changeable,
    changed,
    document_of,
)
from infra.policies.checks import check
from infra.policies.figures import sections
from infra.policies.loading import default_policy
from infra.web.policy import figures_changed

DECISION = Decision("2026-12-01.1", date(2026, 12, 1), "Clinical board", "Deaths cluster early.")
ROWS = changeable(default_policy())
TIED = {
    "engagement.window_from_day": "steps.engagement.due",
    "engagement.retention_days": "steps.retention.due",
}


def change(slug: str, **typed: str) -> Policy:
    """Change the values whose fields end in these names."""
    what = ROWS[slug]
    values = {each.field: each.value for each in what.leaves}
    for ending, value in typed.items():
        (field,) = (each for each in values if each.endswith(ending.replace("__", ".")))
        values[field] = value
    return changed(default_policy(), what, values, DECISION)


def figures(policy: Policy) -> dict[str, str]:
    return {row.place.slug: row.figure for each in sections(policy) for row in each.rows}


def test_every_row_but_those_of_the_law_may_be_typed_anew() -> None:
    fixed = figures(default_policy()).keys() - ROWS.keys()

    assert {each.split(".")[0] for each in fixed} == {"day_of_release"}
    fields = [leaf.field for each in ROWS.values() for leaf in each.leaves]
    assert len(fields) == len(set(fields))
    assert all(leaf.label for each in ROWS.values() for leaf in each.leaves)


def test_another_figure_is_another_version_with_its_decision_as_its_source() -> None:
    policy = change("steps.screening.due", count="48")

    (was, now) = (figures(each)["steps.screening.due"] for each in (default_policy(), policy))
    assert was.startswith("72 hours")
    assert now.startswith("48 hours")
    cite = policy.steps[Step.SCREENING].due.cite
    assert (cite.source, cite.note) == ("Decided by Clinical board", "Deaths cluster early.")
    assert cite.certainty is Certainty.DEFAULT
    assert (policy.version, policy.decided_by) == ("2026-12-01.1", "Clinical board")
    assert policy.effective_on == date(2026, 12, 1)


def test_days_before_a_release_stay_before_it() -> None:
    assert (
        "30 days before" in figures(change("steps.referral.due", count="30"))["steps.referral.due"]
    )


@pytest.mark.parametrize("slug", TIED)
@pytest.mark.parametrize("is_reverse", [False, True])
def test_a_figure_of_the_rates_and_the_step_that_is_due_by_it_change_together(
    slug: str, is_reverse: bool
) -> None:
    first, other = (TIED[slug], slug) if is_reverse else (slug, TIED[slug])
    ending = {"engagement.window_from_day": "to_day", "engagement.retention_days": "days"}
    policy = change(first, **{"count" if is_reverse else ending[slug]: "77"})

    assert "77" in figures(policy)[other]
    assert figures(policy).keys() == figures(default_policy()).keys()


@pytest.mark.parametrize(
    ("slug", "typed", "field", "words"),
    [
        ("steps.plan.due", {"count": ""}, "count", "Enter a whole number"),
        ("steps.plan.due", {"count": "-3"}, "count", "Enter a whole number"),
        ("steps.plan.due", {"count": "999"}, "count", "must be 400 or less"),
        ("steps.plan.due", {"at": "25:00"}, "at", "Enter a time"),
        ("steps.plan.due", {"at": "01:30"}, "at", "happens twice or never"),
        ("hours", {"opens": "18:00"}, "opens", "earlier than closes"),
        ("chains.S1", {"rounds": "9"}, "rounds", "must be 5 or less"),
        ("chains.S1", {"lease__count": "1"}, "wait.count", "longer than the lease"),
        ("cover.limits.gate_supply_days", {"days": "3"}, "gate_supply_days", "7 or more"),
        ("delivery.bundle_minutes", {"minutes": "5"}, "", "It does not go with delivery texts"),
        ("steps.plan.due", {}, "", "Enter another figure"),
    ],
)
def test_what_makes_no_policy_is_told_at_its_field(
    slug: str, typed: dict[str, str], field: str, words: str
) -> None:
    with pytest.raises(UnusableFiguresError) as refused:
        change(slug, **typed)

    told = {".".join(map(str, each.path)): each.message for each in refused.value.findings}
    at = [each for each in told if each.endswith(field) and bool(each) == bool(field)]
    assert at, told
    assert words in told[at[0]]


@given(st.sampled_from(sorted(ROWS)), st.data())
def test_nothing_changes_but_what_was_typed_and_what_is_tied_to_it(
    slug: str, data: st.DataObject
) -> None:
    what = ROWS[slug]
    typed = {
        each.field: data.draw(st.integers(0, 60).map(str)) if each.value.isdigit() else each.value
        for each in what.leaves
    }
    try:
        policy = changed(default_policy(), what, typed, DECISION)
    except UnusableFiguresError:
        return

    assert check(policy) == []
    allowed = {each.field for each in what.leaves} | {".".join(map(str, what.row.place.cite))}
    allowed |= {"version", "effective_on", "decided_by"}
    allowed |= {"engagement.window_to_day", "engagement.retention_days"}
    allowed |= {"steps.engagement.due.count", "steps.retention.due.count"}
    others = differences(document_of(default_policy()), document_of(policy))
    assert all(any(each.startswith(one) for one in allowed) for each in others), others


@pytest.mark.parametrize("slug", sorted(ROWS))
def test_every_value_that_is_typed_anew_shows_in_words(slug: str) -> None:
    for leaf in ROWS[slug].leaves:
        if not leaf.value.isdigit():
            continue
        for value in (int(leaf.value) - 1, int(leaf.value) + 1):
            try:
                policy = change(slug, **{leaf.field: str(value)})
            except UnusableFiguresError:
                continue
            assert is_told(figures_changed(default_policy(), policy), slug)


def is_told(found: Iterable[FigureChange], slug: str) -> bool:
    """Whether the row is among what changed."""
    what = ROWS[slug]
    return (what.section, what.row.what) in {(each.section, each.what) for each in found}


def differences(old: Any, new: Any, at: str = "") -> set[str]:  # noqa: ANN401 - of any part
    if isinstance(old, dict):
        return {each for name in old for each in differences(old[name], new[name], f"{at}.{name}")}
    if isinstance(old, list):
        pairs = enumerate(zip(old, new, strict=True))
        return {each for n, pair in pairs for each in differences(*pair, f"{at}.{n}")}
    return set() if old == new else {at.removeprefix(".")}
