"""Shapes of the chat on the wire: the one place that decides what each side may see."""

from typing import Annotated, Literal

from pydantic import EmailStr, Field, StringConstraints

from kell.core.ids import Id
from kell.core.wire import ClientId, IdIn, Moment, Shape
from kell.customers.wire import Page, VisitorCard

MessageText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)
]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Email = Annotated[EmailStr, StringConstraints(max_length=254)]
# Strict: True and "5" are no numbers. Columns hold 32 bits.
Counter = Annotated[int, Field(ge=0, lt=2**31, strict=True)]


class Person(Shape):
    """Who wrote or did something. A nameless visitor has no name; the browser finds words."""

    kind: Literal["visitor", "operator", "system"]
    id: Id
    name: str | None
    photo: str | None


class Quote(Shape):
    """The message that another one answers (CHAT-7). Its text goes when the original's does."""

    id: Id
    seq: int
    author: Person
    text: Annotated[str | None, Field(description="the first 200 characters")]
    deleted: bool


class VisitorMessage(Shape):
    """A message as its visitor sees it. A deleted one stays as an empty row."""

    id: Id
    seq: int
    rev: int
    client_id: str
    author: Person
    text: str | None
    quote: Quote | None
    at: Moment
    deleted: bool


class OperatorMessage(VisitorMessage):
    """A row of the thread as operators see it, in the order of ``line``."""

    line: int
    kind: Literal["message", "note", "event"]
    event: str | None
    mailed_at: Annotated[Moment | None, Field(description="when it left by e-mail (CHAT-13)")]
    deleted_at: Moment | None
    deleted_by: Person | None


class Cursors(Shape):
    """How far each side has come: the ``seq`` of the last message."""

    visitor: int
    operator: int


class VisitorConversation(Shape):
    """A conversation as its visitor sees it."""

    id: Id
    status: Literal["open", "closed"]
    seq: int
    operator: Person | None
    delivered: Cursors
    read: Cursors
    created_at: Moment
    closed_at: Moment | None


class SiteName(Shape):
    id: Id
    name: str


class VisitorName(Shape):
    """Whom an operator talks to; ``number`` is what to call the nameless by."""

    id: Id
    number: int
    name: str | None
    email: str | None


class LastMessage(Shape):
    """What a row of the list says about the newest message."""

    line: int
    kind: Literal["message", "note", "event"]
    author: Person
    text: Annotated[str | None, Field(description="the first 200 characters")]
    at: Moment
    deleted: bool


class OperatorConversation(Shape):
    """A conversation as operators see it, in lists and above the thread."""

    id: Id
    status: Literal["open", "closed"]
    seq: int
    lines: int
    site: SiteName
    team: Id
    visitor: VisitorName
    assignee: Person | None
    waiting_since: Moment | None
    last: LastMessage | None
    delivered: Cursors
    read: Cursors
    created_at: Moment
    closed_at: Moment | None


class VisitorChange(Shape):
    """What changed, with the state after it: take it if ``rev`` is yours + 1."""

    id: Id
    rev: int
    conversation: VisitorConversation
    messages: list[VisitorMessage]


class OperatorChange(Shape):
    """The same for operators. ``n`` numbers the frames to one team by one process."""

    id: Id
    rev: int
    conversation: OperatorConversation
    messages: list[OperatorMessage]
    team: Id
    n: int | None = None


class VisitorSync(VisitorChange):
    """All rows with a rev after yours. With ``reset`` it is the newest page: forget the others."""

    reset: bool
    earlier: bool


class OperatorSync(OperatorChange):
    """All rows with a rev after yours. With ``reset`` it is the newest page: forget the others."""

    reset: bool
    earlier: bool


class OpenedConversation(OperatorSync):
    """The newest page of a thread, and who is on the other side."""

    visitor: VisitorCard


class EarlierPage(Shape):
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


class StartForm(Shape):
    """What a visitor says about themselves before the chat."""

    name: PersonName | None = None
    email: Email | None = None


class ChatStart(Shape):
    """Start a chat with its first message; the same ``start_id`` starts the same chat."""

    start_id: ClientId
    form: StartForm = StartForm()
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


class EarlierLines(Shape):
    conversation: IdIn
    before: Counter


class AssignConversation(Shape):
    conversation: IdIn
    operator: IdIn


class InboxQuery(Shape):
    view: Literal["mine", "team", "queue", "all", "closed"] = "all"
    after: Annotated[str | None, Field(max_length=200)] = None


class VisitorSent(Shape):
    """It is on disk. ``change`` is what the others are told, or null on a repeat."""

    id: Id
    seq: int
    rev: int
    at: Moment
    change: VisitorChange | None


class ChatStarted(VisitorSent):
    conversation: Id


class OperatorSent(Shape):
    """It is on disk. ``change`` is what the others are told, or null on a repeat."""

    id: Id
    seq: int
    rev: int
    at: Moment
    line: int
    change: OperatorChange | None


class OperatorDone(Shape):
    """The state after an action; ``change`` is null when there was nothing to change."""

    rev: int
    change: OperatorChange | None


class Typing(Shape):
    """Somebody is typing; it dies by itself at ``until``."""

    conversation: Id
    author: Person
    until: Moment


class Gone(Shape):
    """A conversation has left your reach: forget it."""

    id: Id
