"""Data-quality tasks in words: what is wrong, what ends it, and what was done."""

from __future__ import annotations

from typing import Final

from domain.duty.quality import TaskOutcome, TaskReason

WRONG: Final = {
    TaskReason.EMPTY_ROTA: "Nobody was on duty",
    TaskReason.ABSENT_WITHOUT_COVER: "Whoever had the shift was away, and nobody covered",
    TaskReason.NOBODY_NAMED: "No worker was named for a release",
    TaskReason.COVER_LOOP: "Those who cover for one another were all away",
    TaskReason.NUMBER_FAILED: "Their mobile takes no texts, for good",
    TaskReason.TEXTS_STOPPED: "They stopped texts to their mobile",
    TaskReason.EMAIL_FAILED: "Their e-mail address takes nothing, for good",
}
"""What a message that was on its way found."""

TO_DO: Final = {
    TaskReason.EMPTY_ROTA: "Put somebody on this post",
    TaskReason.ABSENT_WITHOUT_COVER: "Name cover in the absence, or put somebody else on",
    TaskReason.NOBODY_NAMED: "Name who leads, on the People and contacts page of each release",
    TaskReason.COVER_LOOP: "Put somebody on who is there, or change the cover",
    TaskReason.NUMBER_FAILED: "Enter another number, or check that this one works after all",
    TaskReason.TEXTS_STOPPED: "Enter another number, or have them text START",
    TaskReason.EMAIL_FAILED: "Enter another address, or check that this one works after all",
}
"""What ends it; docs/rotas.md has the same."""

DONE: Final = {
    TaskOutcome.ROTA_FILLED: "Somebody was put on",
    TaskOutcome.COVER_ARRANGED: "Cover was arranged",
    TaskOutcome.WORKER_NAMED: "A worker was named",
    TaskOutcome.POST_NOT_NEEDED: "This post is not needed",
    TaskOutcome.RECORDED_WRONGLY: "Nothing was wrong: it was recorded wrongly",
    TaskOutcome.CONTACT_REPLACED: "Another number or address was entered",
    TaskOutcome.CONTACT_WORKS: "It works after all, and is used again",
    TaskOutcome.REACHED_OTHERWISE: "They agreed to be reached in another way",
    TaskOutcome.LEFT: "They do not work here any more",
}
