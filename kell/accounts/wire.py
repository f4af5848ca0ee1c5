"""Shapes of accounts on the wire."""

from typing import Annotated, Literal

from pydantic import AfterValidator, EmailStr, Field, SecretStr, StringConstraints

from kell.accounts.models import Chosen, RoleName, State
from kell.accounts.rules import PASSWORD_MAX, PASSWORD_MIN, email_key
from kell.core.calendar.wire import Week, Zone
from kell.core.ids import Id
from kell.core.wire import IdIn, Moment, Shape

PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
NewPassword = Annotated[SecretStr, Field(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX)]
Email = Annotated[EmailStr, StringConstraints(max_length=254)]
LoginEmail = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=254),
    AfterValidator(email_key),
]
"""As it was typed: an address that can't be one is answered like one that nobody has."""


class Me(Shape):
    """What operators see of themselves."""

    id: Id
    name: str
    email: str
    role: RoleName
    photo: str | None
    setup: Annotated[bool, Field(description="the first login is still as it was printed")] = False


class TeamName(Shape):
    id: Id
    name: str


class PersonHours(Shape):
    """When somebody works, by the clock of their zone; the week begins on Monday."""

    zone: Zone
    week: Week


class Colleague(Shape):
    """Somebody to hand a conversation over to."""

    id: Id
    name: str
    photo: str | None
    role: RoleName
    teams: list[Id]
    state: State
    works_again: Annotated[
        Moment | None, Field(description="outside of their hours: when those begin again")
    ]


class Colleagues(Shape):
    """Everybody who may sign in, by name, and all teams."""

    people: list[Colleague]
    teams: list[TeamName]


class PersonRow(Colleague):
    """What admins see of somebody."""

    email: str
    created_at: Moment
    invited: Annotated[bool, Field(description="asked to join, and has not come yet")]
    disabled_at: Moment | None
    last_seen_at: Annotated[Moment | None, Field(description="of their sessions, to the hour")]
    hours: PersonHours | None


class People(Shape):
    people: list[PersonRow]


class OnePerson(Shape):
    person: PersonRow


class OneOperator(Shape):
    operator: IdIn


class SavePerson(Shape):
    """A name, a role, all teams and the hours of somebody; without hours they always work."""

    operator: IdIn
    name: PersonName
    role: RoleName
    teams: Annotated[list[IdIn], Field(max_length=100)]
    hours: PersonHours | None = None


class InvitePerson(Shape):
    """Who is asked to join."""

    email: Email
    name: PersonName
    role: RoleName
    teams: Annotated[list[IdIn], Field(max_length=100)]


class SaveProfile(Shape):
    name: PersonName


class ChoosePhoto(Shape):
    """The ``id`` of an uploaded picture, or none."""

    picture: Annotated[str | None, Field(max_length=100)]


class OneSession(Shape):
    session: IdIn


class SessionRow(Shape):
    """A browser in which one is signed in."""

    id: Id
    current: bool
    created_at: Moment
    seen_at: Annotated[Moment, Field(description="to the hour")]
    browser: str | None
    system: str | None
    address: str | None


class Sessions(Shape):
    sessions: list[SessionRow]


class Forgot(Shape):
    email: LoginEmail


class OneLink(Shape):
    """The words of a link from a mail."""

    link: Annotated[str, Field(min_length=1, max_length=300)]


class LinkAbout(Shape):
    """Whom a link lets in, and why."""

    kind: Literal["invitation", "reset"]
    name: str
    email: str


class UseLink(OneLink):
    """A password, and of somebody who was invited perhaps another name."""

    password: NewPassword
    name: PersonName | None = None


class SetUp(Shape):
    """The first admin's own name, e-mail and password."""

    name: PersonName
    email: Email
    password: NewPassword


class SaveTeam(Shape):
    """A team with all its members; without an ``id`` a new one."""

    id: IdIn | None = None
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    members: Annotated[list[IdIn], Field(max_length=1000)]


class OneTeam(Shape):
    team: IdIn


class TeamRow(TeamName):
    members: list[Id]


class SavedTeam(Shape):
    team: TeamRow


class AuditQuery(Shape):
    """A page of the log; ``after`` is the ``next`` of the page before."""

    after: IdIn | None = None


class AuditChange(Shape):
    """One thing that was one way and became another."""

    field: str
    before: str | None
    after: str | None


class AuditRow(Shape):
    """Who did what, when, from where."""

    id: Id
    at: Moment
    who: str | None
    action: str
    subject: str | None
    changes: list[AuditChange]
    address: str


class AuditPage(Shape):
    entries: list[AuditRow]
    next: Id | None


class ChooseState(Shape):
    """How colleagues are to see one."""

    state: Chosen


class OwnState(Shape):
    state: Chosen


class ColleagueState(Shape):
    operator: Id
    state: State


class ColleagueStates(Shape):
    """Whose state is another one now."""

    people: list[ColleagueState]


class Login(Shape):
    """What signs an operator in."""

    email: LoginEmail
    password: Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_MAX)]


class ChangePassword(Shape):
    """A new password, and the present one as a proof."""

    present: Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_MAX)]
    new: NewPassword
