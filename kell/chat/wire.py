"""Shapes of the chat on the wire: the one place that decides what each side may see."""

from typing import Annotated, Literal, NotRequired, Self

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import TypedDict

from kell.core.ids import Id
from kell.core.wire import ClientId, IdIn, Moment, MomentText, Shape, closed
from kell.customers.wire import Page, VisitorCard

MessageText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)
]
Form = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=32)],
        Annotated[str, StringConstraints(max_length=2000)],
    ],
    Field(max_length=50),
]
# Strict: True and "5" are no numbers. Columns hold 32 bits.
Counter = Annotated[int, Field(ge=0, lt=2**31, strict=True)]


@closed
class Person(TypedDict):
    """Who wrote or did something. A nameless visitor has no name; the browser finds words."""

    kind: Literal["visitor", "operator", "system"]
    id: Id
    name: str | None
    photo: str | None


@closed
class Quote(TypedDict):
    """The message that another one answers (CHAT-7). Its text goes when the original's does."""

    id: Id
    seq: int
    author: Person
    text: Annotated[str | None, Field(description="the first 200 characters")]
    deleted: bool


@closed
class VisitorMessage(TypedDict):
    """A message as its visitor sees it. A deleted one stays as an empty row."""

    id: Id
    seq: int
    rev: int
    client_id: str
    author: Person
    text: str | None
    quote: Quote | None
    at: MomentText
    deleted: bool


@closed
class OperatorMessage(VisitorMessage):
    """A row of the thread as operators see it, in the order of ``line``."""

    line: int
    kind: Literal["message", "note", "event"]
    event: str | None
    mailed_at: Annotated[MomentText | None, Field(description="when it left by e-mail (CHAT-13)")]
    deleted_at: MomentText | None
    deleted_by: Person | None


@closed
class Cursors(TypedDict):
    """How far each side has come: the ``seq`` of the last message."""

    visitor: int
    operator: int


@closed
class VisitorConversation(TypedDict):
    """A conversation as its visitor sees it."""

    id: Id
    status: Literal["open", "closed"]
    seq: int
    operator: Person | None
    delivered: Cursors
    read: Cursors
    created_at: MomentText
    closed_at: MomentText | None


@closed
class SiteName(TypedDict):
    id: Id
    name: str


@closed
class VisitorName(TypedDict):
    """Whom an operator talks to; ``number`` is what to call the nameless by."""

    id: Id
    number: int
    name: str | None
    email: str | None


@closed
class LastMessage(TypedDict):
    """What a row of the list says about the newest message."""

    line: int
    kind: Literal["message", "note", "event"]
    author: Person
    text: Annotated[str | None, Field(description="the first 200 characters")]
    at: MomentText
    deleted: bool


@closed
class OperatorConversation(TypedDict):
    """A conversation as operators see it, in lists and above the thread."""

    id: Id
    number: Annotated[int, Field(description="what people call it by")]
    status: Literal["open", "closed"]
    channel: str
    topic: str | None
    seq: int
    lines: int
    unread: Annotated[int, Field(description="messages that no operator has read")]
    site: SiteName
    team: Id
    visitor: VisitorName
    assignee: Person | None
    waiting_since: MomentText | None
    late_at: Annotated[MomentText | None, Field(description="when who waits has waited too long")]
    last: LastMessage | None
    delivered: Cursors
    read: Cursors
    created_at: MomentText
    closed_at: MomentText | None


@closed
class VisitorChange(TypedDict):
    """What changed, with the state after it: take it if ``rev`` is yours + 1."""

    id: Id
    rev: int
    conversation: VisitorConversation
    messages: list[VisitorMessage]


@closed
class OperatorChange(TypedDict):
    """The same for operators. ``n`` numbers the frames to one team by one process."""

    id: Id
    rev: int
    conversation: OperatorConversation
    messages: list[OperatorMessage]
    team: Id
    n: NotRequired[int]


@closed
class VisitorSync(VisitorChange):
    """All rows with a rev after yours. With ``reset`` it is the newest page: forget the others."""

    reset: bool
    earlier: bool


@closed
class OperatorSync(OperatorChange):
    """All rows with a rev after yours. With ``reset`` it is the newest page: forget the others."""

    reset: bool
    earlier: bool


class Viewer(Shape):
    """A colleague who has the conversation open, until then unless they say so again."""

    operator: Person
    until: Moment


@closed
class OpenedConversation(OperatorSync):
    """The newest page of a thread, and who is on the other side."""

    visitor: VisitorCard
    viewers: Annotated[list[Viewer], Field(description="colleagues who have it open too")]


@closed
class VisitorEarlierPage(TypedDict):
    """An older page of a thread, oldest message first."""

    messages: list[VisitorMessage]
    earlier: bool


@closed
class EarlierPage(TypedDict):
    """An older page of a thread, oldest row first."""

    messages: list[OperatorMessage]
    earlier: bool


class InboxRow(Shape):
    id: Id
    rev: int
    conversation: OperatorConversation


class InboxPage(Shape):
    """A page of a list: who waits, longest first; then the rest, newest message first."""

    rows: list[InboxRow]
    next: str | None
    waiting: Annotated[int, Field(description="open conversations within reach that wait")]


class InboxCounts(Shape):
    """How many open conversations within reach there are in each view."""

    mine: int
    team: int
    queue: int
    all: int
    waiting: Annotated[int, Field(description="of all, how many wait for a person")]
    unread: Annotated[int, Field(description="of all, how many have unread messages")]


class ChatStart(Shape):
    """Start a chat with its first message; the same ``start_id`` starts the same chat."""

    start_id: ClientId
    form: Form = Field(
        default_factory=dict,
        description="answers by the field's id; a consent's is the policy's version",
    )
    lang: Annotated[str, Field(max_length=35, description="in which the form was shown")] = ""
    client_id: ClientId
    text: MessageText
    page: Page | None = None
    gate: Annotated[
        str | None, Field(max_length=4000, description="the proof that a person writes")
    ] = None


class SendMessage(Shape):
    """Add a message; the same ``client_id`` adds it once."""

    conversation: IdIn
    client_id: ClientId
    text: MessageText
    quote: IdIn | None = None


class AddNote(Shape):
    """Add a note that only colleagues see."""

    conversation: IdIn
    client_id: ClientId
    text: MessageText


class SyncConversation(Shape):
    """Ask for everything after a rev; 0 asks for all."""

    conversation: IdIn
    after: Counter = 0


class MarkSeq(Shape):
    """Move a cursor forward to ``seq``; it never goes back."""

    conversation: IdIn
    seq: Counter


class OneConversation(Shape):
    conversation: IdIn


class OneMessage(Shape):
    conversation: IdIn
    message: IdIn


class EarlierMessages(Shape):
    """Ask for the page before a ``seq``."""

    conversation: IdIn
    before: Counter


class EarlierLines(Shape):
    """Ask for the page before a ``line``."""

    conversation: IdIn
    before: Counter


class AssignConversation(Shape):
    """Hand over to a colleague, or to a team's queue, perhaps with a note that comes first.

    One of ``operator`` and ``team`` is named. The ``client_id`` is the note's.
    """

    conversation: IdIn
    operator: IdIn | None = None
    team: IdIn | None = None
    note: MessageText | None = None
    client_id: ClientId | None = None

    @model_validator(mode="after")
    def _says_whom(self) -> Self:
        if (self.operator is None) == (self.team is None):
            raise ValueError("name either an operator or a team")
        if self.note is not None and self.client_id is None:
            raise ValueError("a note needs a client_id")
        return self


class InboxQuery(Shape):
    """A view of the list, and what its rows must have besides."""

    view: Literal["mine", "team", "queue", "all", "closed"] = "all"
    after: Annotated[str | None, Field(max_length=200)] = None
    site: IdIn | None = None
    team: IdIn | None = None
    assignee: IdIn | None = None
    channel: Annotated[str | None, Field(max_length=16)] = None
    topic: Annotated[str | None, Field(max_length=200)] = None
    unread: Annotated[bool, Field(description="only with messages that nobody has read")] = False


@closed
class VisitorSent(TypedDict):
    """It is on disk. ``change`` is what the others are told, or null on a repeat."""

    id: Id
    seq: int
    rev: int
    at: MomentText
    change: VisitorChange | None


@closed
class ChatStarted(VisitorSent):
    conversation: Id


@closed
class OperatorSent(TypedDict):
    """It is on disk. ``change`` is what the others are told, or null on a repeat."""

    id: Id
    seq: int
    rev: int
    at: MomentText
    line: int
    change: OperatorChange | None


@closed
class OperatorDone(TypedDict):
    """The state after an action; ``change`` is null when there was nothing to change."""

    rev: int
    change: OperatorChange | None


class Typing(Shape):
    """Somebody is typing; it dies by itself at ``until``."""

    conversation: Id
    author: Person
    until: Moment


class Viewers(Shape):
    others: list[Viewer]


class Viewing(Shape):
    """A colleague has opened the conversation, still has it open, or (null) has left it."""

    conversation: Id
    operator: Person
    until: Moment | None


class ViewConversation(Shape):
    """Say it on opening, every 15 s while it is in front, and with ``open: false`` on leaving."""

    conversation: IdIn
    open: bool


class Gone(Shape):
    """A conversation has left your reach: forget it."""

    id: Id
