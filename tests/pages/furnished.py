"""A team on duty, one of whom is away, its task, and a message about a release, in a store."""

from __future__ import annotations

from datetime import date, timedelta

from domain.commands import SendReferral
from domain.duty.posts import Post
from domain.duty.quality import TASK_SEVERITY, TaskReason
from domain.policy import Channel, Severity
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.database.tables import DataQualityTaskRow
from infra.messages import planning
from notifications.catalogue import Wording
from notifications.messages import MessageStatus, Planned, RecipientKind
from tests.api.conftest import NOW
from tests.builders import Journey
from tests.database.projections import a_read_model, project
from tests.duty.staffing import LEEDS, Staffing


def furnish(database: Database) -> Staffing:
    """Employ Ada and Ben in Leeds, with Ada on duty and away, and write a message about `rel-1`."""
    staffing = Staffing(database)
    staffing.employs("ada")
    staffing.employs("ben")
    staffing.on(Post.DUTY, "ada")
    staffing.away("ada", "ben")
    write_message(database)
    write_task(database)
    return staffing


def register_person(database: Database) -> None:
    """Let `rel-1` be about somebody, of whom nobody has asked anything yet."""
    person = NewPerson("A1000BC", "Jordan", "Nettleship", date(1991, 4, 9))
    PeopleStore(database).register(person, "rel-1", NOW.date())
    project(a_read_model(database), Journey())


def write_task(database: Database) -> None:
    """Open a task of Leeds, where nobody was on duty."""
    task = DataQualityTaskRow(
        id="a-task",
        open_key="a-task",
        organisation=LEEDS.organisation,
        role=LEEDS.role,
        post=Post.DUTY,
        reason=TaskReason.EMPTY_ROTA,
        severity=TASK_SEVERITY,
        opened_at=NOW,
    )
    with database.write() as session:
        session.add(task)


def write_message(database: Database, **changes: object) -> Planned:
    """Write a message to Ada about a release that was referred to Hartlepool."""
    journey = Journey()
    journey.submit(SendReferral(on=journey.now.date(), service="cds-hartlepool"))
    project(a_read_model(database), journey)
    planned = Planned(
        id="rel-1.9.step_lapsed.ada.email.1",
        notice_id=None,
        release_id="rel-1",
        kind=RecipientKind.STAFF,
        recipient="ada",
        channel=Channel.EMAIL,
        attempt=1,
        wording=Wording.STEP_LAPSED,
        fields={
            "reference": "7K2M9Q",
            "on": "Wed 23 September",
            "link": "https://handover.example.org/r/7K2M9Q",
        },
        severity=Severity.S2,
        status=MessageStatus.QUEUED,
        due_at=NOW + timedelta(hours=1),
    )._replace(**changes)  # type: ignore[arg-type]  # of the same names
    with database.write() as session:
        planning.write(session, [planned], NOW, None)
    return planned
