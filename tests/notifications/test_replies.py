"""What people write back is understood, or goes to a person; never guessed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notifications.catalogue import Reading, Reply, read_reply
from notifications.catalogue.fields import REFERENCE
from notifications.catalogue.replies import LONGEST_REPLY, OPT_IN_WORDS, OPT_OUT_WORDS


def wide(text: str) -> str:
    """Return figures and capitals as some keyboards type them."""
    return "".join(chr(ord(each) + 0xFEE0) if each.isalnum() else "\u3000" for each in text)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("OK 7K2M9Q", Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("ok 7k2m9q", Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("OK7K2M9Q", Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("  Ok,\n7K2-M9Q. ", Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("okay 7K2M9Q!", Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("OK ref 7K2M9Q", Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("OKAY7K2M", Reply(Reading.ACKNOWLEDGES, "AY7K2M")),
        (wide("OK 7K2M9Q"), Reply(Reading.ACKNOWLEDGES, "7K2M9Q")),
        ("OK 7K2MOI", Reply(Reading.ACKNOWLEDGES, "7K2M01")),
        ("pass 7k2m9q", Reply(Reading.PASSES_ON, "7K2M9Q")),
        ("1", Reply(Reading.COMES)),
        (" 1. ", Reply(Reading.COMES)),
        (wide("1"), Reply(Reading.COMES)),
        ("2", Reply(Reading.CHANGES)),
        ("Stop", Reply(Reading.STOPS)),
        ("STOP.", Reply(Reading.STOPS)),
        ("stop all", Reply(Reading.STOPS)),
        ("opt-out", Reply(Reading.STOPS)),
        ("Stopio", Reply(Reading.STOPS)),
        (wide("STOP"), Reply(Reading.STOPS)),
        ("start", Reply(Reading.RESUMES)),
        ("Unstop", Reply(Reading.RESUMES)),
    ],
)
def test_what_was_asked_for_is_understood_however_it_is_typed(text: str, reply: Reply) -> None:
    assert read_reply(text) == reply


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OK",
        "ok thanks a lot",
        "okay 1234",
        "OK 7K2M9",
        "OK 7K2M9QX",
        "OK 7K2M9Q thanks",
        "OK 7K2M9U",
        "7K2M9Q",
        "NOT OK 7K2M9Q",
        "12",
        "1 or 2?",
        "yes",
        "I can come",
        "stop texting me",
        "Please stop",
        "don't stop",
        "I want to end it all",
        "😀",
        "PASS",
        "STOP".ljust(LONGEST_REPLY + 1),
    ],
)
def test_anything_else_goes_to_a_person(text: str) -> None:
    assert read_reply(text) == Reply(Reading.UNREAD)


@pytest.mark.parametrize("word", sorted(OPT_OUT_WORDS))
def test_every_opt_out_word_acts_alone_and_only_alone(word: str) -> None:
    assert read_reply(word.lower()).reading is Reading.STOPS
    assert read_reply(f"please {word}").reading is Reading.UNREAD


@pytest.mark.parametrize("word", sorted(OPT_IN_WORDS))
def test_every_opt_in_word_acts_alone(word: str) -> None:
    assert read_reply(f" {word}!").reading is Reading.RESUMES


ANYTHING = st.one_of(
    st.text(max_size=200),
    st.text("OKPAS okpas0123456789abXYZ.,-\n", max_size=20),
    st.builds("{} {}".format, st.sampled_from(["OK", "ok", "PASS", "STOP"]), st.text(max_size=10)),
    st.text(st.characters(codec=None), max_size=20),
)


@given(ANYTHING)
@example("OK \ud800")
@example("ok \ufb03\ufb03")
def test_no_text_is_an_answer_without_its_reference(text: str) -> None:
    reading, reference = read_reply(text)

    if reading in {Reading.ACKNOWLEDGES, Reading.PASSES_ON}:
        assert reference is not None
        assert REFERENCE.fullmatch(reference)
    else:
        assert reference is None


@given(
    reference=st.from_regex(REFERENCE, fullmatch=True),
    verb=st.sampled_from(["OK", "Ok", "ok", "PASS", "Pass"]),
    between=st.sampled_from([" ", "  ", "\n", ", ", ": ", " - "]),
    after=st.sampled_from(["", ".", " ", "!\n"]),
)
def test_every_reference_can_be_taken_and_passed_on(
    reference: str, verb: str, between: str, after: str
) -> None:
    expected = Reading.PASSES_ON if verb.upper() == "PASS" else Reading.ACKNOWLEDGES

    assert read_reply(f"{verb}{between}{reference.lower()}{after}") == Reply(expected, reference)
