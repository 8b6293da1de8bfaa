"""The policy in force, as a page shows it."""

from __future__ import annotations

from api.pages.policy import Figure, PolicySection, ShownPolicy
from domain.policy import Policy
from infra.policies.figures import sections


def shown(policy: Policy) -> ShownPolicy:
    """Return the policy with every figure in words, as `throughcare policy show` prints it."""
    return ShownPolicy(
        version=policy.version,
        title=policy.title,
        effective_on=policy.effective_on,
        sections=tuple(
            PolicySection(
                each.title,
                tuple(
                    Figure(
                        row.what,
                        row.figure,
                        row.cite.source,
                        row.cite.note or "",
                        row.cite.certainty.value,
                    )
                    for row in each.rows
                ),
            )
            for each in sections(policy)
        ),
    )
