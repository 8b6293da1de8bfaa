from __future__ import annotations

from api.remembering import Remembered


def test_an_answer_is_remembered_until_the_stamp_changes() -> None:
    remembered = Remembered()
    remembered.put("question", 1, "answer")

    assert remembered.get("question", 1) == "answer"
    assert remembered.get("question", 2) is None
    assert remembered.get("another", 1) is None


def test_what_was_not_asked_for_the_longest_is_forgotten() -> None:
    remembered = Remembered(most=2)
    remembered.put("a", 1, 1)
    remembered.put("b", 1, 2)
    remembered.get("a", 1)
    remembered.put("c", 1, 3)

    assert [remembered.get(each, 1) for each in "abc"] == [1, None, 3]
