"""Shapes of canned replies on the wire."""

from typing import Annotated, Self

from pydantic import AfterValidator, StringConstraints, model_validator

from kell.canned.access import Writer, may_change
from kell.canned.models import TEAM, CannedReply, Scope
from kell.core.ids import Id
from kell.core.wire import IdIn, Moment, Shape

Shortcut = Annotated[
    str,
    StringConstraints(strip_whitespace=True, pattern=r"^/?[^\s/]+$", max_length=40),
    AfterValidator(lambda given: given.removeprefix("/")),
]
ReplyText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)]


class Canned(Shape):
    """A reply behind ``/shortcut``. ``team`` is set if it is a team's."""

    id: Id
    scope: Scope
    team: Id | None
    shortcut: str
    text: str
    may_edit: bool
    changed_at: Moment


class CannedList(Shape):
    replies: list[Canned]


class SavedCanned(Shape):
    reply: Canned


class SaveCanned(Shape):
    """A reply; without an ``id`` a new one."""

    id: IdIn | None = None
    scope: Scope
    team: IdIn | None = None
    shortcut: Shortcut
    text: ReplyText

    @model_validator(mode="after")
    def _says_which_team(self) -> Self:
        if (self.scope == TEAM) != (self.team is not None):
            raise ValueError("a team's reply names the team, and no other does")
        return self


class OneCanned(Shape):
    id: IdIn


def canned(reply: CannedReply, writer: Writer) -> Canned:
    """Show a reply to whoever may use it."""
    return Canned(
        id=reply.id,
        scope=reply.scope,
        team=reply.team_id,
        shortcut=reply.shortcut,
        text=reply.text,
        may_edit=may_change(writer, reply.scope),
        changed_at=reply.changed_at,
    )
