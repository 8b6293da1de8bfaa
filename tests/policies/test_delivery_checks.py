"""Delivery that would tell nobody, wake people, or contradict itself is refused at its line."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Delivery
from infra.policies.loading import parse_policy
from infra.policies.problems import Path, PolicyError
from tests.policies.documents import FILE, LEFT_OUT, changed, problems_with

DELIVERY: Path = ("delivery",)
S1: Path = ("chains", "S1")
S2: Path = ("chains", "S2")


def at(name: str) -> Path:
    return (*DELIVERY, name)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (at("digest_at"), "08:29", "when somebody reads it"),
        (at("digest_at"), "17:30", "when somebody reads it"),
        (at("look_ahead_at"), "17:00", "can still be done"),
        (at("look_ahead_at"), "08:59", "can still be done"),
        (at("person_opens"), "07:59", "08:00 or later"),
        (at("person_closes"), "21:01", "21:00 or earlier"),
        (at("texts_an_hour"), 3, "must be 4 or more"),
        (at("texts_a_day"), 3, "less than texts_an_hour"),
        (at("next_channel_minutes"), 15, "comes too late"),
        (at("unconfirmed_minutes"), 15, "comes too late"),
        (at("call_again_minutes"), 15, "comes too late"),
        ((*DELIVERY, "cites", "takeaway_days"), {"source": "R1", "certainty": "low"}, "no figure"),
        ((*S2, "levels", 1, "channels"), ["worklist"], "nobody who is not looking"),
        ((*S2, "levels", 2, "target"), "named_worker", "asked at level 1 already"),
        ((*S1, "levels", 0, "target"), "named_worker", "not at work day and night"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_own_line(
    path: Path, value: object, message: str
) -> None:
    [(line, place, said)] = problems_with((path, value))

    assert message in said
    assert place == ".".join(map(str, path))
    last = str(path[-1])
    assert last in line or line.startswith("-")


def test_somebody_above_the_service_owner_would_never_be_asked() -> None:
    [(_, place, said)] = problems_with(((*S2, "levels", 1, "target"), "service_owner"))

    assert place == "chains.S2.levels.2.target"
    assert "never reached" in said


def test_the_service_owner_may_be_the_last_level() -> None:
    assert problems_with(((*S2, "levels", 2, "target"), "service_owner")) == []


@pytest.mark.parametrize("severity", ["S1", "S2", "S3", "S4"])
def test_an_unknown_role_is_refused_with_the_known_ones(severity: str) -> None:
    path = ("chains", severity, "levels", 0, "target")

    [(line, place, said)] = problems_with((path, "duty_officer"))

    assert line == "- target: duty_officer"
    assert place == ".".join(map(str, path))
    assert "'duty_rota'" in said


def test_several_calls_must_fit_into_one_level_together() -> None:
    assert problems_with((at("calls"), 5)) == []

    [(_, place, _)] = problems_with((at("calls"), 5), (at("call_again_minutes"), 4))

    assert place == "delivery.call_again_minutes"


def test_a_document_without_delivery_is_sent_back_to_its_author() -> None:
    [(_, place, said)] = problems_with((DELIVERY, LEFT_OUT))

    assert place == "delivery"
    assert "is missing" in said


@pytest.mark.parametrize("name", sorted(Delivery.figures()))
def test_no_figure_may_be_left_out_or_uncited(name: str) -> None:
    [(_, place, said)] = problems_with((at(name), LEFT_OUT))
    assert (place, said) == (f"delivery.{name}", "is missing")

    [(_, place, said)] = problems_with(((*DELIVERY, "cites", name), LEFT_OUT))
    assert (place, said) == ("delivery", f"no citation for {name}")


TIMES = st.sampled_from(
    [
        "00:00",
        "07:59",
        "08:00",
        "08:30",
        "09:00",
        "12:00",
        "16:59",
        "17:30",
        "20:00",
        "21:00",
        "23:59",
    ]
)


@given(
    digest_at=TIMES,
    look_ahead_at=TIMES,
    person=st.tuples(TIMES, TIMES),
    texts=st.tuples(st.integers(1, 60), st.integers(1, 200), st.integers(1, 60)),
)
def test_whatever_loads_reads_its_digest_wakes_nobody_and_carries_its_bundles(
    digest_at: str,
    look_ahead_at: str,
    person: tuple[str, str],
    texts: tuple[int, int, int],
) -> None:
    given_figures: dict[str, Any] = {
        "digest_at": digest_at,
        "look_ahead_at": look_ahead_at,
        "person_opens": person[0],
        "person_closes": person[1],
        "texts_an_hour": texts[0],
        "texts_a_day": texts[1],
        "bundle_minutes": texts[2],
    }
    text = changed(*((at(name), value) for name, value in given_figures.items()))

    with suppress(PolicyError):
        policy = parse_policy(text.encode(), FILE)
        loaded = policy.delivery
        assert loaded.staff_opens <= loaded.digest_at < loaded.staff_closes
        assert policy.hours.opens <= loaded.look_ahead_at < policy.hours.closes
        assert "08:00" <= person[0] < person[1] <= "21:00"
        assert loaded.texts_an_hour * loaded.bundle_minutes > 60 - loaded.bundle_minutes
        assert loaded.texts_an_hour <= loaded.texts_a_day
