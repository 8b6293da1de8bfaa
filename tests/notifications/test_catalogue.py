"""Every wording fits one part of a text, and says what is missing, unknown or unusable."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.identifiers import NAME_MAX
from notifications.catalogue import (
    Digit,
    Language,
    Wording,
    at_fields,
    by_fields,
    fields_of,
    is_called,
    link_to,
    link_to_list,
    needs_translator,
    render_call,
    render_mail,
    render_text,
    rendering,
)
from notifications.catalogue.dates import day_in_words, time_in_words
from notifications.catalogue.errors import (
    MissingFieldError,
    NoVariantError,
    TooLongError,
    UnknownFieldError,
    UnusableFieldError,
)
from notifications.catalogue.fields import FIELDS
from notifications.catalogue.names import MOST_PARTS
from notifications.catalogue.rendering import ENTRIES, takes_forename
from notifications.segments import Encoding, count
from tests.notifications.longest import BASE, longest

GREETS = [each for each in Wording if takes_forename(each)]
STAFF = [each for each in Wording if "P" in ENTRIES[each].number]


def test_every_wording_is_written_and_numbered_once() -> None:
    numbers = [ENTRIES[each].number for each in Wording]

    assert numbers == [*(f"P{n}" for n in range(1, 22)), *(f"C{n}" for n in range(1, 10))]


@pytest.mark.parametrize("wording", Wording)
def test_the_longest_text_takes_one_part(wording: Wording) -> None:
    named = {"forename": "Christopher"} if takes_forename(wording) else {}

    text = render_text(wording, longest(wording) | named)

    assert (text.encoding, text.segments) == (Encoding.GSM_7, 1)
    assert text.units == len(text.body) <= 160
    assert "{" not in text.body
    assert ("Christopher" in text.body) is bool(named)


@pytest.mark.parametrize("wording", STAFF)
def test_every_wording_for_staff_has_an_e_mail_with_a_plain_subject(wording: Wording) -> None:
    mail = render_mail(wording, longest(wording))

    assert "\n" not in mail.subject
    assert len(mail.subject) <= 78
    assert mail.subject.isascii()
    assert "{" not in mail.subject + mail.body
    assert mail.body.endswith("sign in to see more. Do not reply to it.\n")


def test_a_lapse_reads_as_it_should() -> None:
    fields = {"reference": "7K2M9Q", "link": link_to(f"{BASE}/", "7K2M9Q"), "on": "2026-09-23"}

    assert render_text(Wording.STEP_LAPSED, fields).body == (
        "Handover ref 7K2M9Q: a task was due on Wed 23 September and is not recorded as done. "
        "Please act or record it: https://handover.our-council.gov.uk/r/7K2M9Q"
    )
    subject = render_mail(Wording.STEP_LAPSED, fields).subject
    assert subject == "Handover 7K2M9Q: a task was due on Wed 23 September"


@pytest.mark.parametrize("wording", Wording)
def test_a_field_that_is_missing_is_named(wording: Wording) -> None:
    for name in fields_of(wording):
        fields = {each: value for each, value in longest(wording).items() if each != name}
        with pytest.raises(MissingFieldError, match=f"{wording}.*: {name} is missing") as caught:
            render_text(wording, fields)
        assert caught.value.field == name


@pytest.mark.parametrize("wording", Wording)
def test_a_field_that_is_not_known_is_named_and_never_repeated(wording: Wording) -> None:
    with pytest.raises(UnknownFieldError, match="surname is not one of its fields") as caught:
        render_text(wording, longest(wording) | {"surname": "Nightingale"})

    assert "Nightingale" not in str(caught.value)


def test_staff_are_never_told_a_forename() -> None:
    for wording in STAFF:
        with pytest.raises(UnknownFieldError):
            render_text(wording, longest(wording) | {"forename": "Ann"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reference", "7K2M"),
        ("reference", "7k2m9q"),
        ("reference", "A1234BU"),
        ("link", "http://handover.our-council.gov.uk/r/7K2M9Q"),
        ("link", "https://handover.our-council.gov.uk/r/7K2M9R"),
        ("link", "https://handover.our-council.gov.uk/people/7K2M9Q"),
        ("link", "https://handover.our-council.gov.uk/me"),
        ("link", "https://user@evil.example/r/7K2M9Q"),
        ("link", "https://handover.our-council.gov.uk/r/7K2M9Q?name=x"),
        ("on", "23/09/2026"),
        ("on", "20260923"),
        ("on", "today"),
        ("on", ""),
    ],
)
def test_a_field_that_does_not_hold_what_it_must_is_refused(name: str, value: str) -> None:
    with pytest.raises(UnusableFieldError, match=f"{name} must be ") as caught:
        render_text(Wording.STEP_LAPSED, longest(Wording.STEP_LAPSED) | {name: value})

    assert not value or value not in str(caught.value)


@pytest.mark.parametrize(
    ("wording", "name", "value"),
    [
        (Wording.APPOINTMENT_BOOKED, "at", "10.30"),
        (Wording.APPOINTMENT_BOOKED, "at", "10:30:00"),
        (Wording.APPOINTMENT_BOOKED, "at", "1030"),
        (Wording.APPOINTMENT_BOOKED, "phone", "+44 300 123 4567"),
        (Wording.APPOINTMENT_BOOKED, "phone", "\uff10300 123 4567"),
        (Wording.APPOINTMENT_BOOKED, "phone", "call us"),
        (Wording.DIGEST, "count", "-1"),
        (Wording.DIGEST, "count", "٣"),
        (Wording.DIGEST, "link", f"{BASE}/r/7K2M9Q"),
        (Wording.NEEDED_NOW, "minutes", "0"),
        (Wording.SENDING_STOPPED, "code", "not sent to +447700900123"),
    ],
)
def test_so_are_the_fields_of_other_wordings(wording: Wording, name: str, value: str) -> None:
    with pytest.raises(UnusableFieldError, match=f"{name} must be "):
        render_text(wording, longest(wording) | {name: value})


@given(
    wording=st.sampled_from(Wording),
    data=st.data(),
)
def test_whatever_fields_hold_the_text_is_right_or_refused(
    wording: Wording, data: st.DataObject
) -> None:
    fields = longest(wording)
    for name in data.draw(st.sets(st.sampled_from(sorted(fields)))) if fields else ():
        fields[name] = data.draw(st.text(max_size=60))

    try:
        text = render_text(wording, fields)
    except (UnusableFieldError, TooLongError):
        return
    assert (text.encoding, text.segments) == (Encoding.GSM_7, 1)


def test_a_link_that_makes_a_text_too_long_is_refused_with_what_to_do() -> None:
    link = link_to("https://handover.department-of-the-very-long-names.gov.uk", "7K2M9Q")

    with pytest.raises(TooLongError, match="shorter public address") as caught:
        render_text(Wording.STEP_LAPSED, longest(Wording.STEP_LAPSED) | {"link": link})

    assert caught.value.units > 160


@pytest.mark.parametrize("body", ["", "ŵ", "a" * 161, "[" * 81])
def test_a_text_that_is_not_one_part_of_gsm7_is_refused(body: str) -> None:
    # Only a translation could bring another alphabet in; every field is ASCII.
    with pytest.raises(TooLongError):
        rendering._refuse_parts(Wording.COMING, rendering._counted(body, Language.WELSH))


# The person's own name.


@pytest.mark.parametrize(
    ("forename", "segments"),
    [
        ("Ann", 1),
        ("Zoë-Ann", 3),  # ë is not in the alphabet of texts
        ("André", 1),
        ("Siân", 3),
        ("O'Neil", 1),
        ("D\u2019Arcy", 3),
        ("Mary Jane", 1),
        ("Wm. John", 1),
        ("محمد", 3),
        ("Maximilian-Christopher-Alexander", 2),
    ],
)
def test_a_name_is_kept_as_it_is_written_and_paid_for(forename: str, segments: int) -> None:
    fields = longest(Wording.APPOINTMENT_REMINDER) | {"forename": forename}

    text = render_text(Wording.APPOINTMENT_REMINDER, fields)

    assert text.body.startswith(f"Hello {forename}. Your appointment")
    assert (text.segments, text.nameless) == (segments, False)


@pytest.mark.parametrize(
    "forename",
    [
        "",
        " ",
        "Ann ",
        "😀",
        "Ann😀",
        "Ann\n",
        "Ann\x00",
        "Ann\u202e",
        "Ann\ud800",
        "{phone}",
        "{greeting}",
        "Reply 1",
        "evil.com",
        "https://evil.example",
        "A1234BC",
        "07700900123",
        "-",
        "Ŵ" * NAME_MAX,
        "A" * (NAME_MAX + 1),
    ],
)
def test_what_is_no_name_or_costs_too_much_is_left_out_and_the_sender_told(forename: str) -> None:
    fields = longest(Wording.APPOINTMENT_REMINDER)

    text = render_text(Wording.APPOINTMENT_REMINDER, fields | {"forename": forename})

    nameless = render_text(Wording.APPOINTMENT_REMINDER, fields)
    assert text == nameless._replace(nameless=True)
    assert text.body.startswith("Hello. Your appointment")


def test_a_name_in_two_code_points_for_one_letter_is_composed() -> None:
    fields = longest(Wording.FIRST_TEXT)

    composed = render_text(Wording.FIRST_TEXT, fields | {"forename": "Andre\u0301"})

    assert composed == render_text(Wording.FIRST_TEXT, fields | {"forename": "André"})
    assert composed.segments == 1


@given(
    wording=st.sampled_from(GREETS),
    forename=st.one_of(
        st.text(max_size=NAME_MAX + 5),
        st.text("abcXYZéâŵ'\u2019- .{}\\$%", max_size=NAME_MAX),
        st.from_regex(r"\{[a-z]+\}", fullmatch=True),
    ),
)
@example(wording=Wording.APPOINTMENT_REMINDER, forename="{phone}")
@example(wording=Wording.APPOINTMENT_REMINDER, forename="\\g<0>")
def test_any_name_stands_as_it_is_or_not_at_all(wording: Wording, forename: str) -> None:
    fields = longest(wording)
    nameless = render_text(wording, fields)

    text = render_text(wording, fields | {"forename": forename})

    if text.nameless:
        assert text.body == nameless.body
    else:
        rest = nameless.body.removeprefix("Hello.")
        name = text.body.removeprefix("Hello ").removesuffix(f".{rest}")
        assert text.body == f"Hello {name}.{rest}"
        assert len(name) <= len(forename)
        assert set(name) <= set(forename) or not forename.isascii()
        assert not set(name) & set("{}0123456789/:@\n")
    assert (text.encoding, text.units, text.segments) == count(text.body)
    assert text.segments <= MOST_PARTS


# Languages, calls, dates.


def test_welsh_falls_back_to_english_and_says_so() -> None:
    assert needs_translator() == tuple(Wording)
    for wording in Wording:
        text = render_text(wording, longest(wording), Language.WELSH)
        assert text.language is Language.ENGLISH
        assert text == render_text(wording, longest(wording))


def test_the_person_is_never_mailed_or_called() -> None:
    for wording in set(Wording) - set(STAFF):
        assert not is_called(wording)
        with pytest.raises(NoVariantError, match="never sent by email"):
            render_mail(wording, longest(wording))
        with pytest.raises(NoVariantError, match="never sent by voice"):
            render_call(wording)


@pytest.mark.parametrize("wording", [each for each in Wording if is_called(each)])
def test_a_call_says_what_its_keys_do_before_they_are_pressed(wording: Wording) -> None:
    script = render_call(wording)

    assert [each[:7] for each in script.sentences[-2:]] == ["Press 1", "Press 2"]
    assert set(script.after) == set(Digit)
    # Twilio takes 4,000 characters of markup; a page is more than anybody listens to.
    assert sum(map(len, script.sentences)) < 400


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(9), "9am"),
        (time(10, 30), "10:30am"),
        (time(12), "noon"),
        (time(12, 30), "12:30pm"),
        (time(17), "5pm"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_times_are_said_as_people_say_them(at: time, words: str) -> None:
    assert time_in_words(at) == words


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_days_are_said_in_english_whatever_the_locale(on: date) -> None:
    day, number, month = day_in_words(on).split()

    assert (int(number), len(day)) == (on.day, 3)
    assert datetime.strptime(f"{number} {month} {on.year}", "%d %B %Y").date() == on  # noqa: DTZ007


@given(st.times(), st.times())
def test_no_two_times_are_said_alike(one: time, other: time) -> None:
    alike = time_in_words(one) == time_in_words(other)

    assert alike == ((one.hour, one.minute) == (other.hour, other.minute))


@pytest.mark.parametrize(
    ("at", "exact", "due"),
    [
        # Summer time, winter time, and the end of a London day in each.
        (
            datetime(2026, 9, 23, 9, 30, tzinfo=UTC),
            ("2026-09-23", "10:30"),
            ("2026-09-23", "10:30"),
        ),
        (
            datetime(2026, 12, 23, 9, 30, tzinfo=UTC),
            ("2026-12-23", "09:30"),
            ("2026-12-23", "09:30"),
        ),
        (
            datetime(2026, 9, 22, 23, 0, tzinfo=UTC),
            ("2026-09-23", "00:00"),
            ("2026-09-22", "00:00"),
        ),
        (
            datetime(2026, 12, 23, 0, 0, tzinfo=UTC),
            ("2026-12-23", "00:00"),
            ("2026-12-22", "00:00"),
        ),
    ],
)
def test_instants_are_told_on_the_london_clock(
    at: datetime, exact: tuple[str, str], due: tuple[str, str]
) -> None:
    assert at_fields(at) == {"on": exact[0], "at": exact[1]}
    assert by_fields(at) == {"on": due[0], "by": due[1]}


def test_the_longest_value_of_each_field_is_one() -> None:
    assert all(field.words(field.longest) for field in FIELDS.values())
    assert (
        max(
            (time_in_words(time(hour, minute)) for hour in range(24) for minute in (0, 30)), key=len
        )
        == "midnight"
    )
    assert link_to_list(f"{BASE}/") == f"{BASE}/me"
