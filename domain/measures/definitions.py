"""Every measure as a definition with a version, printed beside the figure it defines.

A change to what a measure counts is a new version here, because a published series must say where
it stops being comparable with itself. The words are for commissioners (`docs/measures.md`).
"""

from __future__ import annotations

from typing import Final

from domain.codes import Nation
from domain.measures.counts import Count
from domain.measures.definition import Definition, MeasureId, Ripens

__all__ = ("DEFINITIONS", "Definition", "MeasureId", "Ripens", "measures_of")

_ENGLAND: Final = frozenset({Nation.ENGLAND})
_WALES: Final = frozenset({Nation.WALES})
_EACH: Final = frozenset(Nation)
_EXITS: Final = (
    "Prison exits are counted, not people. Transfers between prisons, deaths in custody and "
    "cancelled releases are no exits. Excluded records are counted beside the figure by reason."
)
_STAYED: Final = (
    "Everybody who died or returned to custody by the last day of the window is left out, started "
    "or not. No published rule was seen (R9), so the figure stands beside the other, not instead."
)

DEFINITIONS: Final = {
    each.id: each
    for each in (
        Definition(
            MeasureId.CONTINUITY_NEED,
            1,
            "Started treatment within three weeks, of all with a treatment need",
            _ENGLAND,
            "Releases after which structured community treatment started 0 to 21 days later.",
            "Releases of adults to a destination in England with a treatment need identified.",
            _EXITS,
            "C20; R1, R3, R7, R12, R13",
            Ripens.AFTER_WINDOW,
            Count.NEED_STARTED,
            Count.NEED,
        ),
        Definition(
            MeasureId.CONTINUITY_REFERRED,
            1,
            "Started treatment within three weeks, of all who were referred",
            _ENGLAND,
            "Releases after which structured community treatment started 0 to 21 days later.",
            "Those with a treatment need and a referral recorded by the end of the window.",
            _EXITS,
            "C20; R2, R6, R7",
            Ripens.AFTER_WINDOW,
            Count.REFERRED_STARTED,
            Count.REFERRED,
        ),
        Definition(
            MeasureId.CONTINUITY_NEED_STAYED,
            1,
            "The same, of all with a need who neither died nor returned to custody",
            _ENGLAND,
            "Releases after which structured community treatment started 0 to 21 days later.",
            "Releases with a treatment need, without deaths and returns to custody.",
            _STAYED,
            "R9",
            Ripens.AFTER_WINDOW,
            Count.NEED_STAYED_STARTED,
            Count.NEED_STAYED,
        ),
        Definition(
            MeasureId.CONTINUITY_REFERRED_STAYED,
            1,
            "The same, of all referred who neither died nor returned to custody",
            _ENGLAND,
            "Releases after which structured community treatment started 0 to 21 days later.",
            "Releases with a need and a referral, without deaths and returns to custody.",
            _STAYED,
            "R9",
            Ripens.AFTER_WINDOW,
            Count.REFERRED_STAYED_STARTED,
            Count.REFERRED_STAYED,
        ),
        Definition(
            MeasureId.RETENTION_ALL,
            1,
            "In treatment at twelve weeks, of all with a treatment need",
            _ENGLAND,
            "Those who started in time and 84 days later were in treatment or had completed it.",
            "Releases of adults to a destination in England with a treatment need identified.",
            f"{_EXITS} Without a recorded answer a person counts as not retained.",
            "R17; rules, Retention",
            Ripens.AFTER_RETENTION,
            Count.RETAINED,
            Count.NEED,
        ),
        Definition(
            MeasureId.RETENTION_STARTED,
            1,
            "In treatment at twelve weeks, of all who started within three weeks",
            _ENGLAND,
            "Those who started in time and 84 days later were in treatment or had completed it.",
            "Releases after which treatment started 0 to 21 days later.",
            f"{_EXITS} Without a recorded answer a person counts as not retained.",
            "R17; rules, Retention",
            Ripens.AFTER_RETENTION,
            Count.RETAINED,
            Count.NEED_STARTED,
        ),
        Definition(
            MeasureId.WALES_WAIT,
            1,
            "Started treatment within 20 working days of referral, as in annual tables",
            _WALES,
            "Treatment starts at most 20 working days after the first referral.",
            "Releases to Wales with a referral and a treatment start on or after it.",
            "Starts before the referral are invalid and shown apart. People who did not attend "
            "before assessment, or have not started, have no wait. Referral-based: no success rate "
            "of the population (R21).",
            "R21 to R24; DHCW, StatsWales",
            Ripens.AFTER_WAIT,
            Count.WAIT_WITHIN,
            Count.WAIT_VALID,
        ),
        Definition(
            MeasureId.WALES_WAIT_WITH_DNA,
            1,
            "Started treatment within 20 working days of referral, as in quarterly tables",
            _WALES,
            "Treatment starts at most 20 working days after the first referral.",
            "The same, and those who were referred and did not attend before assessment.",
            "Starts before the referral are invalid and shown apart. The source says that "
            "quarterly tables include did-not-attend, not how: here as not within the standard.",
            "R21 to R24; DHCW, StatsWales",
            Ripens.AFTER_WAIT,
            Count.WAIT_WITHIN,
            Count.WAIT_VALID_OR_DID_NOT_ATTEND,
        ),
        Definition(
            MeasureId.COVER_CONTINUOUS,
            1,
            "Left prison without a gap in the prescription",
            _EACH,
            "Releases with every day covered until the first community prescriber.",
            "Releases of people on opioid substitution treatment.",
            "Prescriptions recorded as not needed are left out; declined ones are not.",
            "R54; rules, Denominators with not required",
            Ripens.AT_RELEASE,
            Count.COVER_CONTINUOUS,
            Count.COVER_DUE,
        ),
        Definition(
            MeasureId.NALOXONE_SUPPLIED,
            1,
            "Were given naloxone",
            _EACH,
            "Releases with naloxone supplied, with or without training.",
            "Releases of people with a history of opiate use.",
            "People who declined stay in the denominator.",
            "R62; S-001, PQ-53404",
            Ripens.AT_RELEASE,
            Count.NALOXONE_SUPPLIED,
            Count.NALOXONE_DUE,
        ),
        Definition(
            MeasureId.DAYS_TO_START,
            1,
            "Days from release to treatment",
            _EACH,
            "The median number of days to the start of treatment, and the distribution by day.",
            "Releases with a treatment need after which treatment started.",
            "People who never started are not in it, so it is read beside the rate.",
            "R1, R17; ours",
            Ripens.AFTER_RETENTION,
        ),
        Definition(
            MeasureId.FUNNEL,
            1,
            "Where people are lost between screening and twelve weeks",
            _EACH,
            "How many reached each stage, how many were lost before the next, and which steps had "
            "lapsed for them.",
            "Releases with a treatment need identified.",
            "Reaching a later stage counts as having passed the earlier ones. People without a "
            "need, or never screened, are shown beside it.",
            "R4, R36; ours",
            Ripens.AFTER_RETENTION,
        ),
        Definition(
            MeasureId.ACKNOWLEDGEMENT,
            1,
            "How soon escalations are acknowledged",
            _EACH,
            "Escalations by severity and by the time to the first acknowledgement.",
            "Escalations of releases in the period, whatever the need.",
            "Work done before anybody acknowledged counts as not acknowledged.",
            "ours",
            Ripens.AFTER_RETENTION,
        ),
    )
}
"""Every definition, by id."""


def measures_of(nation: Nation) -> tuple[Definition, ...]:
    """Return the measures that a nation has."""
    return tuple(each for each in DEFINITIONS.values() if nation in each.nations)
