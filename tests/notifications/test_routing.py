"""From a notice to messages: the rules of section 7.2 of the notifications study, one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.policy import Channel, Severity
from domain.state import LadderStatus
from notifications.catalogue import Wording
from notifications.folding import Fold, Load
from notifications.messages import MessageStatus, Planned
from notifications.notices import Audience, Template
from notifications.recipients import Found
from notifications.routing import route
from notifications.standing import Ladder
from tests.telling import (
    DELIVERY,
    EVERY_CHANNEL,
    HOURS,
    TEAM,
    TUESDAY,
    a_page,
    a_worker,
    facts,
    standing,
)

EVENING = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)


def sent(messages: tuple[Planned, ...]) -> list[tuple[str, timedelta]]:
    """Return the channel of each queued message, and how long after the notice it goes."""
    queued = [each for each in messages if each.status is MessageStatus.QUEUED]
    return [(each.channel.value, each.due_at - TUESDAY) for each in queued]


# Two layers: the chain says who, and the channels of its level how (7.1).


def test_a_life_is_texted_at_once_and_called_five_minutes_later() -> None:
    found = route(facts(a_page(Severity.S1)))

    assert sent(found.messages) == [("sms", timedelta(0)), ("voice", timedelta(minutes=5))]
    assert {each.wording for each in found.messages} == {Wording.NEEDED_NOW}


def test_what_is_of_today_goes_by_every_channel_of_its_level_at_once() -> None:
    found = route(facts(a_page(Severity.S2)))

    assert sent(found.messages) == [("email", timedelta(0)), ("sms", timedelta(0))]


def test_a_message_names_nothing_but_the_reference() -> None:
    found = route(facts(a_page(Severity.S2)))

    assert all(set(each.fields) <= {"reference", "link", "on", "by"} for each in found.messages)
    assert {each.fields["reference"] for each in found.messages} == {"7K2M9Q"}


# Rule 1: advance on evidence. What cannot be sent is evidence from the start.


def test_a_channel_that_cannot_reach_somebody_is_left_out_with_its_reason() -> None:
    nobody = a_worker(mobile=None)

    found = route(facts(a_page(Severity.S2), nobody))

    assert sent(found.messages) == [("email", timedelta(0))]
    left_out = [each for each in found.messages if each.status is MessageStatus.SKIPPED]
    assert [(each.channel.value, each.reason) for each in left_out] == [("sms", "no_mobile")]


def test_the_next_channel_goes_at_once_when_the_one_before_it_cannot() -> None:
    silent = a_worker(texts_stopped=True)

    found = route(facts(a_page(Severity.S1), silent))

    assert sent(found.messages) == [("voice", timedelta(0))]
    assert found.messages[0].reason == "opted_out"


def test_where_nobody_is_found_nothing_is_planned() -> None:
    assert route(facts(found=Found((), None, TEAM))).messages == ()


# Rule 3: one escalation per release and step; a page of a rung that has moved on is not told.


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"died": True}, "died"),
        ({"is_closed": True}, "closed"),
        ({"ladder": None}, "answered"),
        ({"ladder": Ladder(1, 1, LadderStatus.CLOSED)}, "answered"),
        ({"ladder": Ladder(2, 1, LadderStatus.OPEN)}, "answered"),
        ({"ladder": Ladder(1, 2, LadderStatus.OPEN)}, "moved_on"),
        ({"ladder": Ladder(1, 1, LadderStatus.ACKNOWLEDGED)}, "acknowledged"),
    ],
)
def test_a_page_that_was_overtaken_is_skipped_with_its_reason(
    changes: dict[str, object], reason: str
) -> None:
    found = route(facts(standing=standing(**changes)))

    assert (found.skipped, found.messages) == (reason, ())


def test_after_a_death_only_the_death_lead_is_told() -> None:
    after = standing(died=True, is_closed=True, ladder=None)
    lead = a_page(template=Template.DEATH_RECORDED, audience=Audience.DEATH_LEAD, step=None)
    others = a_page(Severity.S4, template=Template.RELEASE_CLOSED, audience=Audience.ALL_PARTIES)

    assert route(facts(lead, standing=after)).messages != ()
    assert route(facts(others, standing=after)).skipped == "died"


# Rule 4: digests, bundles, caps, storms; S1 is never held.


def test_what_is_not_of_today_waits_for_the_next_working_morning() -> None:
    page = a_page(Severity.S3)

    held = route(facts(page)).messages

    assert [(each.channel, each.status) for each in held] == [(Channel.EMAIL, MessageStatus.HELD)]
    assert held[0].due_at == datetime(2026, 11, 25, 8, 45, tzinfo=UTC)


def test_the_digest_of_a_friday_is_mondays_and_of_a_bank_holiday_eve_the_next_working_day() -> None:
    friday = datetime(2026, 11, 27, 15, tzinfo=UTC)
    christmas_eve = datetime(2026, 12, 24, 15, tzinfo=UTC)

    on_friday = route(facts(a_page(Severity.S3), now=friday)).messages[0]
    on_the_eve = route(facts(a_page(Severity.S3), now=christmas_eve)).messages[0]

    assert on_friday.due_at.date() == date(2026, 11, 30)
    assert on_the_eve.due_at.date() == date(2026, 12, 29)


def test_one_digest_for_each_person_whatever_it_is_about() -> None:
    pages = [a_page(Severity.S3, id=f"rel-{n}.7.step_lapsed") for n in range(3)]

    bundles = {route(facts(each)).messages[0].bundle for each in pages}

    assert len(bundles) == 1


def test_a_second_text_within_a_quarter_of_an_hour_is_bundled_and_the_mail_is_not() -> None:
    load = Load(this_hour=1, today=1, last_text_at=TUESDAY - timedelta(minutes=4))

    found = route(facts(a_page(Severity.S2), loads={"s-ann": load})).messages

    assert sent(found) == [("email", timedelta(0))]
    text = next(each for each in found if each.channel is Channel.SMS)
    assert (text.status, text.reason) == (MessageStatus.HELD, Fold.RECENT)
    assert text.due_at == TUESDAY + timedelta(minutes=11)


@pytest.mark.parametrize(
    ("load", "fold", "until"),
    [
        (
            Load(4, 4, TUESDAY - timedelta(minutes=20), TUESDAY - timedelta(minutes=50)),
            Fold.HOURLY_CAP,
            TUESDAY + timedelta(minutes=10),
        ),
        (
            Load(0, 10, TUESDAY - timedelta(hours=2)),
            Fold.DAILY_CAP,
            datetime(2026, 11, 25, 8, 45, tzinfo=UTC),
        ),
    ],
)
def test_more_texts_than_a_person_can_act_on_are_folded(
    load: Load, fold: Fold, until: datetime
) -> None:
    found = route(facts(a_page(Severity.S2), loads={"s-ann": load})).messages

    text = next(each for each in found if each.channel is Channel.SMS)
    assert (text.status, text.reason, text.due_at) == (MessageStatus.HELD, fold, until)


def test_a_life_is_never_bundled_capped_or_held() -> None:
    load = Load(40, 100, TUESDAY, TUESDAY - timedelta(minutes=1))

    quiet = route(facts(a_page(Severity.S1)))
    busy = route(facts(a_page(Severity.S1), loads={"s-ann": load}))

    assert sent(busy.messages) == sent(quiet.messages)
    night = datetime(2026, 11, 28, 3, tzinfo=UTC)
    assert sent(route(facts(a_page(Severity.S1), now=night)).messages)[0][1] == night - TUESDAY


def test_in_a_storm_each_manager_gets_one_message_and_the_workers_none() -> None:
    told = (a_worker("s-manager"), a_worker("s-owner"))

    notices = [a_page(Severity.S2, id=f"rel-{n}.9.release_date_moved") for n in range(30)]
    found = [message for each in notices for message in route(facts(each, storm=told)).messages]

    assert {each.recipient for each in found} == {"s-manager", "s-owner"}
    assert {each.status for each in found} == {MessageStatus.HELD}
    assert len({each.bundle for each in found}) == 2


# Rule 5: working hours, on the London wall clock.


def test_what_is_of_today_waits_for_the_morning_when_the_day_is_over() -> None:
    found = route(facts(a_page(Severity.S2), now=EVENING)).messages

    assert {each.due_at for each in found} == {datetime(2026, 11, 25, 8, 30, tzinfo=UTC)}


def test_when_the_person_leaves_in_the_morning_whoever_is_on_duty_is_told_now() -> None:
    on_duty = Found((a_worker("s-duty"),), None, TEAM)

    found = route(facts(a_page(Severity.S2), now=EVENING, also=on_duty)).messages

    assert {each.recipient for each in found} == {"s-ann", "s-duty"}
    assert {each.due_at for each in found} == {EVENING}


@pytest.mark.parametrize(
    ("leaves_on", "soon"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 25), True),
        (date(2026, 11, 26), False),
    ],
)
def test_soon_is_before_offices_have_been_open_for_another_day(
    leaves_on: date, *, soon: bool
) -> None:
    assert HOURS.leaves_soon(EVENING, leaves_on) is soon


@pytest.mark.parametrize(
    ("now", "opens_at"),
    [
        # The clocks go forward on 29 March and back on 25 October; nine in London is eight in UTC
        # in summer.
        (datetime(2026, 3, 27, 20, tzinfo=UTC), datetime(2026, 3, 30, 7, 30, tzinfo=UTC)),
        (datetime(2026, 10, 23, 18, tzinfo=UTC), datetime(2026, 10, 26, 8, 30, tzinfo=UTC)),
        (datetime(2026, 4, 2, 18, tzinfo=UTC), datetime(2026, 4, 7, 7, 30, tzinfo=UTC)),
    ],
)
def test_the_next_opening_is_right_across_clock_changes_and_easter(
    now: datetime, opens_at: datetime
) -> None:
    assert HOURS.next_open(now) == opens_at


@pytest.mark.parametrize(
    ("now", "looks_at"),
    [
        (TUESDAY, datetime(2026, 11, 27, 12, tzinfo=UTC)),
        (datetime(2026, 11, 27, 12, tzinfo=UTC), datetime(2026, 12, 4, 12, tzinfo=UTC)),
        # Good Friday and Easter Monday: the Thursday before, at noon in summer time.
        (datetime(2027, 3, 22, 9, tzinfo=UTC), datetime(2027, 3, 25, 12, tzinfo=UTC)),
        (datetime(2026, 12, 22, 9, tzinfo=UTC), datetime(2026, 12, 24, 12, tzinfo=UTC)),
    ],
)
def test_closed_days_are_looked_ahead_to_at_noon_on_the_last_working_day(
    now: datetime, looks_at: datetime
) -> None:
    assert HOURS.next_look_ahead(now) == looks_at


def test_every_channel_that_makes_a_sound_is_planned_in_the_order_of_the_level() -> None:
    page = a_page(Severity.S1, channels=EVERY_CHANNEL)
    gap = timedelta(minutes=DELIVERY.next_channel_minutes)

    assert sent(route(facts(page)).messages) == [
        ("email", timedelta(0)),
        ("sms", timedelta(0)),
        ("voice", gap),
    ]
