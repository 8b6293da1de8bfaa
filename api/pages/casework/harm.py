"""Reviews of near misses, signs of exploitation, and safeguarding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import OWNERS, on, only_on
from api.pages.casework.fields import Boxes, Choice, Day, Field, Option, options
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled
from api.pages.dates import day
from api.pages.roles import ROLES
from domain.facts import NearMissReview
from domain.journey import Step
from domain.satisfaction import is_complete


def _agencies(case: Case) -> tuple[Option, ...]:
    state = case.state
    own = {
        "prison-healthcare": "Prison healthcare",
        "prison-resettlement": "Prison resettlement",
        f"probation-{state.probation_unit}": "Probation",
        state.service or "community-drug-service": "Community drug service",
        "ambulance": "Ambulance service",
        "hospital": "Hospital",
        "police": "Police",
    }
    return options(own)


def open_reviews(case: Case) -> list[NearMissReview]:
    """Return the reviews that something is still missing from."""
    return [each for each in case.state.reviews if not is_complete(each)]


def _which(case: Case) -> Choice:
    listed = tuple(
        Option(each.id, words.NEAR_MISSES[each.kind], hint=f"On {day(each.happened_on)}")
        for each in open_reviews(case)
    )
    return Choice("review", "Which near miss?", listed, "Select the near miss")


def _review_fields(case: Case) -> Sequence[Field]:
    team = tuple(Option(role.value, ROLES[role]) for role in OWNERS)
    outcomes = (*options(words.REVIEW_OUTCOMES), Option("open", "It is not decided yet"))
    return (
        _which(case),
        Day(
            "contacted_on",
            "When did somebody speak to the person? (optional)",
            "Date of the contact",
            "Leave this empty if nobody could yet",
            required=False,
        ),
        Boxes(
            "agencies",
            "Which agencies took part?",
            _agencies(case),
            hint="At least two, before the review is complete",
        ),
        Choice("outcome", "What came of the review?", outcomes, "Select what came of it"),
        Boxes("told", "Who was told?", team),
        on("When was that?", "Date of the review"),
    )


def _review(answers: Answers, _case: Case) -> Made:
    outcome = answers["outcome"]
    return {
        "kind": "record_review",
        "on": answers["on"],
        "review": answers["review"],
        "contacted_on": answers["contacted_on"],
        "agencies": answers["agencies"],
        "outcome": None if outcome == "open" else outcome,
        "told": answers["told"],
    }


def _review_filled(case: Case) -> Filled:
    found = open_reviews(case)
    return {**today_filled(case), **({"review": found[0].id} if len(found) == 1 else {})}


def _no_review(case: Case) -> str | None:
    return None if open_reviews(case) else "No review is open on this record."


def _flag_fields(_case: Case) -> Sequence[Field]:
    return (
        Choice("sign", "What did you notice?", options(words.SIGNS), "Select what you noticed"),
        on("When did you notice it?", "Date you noticed it"),
    )


def _flag(answers: Answers, _case: Case) -> Made:
    return {"kind": "flag_exploitation", "on": answers["on"], "sign": answers["sign"]}


def _safeguarding(answers: Answers, _case: Case) -> Made:
    return {"kind": "record_safeguarding_referral", "on": answers["on"]}


FORMS: Final = (
    Form(
        kinds=("record_review",),
        title="Add to a near-miss review",
        step=Step.REVIEW,
        intro="You can add to it several times. It is complete once nothing is missing.",
        fields=_review_fields,
        make=_review,
        filled=_review_filled,
        obstacle=_no_review,
        said="The review is recorded.",
    ),
    Form(
        kinds=("record_safeguarding_referral",),
        title="Record a safeguarding referral",
        step=Step.SAFEGUARDING,
        intro="The referral goes to the authority where the person is.",
        fields=lambda _: only_on("When was the referral made?", "Date of the referral"),
        make=_safeguarding,
        filled=today_filled,
        said="The safeguarding referral is recorded.",
    ),
    Form(
        kinds=("flag_exploitation",),
        title="Record a sign of exploitation",
        step=Step.SAFEGUARDING,
        intro="If the person is in danger now, call 999 first. Repeated signs ask for a referral.",
        fields=_flag_fields,
        make=_flag,
        filled=today_filled,
        said="The sign is recorded.",
        is_aside=True,
    ),
)
