"""docs/messages.md shows the catalogue as it is, and every reason not to send."""

from __future__ import annotations

from notifications.catalogue.replies import OPT_IN_WORDS, OPT_OUT_WORDS
from notifications.suppression import Reason
from tests.notifications.catalogue_table import GUIDE, catalogue, in_the_guide


def test_the_guide_shows_every_wording_as_it_is_sent() -> None:
    assert in_the_guide() == catalogue()


def test_the_guide_explains_every_reason_and_every_word_that_is_acted_on() -> None:
    text = GUIDE.read_text(encoding="utf-8")

    assert [each for each in Reason if f"`{each}`" not in text] == []
    assert [each for each in sorted(OPT_OUT_WORDS | OPT_IN_WORDS) if each not in text] == []
