"""Print a policy as tables on a terminal; what stands in them is decided in `figures`."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from domain.policy import Citation, Policy
from infra.policies.figures import Section, sections


def describe(policy: Policy, *, notes: bool = False) -> list[Table]:
    """Return a table for each section, in the order of the document.

    Args:
        policy: Any policy, shipped or not.
        notes: Whether to print below a source why it is weak or why a figure was chosen.
    """
    return [_table(each, notes=notes) for each in sections(policy)]


def _table(section: Section, *, notes: bool) -> Table:
    table = Table(title=section.title, title_justify="left", expand=True)
    for heading, ratio in (("Figure", 3), ("Value", 5), ("Source", 4)):
        table.add_column(heading, ratio=ratio)
    table.add_column("Certainty", no_wrap=True)
    for row in section.rows:
        cells = (row.what, row.figure, _source(row.cite, notes=notes), row.cite.certainty.value)
        # Text, not str: brackets in somebody's own document are no markup.
        table.add_row(*(Text(each) for each in cells))
    return table


def _source(cite: Citation, *, notes: bool) -> str:
    return f"{cite.source}\n{cite.note}" if notes and cite.note else cite.source
