"""No text, e-mail or call says anything that a stranger with the phone in hand should not read."""

from __future__ import annotations

import re

import pytest

from notifications.catalogue import Language, Wording, is_called, render_call, render_mail
from notifications.catalogue.rendering import ENTRIES, audience_of, fields_of, render_text
from notifications.catalogue.replies import OPT_IN_WORDS, OPT_OUT_WORDS
from notifications.messages import RecipientKind
from tests.notifications.longest import longest

HEALTH = (
    *("health", "clinic", "medic", "treat", "prescri", "drug", "alcohol", "substance", "opiate"),
    *("opioid", "methadone", "buprenorphine", "buvidal", "naloxone", "overdose", "dose", "detox"),
    *("heroin", "therap", "patient", "doctor", "nurse", "pharmac", "surgery", "hospital", "mental"),
    *(
        "recovery",
        "addict",
        "needle",
        "death",
        "died",
        "nhs",
        "injection",
        "illness",
        "test result",
    ),
)
JUSTICE = (
    *(
        "prison",
        "probation",
        "licence",
        "license",
        "recall",
        "custody",
        "court",
        "police",
        "justice",
    ),
    *("hmp", "offen", "sentence", "release", "convict", "crime", "criminal", "inmate", "jail"),
    *("gaol", "parole", "tag", "curfew", "supervis", "warrant", "remand", "resettle", "approved"),
    *("breach", "throughcare", "detention", "officer", "magistrate", "cell", "cjs"),
)
IDENTIFYING = (
    *("surname", "birth", "dob", "noms", "crn", "nhs number", "address", "postcode", "hostel"),
    *("family", "mother", "partner", "keyworker", "mr ", "mrs ", "council", "charity"),
)
RELATIVE = ("today", "tomorrow", "yesterday", "tonight", "next week")
CONSEQUENCES = ("must", "penalty", "failure to", "or else", "fine ", "enforce", "warning")

SHAPES = {
    "prison number": r"\b[A-Z]\d{4}[A-Z]{2}\b",
    "CRN": r"\b[A-Z]\d{6}\b",
    "NHS number": r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b",
    "date of birth": r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b(?:19|20)\d\d\b",
    "postcode": r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    "mobile number": r"(?:\+44|0)7\d{3} ?\d{6}",
}


def said_by(wording: Wording) -> dict[str, str]:
    """Return everything that a wording says, by channel; our own address is looked at elsewhere."""
    fields = longest(wording)
    said = {f"text {each}": render_text(wording, fields, each).body for each in Language}
    if audience_of(wording) is RecipientKind.STAFF:
        mail = render_mail(wording, fields)
        said |= {"subject": mail.subject, "mail": mail.body}
    if is_called(wording):
        script = render_call(wording)
        said["call"] = " ".join((*script.sentences, *script.after.values(), script.unanswered))
    return {where: each.replace(fields.get("link", " "), "LINK") for where, each in said.items()}


@pytest.mark.parametrize("wording", Wording)
def test_no_wording_hints_at_health_justice_or_who_it_is_about(wording: Wording) -> None:
    # The longest code that a provider answers with says nothing, but is no sentence either.
    for where, said in said_by(wording).items():
        lower = said.lower()
        forbidden = (*HEALTH, *JUSTICE, *IDENTIFYING, *RELATIVE)
        assert [each for each in forbidden if each in lower] == [], where


@pytest.mark.parametrize("wording", Wording)
def test_no_wording_has_anything_of_the_shape_of_a_personal_number(wording: Wording) -> None:
    fields = longest(wording)
    for where, said in said_by(wording).items():
        # The published number to call, and the lifelines, are all the numbers there are.
        rest = said.replace(fields.get("phone", " "), "PHONE").replace("116 123", "LINE")
        found = [name for name, shape in SHAPES.items() if re.search(shape, rest)]
        assert found == [], where


@pytest.mark.parametrize("shape", SHAPES)
def test_the_shapes_are_found_where_they_are(shape: str) -> None:
    examples = {
        "prison number": "ref A1234BC.",
        "CRN": "X123456",
        "NHS number": "943 476 5919",
        "date of birth": "born 1/2/1990",
        "postcode": "LE1 6ZG",
        "mobile number": "07700 900123",
    }

    assert re.search(SHAPES[shape], examples[shape])


@pytest.mark.parametrize("wording", [each for each in Wording if "C" in ENTRIES[each].number])
def test_the_person_gets_no_link_no_reference_and_no_threat(wording: Wording) -> None:
    assert audience_of(wording) is RecipientKind.PERSON
    assert not fields_of(wording) & {"link", "reference", "code"}
    said = render_text(wording, longest(wording)).body.lower()
    assert not re.search(r"https?:|www\.|\w\.\w", said)
    assert [each for each in CONSEQUENCES if each in said] == []
    assert "urgent" not in said


@pytest.mark.parametrize("wording", [each for each in Wording if "P" in ENTRIES[each].number])
def test_staff_get_at_most_one_link_which_is_ours_and_no_name(wording: Wording) -> None:
    fields = longest(wording)
    for said in (render_text(wording, fields).body, render_mail(wording, fields).body):
        links = re.findall(r"https?://\S+", said)
        assert links == ([fields["link"]] if links else [])
        assert said.count("://") == len(links)
    assert not fields_of(wording) & {"forename", "phone"}


@pytest.mark.parametrize("wording", Wording)
def test_no_text_invites_a_word_that_the_provider_would_act_on(wording: Wording) -> None:
    acted_on = OPT_OUT_WORDS | OPT_IN_WORDS | {"YES"}

    words = set(re.findall(r"[A-Z]+", render_text(wording, longest(wording)).body.upper()))

    assert words & acted_on == ({"STOP"} if wording is Wording.FIRST_TEXT else set())


def test_every_urgent_word_is_to_staff() -> None:
    assert [each for each in Wording if "URGENT" in ENTRIES[each].text] == [Wording.NEEDED_NOW]


def test_no_reference_is_read_out_on_the_phone() -> None:
    for wording in filter(is_called, Wording):
        script = render_call(wording)
        said = " ".join((*script.sentences, *script.after.values(), script.unanswered))
        assert "{" not in said
        assert set(re.findall(r"\d", said)) == {"1", "2"}
