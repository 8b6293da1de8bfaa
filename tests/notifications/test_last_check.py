"""Rule 6 for staff: the reason of every page that is not sent after all, and in which order."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy import Channel, Severity
from notifications.last_check import Fresh, Go, Later, Skip, may_go

LATER = datetime(2026, 11, 24, 12, tzinfo=UTC)
THERE = Fresh("+447700900123", is_absent=False, opted_out=False)


def answer(fresh: Fresh, channel: Channel, severity: Severity = Severity.S2) -> object:
    return may_go(fresh, channel, severity, None)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS, Channel.VOICE])
def test_whoever_is_there_is_told(channel: Channel) -> None:
    assert answer(THERE, channel) == Go("+447700900123")


@pytest.mark.parametrize(
    ("fresh", "channel", "reason"),
    [
        (THERE._replace(is_absent=True), Channel.VOICE, "absent"),
        (THERE._replace(address=None), Channel.EMAIL, "no_email"),
        (THERE._replace(address=None), Channel.VOICE, "no_mobile"),
        (THERE._replace(opted_out=True), Channel.SMS, "opted_out"),
        (THERE._replace(failed=True), Channel.SMS, "number_failed"),
    ],
)
def test_each_fact_alone_is_enough_and_recorded(
    fresh: Fresh, channel: Channel, reason: str
) -> None:
    assert answer(fresh, channel) == Skip(reason)


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.VOICE])
def test_a_number_that_takes_no_texts_is_called_and_its_owner_mailed(channel: Channel) -> None:
    assert answer(THERE._replace(opted_out=True, failed=True), channel) == Go("+447700900123")


@pytest.mark.parametrize("severity", list(Severity))
def test_a_channel_at_a_stand_gives_way_to_the_next_where_it_is_urgent(severity: Severity) -> None:
    found = may_go(THERE, Channel.SMS, severity, LATER)

    urgent = severity in {Severity.S1, Severity.S2}
    wanted = Skip("channel_stopped") if urgent else Later("channel_stopped", LATER)
    assert found == wanted


@given(
    fresh=st.builds(
        Fresh, st.sampled_from(["+447700900123", None]), st.booleans(), st.booleans(), st.booleans()
    ),
    channel=st.sampled_from([Channel.EMAIL, Channel.SMS, Channel.VOICE]),
    severity=st.sampled_from(list(Severity)),
    stopped=st.sampled_from([None, LATER]),
)
def test_nobody_is_told_whom_a_fact_speaks_against(
    fresh: Fresh, channel: Channel, severity: Severity, stopped: datetime | None
) -> None:
    silent = fresh.is_absent or fresh.address is None or stopped is not None
    no_texts = channel is Channel.SMS and (fresh.opted_out or fresh.failed)

    assert isinstance(may_go(fresh, channel, severity, stopped), Go) is not (silent or no_texts)
