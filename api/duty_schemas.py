"""Staff, rotas, named workers and tasks, as they are sent."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field

from api.schemas import Paged, Resource
from domain.codes import Role
from domain.duty.posts import Post
from domain.duty.quality import TaskOutcome, TaskReason
from domain.duty.rota import Unfilled
from domain.policy import Severity

Until = Annotated[AwareDatetime | None, Field(description="Null is until further notice.")]


class StaffMember(Resource):
    """A member of staff; how to reach them is for whoever looks after their team."""

    id: str
    reference: Annotated[str, Field(description="What their organisation calls them.")]
    name: str
    role: Role
    organisation: str
    email: str | None
    mobile: str | None
    texts_stopped: Annotated[
        bool | None, Field(description="They stopped texts to this mobile; null when not shown.")
    ]
    account: Annotated[
        str | None, Field(description="The name they sign in with; null when not shown.")
    ]
    left_at: Annotated[AwareDatetime | None, Field(description="Nobody turns to them from then.")]


class StaffList(Paged):
    """One page of staff."""

    items: list[StaffMember]


class Colleague(Resource):
    """Somebody by name, without how to reach them."""

    id: str
    name: str
    role: Role
    organisation: str


class PostHolder(Resource):
    """Who holds a post at an instant, or why nobody does."""

    post: Post
    staff: Colleague | None
    covers_for: Colleague | None
    unfilled: Unfilled | None
    until: Until


class Shift(Resource):
    """One person at one post; it holds until just before it ends."""

    post: Post
    staff: Colleague
    starts_at: AwareDatetime
    ends_at: Until


class Rota(Resource):
    """The posts of one team: who holds each at an instant, and the shifts of the weeks after it."""

    role: Role
    organisation: str
    at: AwareDatetime
    on_duty: list[PostHolder]
    shifts: list[Shift]


class StaffAbsence(Resource):
    """One time in which somebody is not turned to."""

    starts_at: AwareDatetime
    ends_at: Until
    cover: Annotated[Colleague | None, Field(description="Null: nobody stands in.")]


class AbsenceList(Resource):
    """A person's absences that are not over yet."""

    staff: Colleague
    items: list[StaffAbsence]


class NamedWorker(Resource):
    """Who works with a release on behalf of one party."""

    role: Role
    staff: Colleague


class WorkerList(Resource):
    """The named workers of a release; a party that has named nobody is not in it."""

    items: list[NamedWorker]


class QualityTask(Resource):
    """A post that nobody filled when a page turned to it, or somebody whom nothing reaches."""

    id: str
    role: Role
    organisation: str
    post: Annotated[
        Post | None, Field(description="Null is the named worker, or a task about somebody.")
    ]
    staff: Annotated[
        Colleague | None, Field(description="Whom it is about; null where it is about a post.")
    ]
    reason: TaskReason
    severity: Severity
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    closed_by: str | None
    outcome: TaskOutcome | None


class QualityTaskList(Paged):
    """One page of data-quality tasks."""

    items: list[QualityTask]
