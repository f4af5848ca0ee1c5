"""What the chat tells the others."""

from dataclasses import dataclass

from kell.core.events import Event
from kell.core.ids import Id


@dataclass(frozen=True, slots=True)
class ConversationStarted(Event):
    conversation_id: Id
    site_id: Id
    visitor_id: Id


@dataclass(frozen=True, slots=True)
class MessageSent(Event):
    """A message that both sides see. ``began_waiting``: the conversation became unanswered."""

    conversation_id: Id
    message_id: Id
    seq: int
    author_kind: str
    began_waiting: bool


@dataclass(frozen=True, slots=True)
class MessageDeleted(Event):
    conversation_id: Id
    message_id: Id
    seq: int


@dataclass(frozen=True, slots=True)
class ConversationAssigned(Event):
    conversation_id: Id
    operator_id: Id
    by: Id


@dataclass(frozen=True, slots=True)
class ConversationMoved(Event):
    """It waits in another team's queue, and nobody is responsible for it."""

    conversation_id: Id
    team_id: Id
    by: Id


@dataclass(frozen=True, slots=True)
class ConversationLate(Event):
    """Somebody has waited in it for too long, by the server's clock."""

    conversation_id: Id


@dataclass(frozen=True, slots=True)
class ConversationClosed(Event):
    conversation_id: Id
    by: Id
