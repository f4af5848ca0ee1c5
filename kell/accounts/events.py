"""Facts about operators that others act upon."""

from dataclasses import dataclass

from kell.core.events import Event
from kell.core.ids import Id


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """A browser is signed out: its sockets must close."""

    session_id: str
    operator_id: Id


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """What was written down of the old password is of no use any more."""

    operator_id: Id


@dataclass(frozen=True, slots=True)
class LinkIssued(Event):
    """Somebody is to get a link by mail that lets them in."""

    link_id: Id


@dataclass(frozen=True, slots=True)
class ReachChanged(Event):
    """Somebody's role or teams are others: their sockets must come anew."""

    operator_id: Id


@dataclass(frozen=True, slots=True)
class OperatorDisabled(Event):
    """Somebody left: what they were responsible for needs another."""

    operator_id: Id
