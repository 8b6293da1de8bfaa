"""The policy document: every figure behind due times, severities and escalation, with its source.

A policy is data. It is pinned when a release starts and changed for a release only by a command
that records why. What changes here is the *shape* of the document, never a figure (ADR 0002).
"""

from domain.policy.chains import Again, Chain, Channel, Hours, Level, Target, Unit, Wait
from domain.policy.citing import Certainty, Citation, Document, WallTime
from domain.policy.delivery import Delivery
from domain.policy.document import CoverPolicy, DayOfRelease, Engagement, Policy, ShortNotice
from domain.policy.due_rules import Anchor, Clock, DueRule, StepPolicy
from domain.policy.severities import Condition, Raise, Severity

__all__ = (
    "Again",
    "Anchor",
    "Certainty",
    "Chain",
    "Channel",
    "Citation",
    "Clock",
    "Condition",
    "CoverPolicy",
    "DayOfRelease",
    "Delivery",
    "Document",
    "DueRule",
    "Engagement",
    "Hours",
    "Level",
    "Policy",
    "Raise",
    "Severity",
    "ShortNotice",
    "StepPolicy",
    "Target",
    "Unit",
    "Wait",
    "WallTime",
)
