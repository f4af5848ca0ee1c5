"""What an operator does in a conversation."""

from collections.abc import Callable

from kell.chat import actions, queries, shapes
from kell.chat.access import Author
from kell.chat.actions import Draft, Unchanged
from kell.chat.assignment import Colleague, Queue, hand_over, take_conversation
from kell.chat.changes import Change
from kell.chat.queries import Line
from kell.chat.viewing import view, viewers
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
    ViewConversation,
    Viewers,
)
from kell.core import db
from kell.core.db import Tx
from kell.core.wire import Nothing, iso
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
        others = viewers(session, caller.id, given.conversation)
        answer = shapes.opened_conversation(session, caller.author, given.conversation, others)
    running().beacon.watch(db.origin.get(), given.conversation)
    here = running().presence.visitor_is_here(answer["visitor"].id)
    answer["visitor"] = answer["visitor"].model_copy(update={"here": here})
    return answer


@command("conversation.sync", SyncConversation, who=OperatorCaller, limit="read")
def sync(caller: OperatorCaller, given: SyncConversation) -> OperatorSync:
    """Return everything of a conversation that came after a rev."""
    with db.read() as session:
        answer = shapes.operator_sync(session, caller.author, given.conversation, given.after)
    running().beacon.synced(
        db.origin.get(), "operator", given.conversation, given.after, answer["rev"]
    )
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
    return _do_in(take_conversation, caller, given)


def handed_before(caller: OperatorCaller, given: AssignConversation) -> OperatorDone | None:
    """Return the answer to whoever handed the conversation over so, and may reach it no more."""
    with db.read() as session:
        rev = queries.handed_before(
            session, caller.id, given.conversation, given.operator, given.team
        )
    return OperatorDone(rev=rev, change=None) if rev is not None else None


@command(
    "conversation.assign",
    AssignConversation,
    who=OperatorCaller,
    limit="write",
    earlier=handed_before,
)
def assign(caller: OperatorCaller, given: AssignConversation) -> OperatorDone:
    """Hand over to a colleague or a team. Without a change you reach the conversation no more."""
    to = Colleague(given.operator) if given.operator else Queue(given.team or "")
    note = Draft(given.client_id or "", given.note) if given.note else None
    try:
        handed = db.write(lambda tx: hand_over(tx, caller.author, given.conversation, to, note))
    except Unchanged as as_asked:
        return OperatorDone(rev=as_asked.rev, change=None)
    change = handed.change.for_operators() if handed.kept else None
    return OperatorDone(rev=handed.change.now.rev, change=change)


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


@command("conversation.viewing", ViewConversation, who=OperatorCaller, limit="mark")
def viewing(caller: OperatorCaller, given: ViewConversation) -> Viewers:
    """Say that one has the conversation open, or has left it; hear who else has it open."""
    others = db.write(lambda tx: view(tx, caller.author, given.conversation, is_open=given.open))
    return Viewers(others=others)


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


def _sent(row: Line, changed: Change | None) -> OperatorSent:
    return OperatorSent(
        id=row.id,
        seq=row.seq,
        rev=row.rev,
        at=iso(row.at),
        line=row.line,
        change=changed.for_operators() if changed else None,
    )
