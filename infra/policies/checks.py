"""What a policy must satisfy beyond its shape, gathered in one list.

A document can have the right shape and still never page anybody: a due time counted from a fact
that the step never has, a ladder that sleeps over the weekend. Each family of such mistakes has a
module of its own beside this one; a new family is added here.
"""

from __future__ import annotations

from domain.policy import Policy
from infra.policies.chain_checks import check_chains
from infra.policies.delivery_checks import check_delivery
from infra.policies.limit_checks import check_limits
from infra.policies.problems import Finding
from infra.policies.step_checks import check_steps


def check(policy: Policy) -> list[Finding]:
    """Return each thing that makes no sense, with its place in the document."""
    return [
        *check_steps(policy),
        *check_chains(policy),
        *check_limits(policy),
        *check_delivery(policy),
    ]
