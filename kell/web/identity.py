"""Who knocks: proven once, then handed to the command as an argument."""

from dataclasses import dataclass

from kell.chat.access import SEE_ALL, Author
from kell.core.audit import Actor
from kell.core.ids import Id


@dataclass(frozen=True, slots=True)
class VisitorCaller:
    """A visitor, known by their token."""

    id: Id
    site_id: Id
    name: str | None
    token: str
    """Its digest."""
    address: str

    @property
    def author(self) -> Author:
        return Author.visitor(self.id, self.name)


@dataclass(frozen=True, slots=True)
class OperatorCaller:
    """An operator who is signed in, and the session that says so."""

    id: Id
    name: str
    email: str
    role: str
    photo: str | None
    session_id: str
    reach: int
    address: str

    @property
    def actor(self) -> Actor:
        """Who did it, for the audit log."""
        return Actor(self.id, self.address)

    @property
    def author(self) -> Author:
        return Author.operator(self.id, self.name, self.photo, sees_all=self.sees_all)

    @property
    def sees_all(self) -> bool:
        return self.role in SEE_ALL


Caller = VisitorCaller | OperatorCaller
