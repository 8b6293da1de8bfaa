"""`throughcare delivery`: the measures as an operator reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.policy import Channel
from infra.database.engine import Database
from notifications.wires import FaultClass, NotSentError
from tests.builders import a_plan, a_screening, an_opiate_picture
from tests.cli.conftest import Operator
from tests.office import PROVIDER, Office

LAPSE = datetime(2026, 11, 17, 17, tzinfo=UTC)


def test_the_table_tells_how_escalations_were_taken(operator: Operator, database: Database) -> None:
    office = Office(database, LAPSE - timedelta(hours=31))
    office.staff_every_post(PROVIDER)
    office.start(service="cds-hartlepool")
    on = office.now.date()
    office.submit("rel-1", a_screening(on, treatment=an_opiate_picture()), a_plan(on))
    office.wait_until(LAPSE + timedelta(minutes=16))
    reference = office.messages(wording="needed_now")[-1].fields["reference"]
    office.text_from(office.number_of("provider-deputy"), f"OK {reference}")
    office.wait_until(LAPSE + timedelta(minutes=21))

    said = operator.types("delivery", "--from", "2026-11-17", "--to", "2026-11-17")

    words = " ".join(said.out.split())
    assert said.code == 0, said.err
    assert "From Tue 17 Nov 2026 to Tue 17 Nov 2026" in said.err
    assert "S1: minutes until taken, median 16 1 taken of 1 opened" in words
    assert "S1: chains exhausted 0 target 0" in words
    assert "Taken at the first level 0% 0 of 2" in words
    assert "Pages not sent: acknowledged 1" in words
    assert "provider-" not in said.out
    assert "rel-1" not in said.out


def test_what_nobody_took_and_what_did_not_arrive_is_marked(
    operator: Operator, database: Database
) -> None:
    office = Office(database, LAPSE - timedelta(hours=31))
    office.staff_every_post(PROVIDER)
    office.start(service="cds-hartlepool")
    on = office.now.date()
    office.submit("rel-1", a_screening(on, treatment=an_opiate_picture()), a_plan(on))
    office.wait_until(LAPSE - timedelta(minutes=1))
    unknown = NotSentError("21211", FaultClass.NUM)
    office.line.plan = lambda each: unknown if each.channel is Channel.SMS else "accept"
    office.wait_until(LAPSE + timedelta(minutes=91))

    said = operator.types("delivery", "--from", "2026-11-17", "--to", "2026-11-17")

    words = " ".join(said.out.split())
    assert said.code == 0, said.err
    assert "S1: minutes until taken, median - 0 taken of 1 opened" in words
    assert "S1: chains exhausted 1 ! target 0" in words
    assert "sms: failed, class NUM 3 3 tried" in words
    assert "voice: confirmed to have arrived" in words
    assert "Pages per person and week, most" in words
    assert "Pages per person and week: weeks above the target, S1 and S2 0" in words


def test_an_empty_period_is_a_table_of_nothing(operator: Operator, database: Database) -> None:
    del database
    said = operator.types("delivery", "--to", "2026-11-28")

    assert said.code == 0, said.err
    assert "From Sun 1 Nov 2026" in said.err
    assert "Taken at the first level - 0 of 0" in " ".join(said.out.split())


def test_a_period_that_ends_before_it_begins_is_wrong_usage(operator: Operator) -> None:
    said = operator.types("delivery", "--from", "2026-11-28", "--to", "2026-11-01")

    assert said.code == 2
    assert "ends before it begins" in said.err
