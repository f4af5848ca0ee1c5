"""What an operator does in a conversation."""

from collections.abc import Callable

from kell.chat import actions, queries, shapes
from kell.chat.access import Author
from kell.chat.actions import Draft, Unchanged
from kell.chat.changes import Change
from kell.chat.models import Message
from kell.chat.wire import (
    AddNote,
    AssignConversation,
    EarlierLines,
    EarlierPage,
    MarkSeq,
    OneConversation,
    OneMessage,
    OpenedConversation,
    OperatorDone,
    OperatorSent,
    OperatorSync,
    SendMessage,
    SyncConversation,
)
from kell.core import db
from kell.core.db import Tx
from kell.core.wire import Nothing
from kell.web.commands import command
from kell.web.identity import OperatorCaller
from kell.web.running import running
from kell.web.typing import tell_typing


def sent_before(caller: OperatorCaller, given: SendMessage | AddNote) -> OperatorSent | None:
    """Return the answer that this message or note had before."""
    with db.read() as session:
        row = queries.earlier_send(session, caller.author, given.conversation, given.client_id)
        return _sent(row, None) if row else None


@command("conversation.open", OneConversation, who=OperatorCaller, limit="read")
def open_conversation(caller: OperatorCaller, given: OneConversation) -> OpenedConversation:
    """Return the newest page of a thread and who is on the other side."""
    with db.read() as session:
        answer = shapes.opened_conversation(session, caller.author, given.conversation)
    running().beacon.watch(db.origin.get(), given.conversation)
    return answer


@command("conversation.sync", SyncConversation, who=OperatorCaller, limit="read")
def sync(caller: OperatorCaller, given: SyncConversation) -> OperatorSync:
    """Return everything of a conversation that came after a rev."""
    with db.read() as session:
        answer = shapes.operator_sync(session, caller.author, given.conversation, given.after)
    running().beacon.watch(db.origin.get(), given.conversation)
    return answer


@command("conversation.earlier", EarlierLines, who=OperatorCaller, limit="read")
def earlier(caller: OperatorCaller, given: EarlierLines) -> EarlierPage:
    """Return the page of a thread before a line."""
    with db.read() as session:
        return shapes.earlier_page(session, caller.author, given.conversation, given.before)


@command("message.send", SendMessage, who=OperatorCaller, limit="send", earlier=sent_before)
def send(caller: OperatorCaller, given: SendMessage) -> OperatorSent:
    """Answer the visitor."""
    draft = Draft(given.client_id, given.text, given.quote)
    sent = db.write(lambda tx: actions.send_message(tx, caller.author, given.conversation, draft))
    return _sent(sent.row, sent.change)


@command("note.add", AddNote, who=OperatorCaller, limit="send", earlier=sent_before)
def add_note(caller: OperatorCaller, given: AddNote) -> OperatorSent:
    """Add a note that only colleagues see."""
    draft = Draft(given.client_id, given.text)
    sent = db.write(lambda tx: actions.add_note(tx, caller.author, given.conversation, draft))
    return _sent(sent.row, sent.change)


@command("message.delete", OneMessage, who=OperatorCaller, limit="write")
def delete(caller: OperatorCaller, given: OneMessage) -> OperatorDone:
    """Take a message back: it vanishes from the widget, and its text from the database."""
    return _do(
        lambda tx: actions.delete_message(tx, caller.author, given.conversation, given.message)
    )


@command("conversation.take", OneConversation, who=OperatorCaller, limit="write")
def take(caller: OperatorCaller, given: OneConversation) -> OperatorDone:
    """Become responsible for a conversation that is nobody's."""
    return _do_in(actions.take_conversation, caller, given)


@command("conversation.assign", AssignConversation, who=OperatorCaller, limit="write")
def assign(caller: OperatorCaller, given: AssignConversation) -> OperatorDone:
    """Make a colleague responsible."""
    return _do(
        lambda tx: actions.assign_conversation(
            tx, caller.author, given.conversation, given.operator
        )
    )


@command("conversation.close", OneConversation, who=OperatorCaller, limit="write")
def close(caller: OperatorCaller, given: OneConversation) -> OperatorDone:
    """Close a conversation: nobody waits in it any more."""
    return _do_in(actions.close_conversation, caller, given)


@command("conversation.reopen", OneConversation, who=OperatorCaller, limit="write")
def reopen(caller: OperatorCaller, given: OneConversation) -> OperatorDone:
    """Open a closed conversation again."""
    return _do_in(actions.reopen_conversation, caller, given)


@command("mark.read", MarkSeq, who=OperatorCaller, limit="mark")
def mark_read(caller: OperatorCaller, given: MarkSeq) -> Nothing:
    """Say how far operators have read."""
    db.write(lambda tx: actions.mark(tx, caller.author, given.conversation, given.seq, read=True))
    return Nothing()


@command("mark.delivered", MarkSeq, who=OperatorCaller, limit="mark")
def mark_delivered(caller: OperatorCaller, given: MarkSeq) -> Nothing:
    """Say how far an operator's browser has received."""
    db.write(lambda tx: actions.mark(tx, caller.author, given.conversation, given.seq, read=False))
    return Nothing()


@command("typing", OneConversation, who=OperatorCaller, limit="typing")
def typing(caller: OperatorCaller, given: OneConversation) -> Nothing:
    """Say that the operator is typing; it is shown for 6 seconds."""
    tell_typing(caller.author, given.conversation)
    return Nothing()


def _do_in(
    action: Callable[[Tx, Author, str], Change], caller: OperatorCaller, given: OneConversation
) -> OperatorDone:
    return _do(lambda tx: action(tx, caller.author, given.conversation))


def _do(work: Callable[[Tx], Change]) -> OperatorDone:
    """Run an action whose repetition is no mistake."""
    try:
        changed = db.write(work)
    except Unchanged as as_asked:
        return OperatorDone(rev=as_asked.rev, change=None)
    return OperatorDone(rev=changed.now.rev, change=changed.for_operators())


def _sent(row: Message, changed: Change | None) -> OperatorSent:
    return OperatorSent(
        id=row.id,
        seq=row.seq,
        rev=row.rev,
        at=row.at,
        line=row.line,
        change=changed.for_operators() if changed else None,
    )
