"""The catalogue as docs/messages.md shows it.

Written anew with `python -m tests.notifications.catalogue_table`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notifications.catalogue import (
    Digit,
    Wording,
    audience_of,
    is_called,
    needs_translator,
    render_call,
    render_mail,
    render_text,
)
from notifications.catalogue.rendering import ENTRIES, takes_forename
from notifications.messages import RecipientKind
from tests.notifications.longest import longest

GUIDE: Final = Path(__file__).parents[2] / "docs" / "messages.md"
BEGINS: Final = "<!-- The catalogue, written by tests/notifications/catalogue_table.py -->\n"
ENDS: Final = "<!-- The end of the catalogue -->\n"


def catalogue() -> str:
    """Return the catalogue in Markdown: texts, e-mails and calls."""
    lines = [
        "### To staff\n",
        *_texts(RecipientKind.STAFF),
        "\n### To the person leaving prison\n",
        *_texts(RecipientKind.PERSON),
        "\n### E-mails to staff\n",
        *_mails(),
        "\n### Calls\n",
        *_calls(),
    ]
    return "\n".join(lines) + "\n"


def in_the_guide() -> str:
    """Return the catalogue as docs/messages.md has it."""
    text = GUIDE.read_text(encoding="utf-8")
    return text.partition(BEGINS)[2].partition(ENDS)[0]


def _texts(kind: RecipientKind) -> Iterator[str]:
    yield "| | Wording | To | When | Text, at its longest | Units | Parts | Welsh |"
    yield "|---|---|---|---|---|---|---|---|"
    for wording in Wording:
        if audience_of(wording) is kind:
            entry = ENTRIES[wording]
            named = {"forename": "Christopher"} if takes_forename(wording) else {}
            text = render_text(wording, longest(wording) | named)
            welsh = "needs a translator" if wording in needs_translator() else "translated"
            cells = (entry.number, f"`{wording}`", entry.to, entry.when, text.body)
            yield f"| {' | '.join(cells)} | {text.units} | {text.segments} | {welsh} |"


def _mails() -> Iterator[str]:
    yield "| | Subject | Body, before its last line |"
    yield "|---|---|---|"
    for wording in Wording:
        if audience_of(wording) is RecipientKind.STAFF:
            mail = render_mail(wording, longest(wording))
            body = " ".join(mail.body.split("\n\n")[:-1]).replace("\n", " ")
            yield f"| {ENTRIES[wording].number} | {mail.subject} | {body} |"


def _calls() -> Iterator[str]:
    called = [each for each in Wording if is_called(each)]
    for wording in called:
        yield f"- {ENTRIES[wording].number}: “{' '.join(render_call(wording).sentences)}”"
    script = render_call(called[0])
    yield f"- After 1: “{script.after[Digit.ACKNOWLEDGES]}”"
    yield f"- After 2: “{script.after[Digit.PASSES_ON]}”"
    yield f"- When nothing is pressed: “{script.unanswered}”"


if __name__ == "__main__":
    guide = GUIDE.read_text(encoding="utf-8")
    before, _, rest = guide.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    GUIDE.write_text(f"{before}{BEGINS}{catalogue()}{ENDS}{after}", encoding="utf-8")
