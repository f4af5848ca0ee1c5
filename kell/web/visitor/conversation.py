"""What a visitor does in a conversation."""

from typing import Any

from kell.chat import actions, queries, shapes
from kell.chat.actions import Draft, Sent
from kell.chat.models import Message
from kell.chat.wire import (
    ChatStart,
    ChatStarted,
    MarkSeq,
    OneConversation,
    SendMessage,
    SyncConversation,
    VisitorSent,
    VisitorSync,
)
from kell.core import db
from kell.core.db import Tx
from kell.core.wire import Nothing
from kell.customers.actions import move_to_page, remember_answers
from kell.customers.wire import Page
from kell.web.commands import command
from kell.web.identity import VisitorCaller
from kell.web.running import running
from kell.web.typing import tell_typing


def started_before(caller: VisitorCaller, given: ChatStart) -> ChatStarted | None:
    """Return the answer that this start had before."""
    with db.read() as session:
        row = queries.earlier_start(session, caller.id, given.start_id)
        return _started(row) if row else None


def sent_before(caller: VisitorCaller, given: SendMessage) -> VisitorSent | None:
    """Return the answer that this message had before."""
    with db.read() as session:
        row = queries.earlier_send(session, caller.author, given.conversation, given.client_id)
        return VisitorSent(**_receipt(row), change=None) if row else None


@command(
    "chat.start",
    ChatStart,
    who=VisitorCaller,
    limit="start",
    limit_address="start_address",
    earlier=started_before,
)
def start(caller: VisitorCaller, given: ChatStart) -> ChatStarted:
    """Start a chat with its first message."""
    draft = Draft(given.client_id, given.text)

    def work(tx: Tx) -> Sent:
        remember_answers(tx, caller.id, name=given.form.name, email=given.form.email)
        return actions.start_conversation(tx, caller.author, given.start_id, draft, given.page)

    sent = db.write(work)
    answer = _started(sent.row)
    running().beacon.watch(db.origin.get(), answer.conversation)
    return answer.model_copy(update={"change": sent.change.for_visitor()})


@command("message.send", SendMessage, who=VisitorCaller, limit="send", earlier=sent_before)
def send(caller: VisitorCaller, given: SendMessage) -> VisitorSent:
    """Add a message to a conversation of one's own; a recently closed one opens again."""
    draft = Draft(given.client_id, given.text, given.quote)
    sent = db.write(lambda tx: actions.send_message(tx, caller.author, given.conversation, draft))
    return VisitorSent(**_receipt(sent.row), change=sent.change.for_visitor())


@command("conversation.sync", SyncConversation, who=VisitorCaller, limit="read")
def sync(caller: VisitorCaller, given: SyncConversation) -> VisitorSync:
    """Return everything of a conversation that came after a rev."""
    with db.read() as session:
        answer = shapes.visitor_sync(session, caller.author, given.conversation, given.after)
    running().beacon.watch(db.origin.get(), given.conversation)
    return answer


@command("mark.read", MarkSeq, who=VisitorCaller, limit="mark")
def mark_read(caller: VisitorCaller, given: MarkSeq) -> Nothing:
    """Say how far the visitor has read."""
    db.write(lambda tx: actions.mark(tx, caller.author, given.conversation, given.seq, read=True))
    return Nothing()


@command("mark.delivered", MarkSeq, who=VisitorCaller, limit="mark")
def mark_delivered(caller: VisitorCaller, given: MarkSeq) -> Nothing:
    """Say how far the visitor's browser has received."""
    db.write(lambda tx: actions.mark(tx, caller.author, given.conversation, given.seq, read=False))
    return Nothing()


@command("typing", OneConversation, who=VisitorCaller, limit="typing")
def typing(caller: VisitorCaller, given: OneConversation) -> Nothing:
    """Say that the visitor is typing; it is shown for 6 seconds."""
    tell_typing(caller.author, given.conversation)
    return Nothing()


@command("page", Page, who=VisitorCaller, limit="page")
def page(caller: VisitorCaller, given: Page) -> Nothing:
    """Say which page the visitor is on."""
    db.write(lambda tx: move_to_page(tx, caller.id, given))
    return Nothing()


def _receipt(row: Message) -> dict[str, Any]:
    return {"id": row.id, "seq": row.seq, "rev": row.public_rev, "at": row.at}


def _started(row: Message) -> ChatStarted:
    return ChatStarted(**_receipt(row), conversation=row.conversation_id, change=None)
