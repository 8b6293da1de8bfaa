"""What the embedded default shows instead of sending."""

from __future__ import annotations

from io import StringIO

from notifications.console import ConsoleSender
from notifications.sending import QueuedNotice


def test_a_notice_becomes_one_line_that_names_nobody() -> None:
    shown = StringIO()
    notice = QueuedNotice(
        id="rel-1.7.step_lapsed",
        reference="7K2M9Q",
        template="step_lapsed",
        audience="duty_rota",
        severity="S1",
        step="prescription",
        organisation="LEI",
    )

    provider_id = ConsoleSender(shown).send(notice)

    assert shown.getvalue() == (
        "S1 notice to duty rota at LEI: release 7K2M9Q, step lapsed (prescription)\n"
    )
    assert provider_id == "console/rel-1.7.step_lapsed"
