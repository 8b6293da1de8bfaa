"""Which acknowledgement times are shown: those within the limit, and those that are not.

Each severity is a table of its own. A nation is told by quarter and year, whatever is smaller for
the policy's one year in twelve months alone, so that nothing of it can be worked out over time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.measures.acknowledging import TOLD_WITHIN, answered_within
from domain.measures.counts import Counts
from domain.measures.cuts import WHOLE
from domain.measures.disclosure.cells import Cell, summed
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.secondary import with_partners
from domain.measures.disclosure.shown import Shown, shown_groups
from domain.measures.periods import Period
from domain.policy import Severity


def escalations_cell(counts: Counts, severity: Severity) -> Cell:
    """Return how many escalations were acknowledged within the limit, and how many were not."""
    within, of = answered_within(counts.family(f"ack.{severity}"), TOLD_WITHIN[severity])
    return Cell((within, of - within))


def decide_escalations(
    quarters: Mapping[Period, Counts], severity: Severity, policy: DisclosurePolicy
) -> Shown:
    """Return the quarters and years that are shown of a nation, under the key of the whole.

    Args:
        quarters: Of consecutive quarters; see `decide_groups`.
        severity: Each is decided by itself.
        policy: What is small.
    """
    cells = {
        quarter: {WHOLE: escalations_cell(counts, severity)} for quarter, counts in quarters.items()
    }
    return shown_groups(cells, policy)


def hidden_groups(
    groups: Mapping[str, Counts],
    severity: Severity,
    policy: DisclosurePolicy,
    block_of: Callable[[str], str],
) -> frozenset[str]:
    """Return the groups of one cut whose figure of one year is hidden.

    Args:
        groups: Counts of every group for the policy's year, of which the nation's is shown.
        severity: Each is decided by itself.
        policy: What is small.
        block_of: Groups of one block add up to a total that is published by another cut. Where
            that total is hidden, so are all of them.
    """
    cells = {group: escalations_cell(counts, severity) for group, counts in groups.items()}
    blocks: dict[str, dict[str, Cell]] = {}
    for group, cell in sorted(cells.items()):
        blocks.setdefault(block_of(group), {})[group] = cell
    totals = {block: summed(members.values()) for block, members in blocks.items()}
    several = _hidden(totals, policy) if len(blocks) > 1 else frozenset[str]()
    hidden = (
        frozenset(members) if block in several else _hidden(members, policy)
        for block, members in blocks.items()
    )
    return frozenset[str]().union(*hidden)


def _hidden(cells: Mapping[str, Cell], policy: DisclosurePolicy) -> frozenset[str]:
    small = frozenset(each for each, cell in cells.items() if cell.is_unsafe(policy))
    return with_partners(cells, small, policy) if policy.secondary else small
