"""What a visitor does in a conversation."""

from dataclasses import asdict

from kell.chat import actions, queries, shapes
from kell.chat.actions import About, Draft, Sent
from kell.chat.changes import Change
from kell.chat.queries import Line
from kell.chat.wire import (
    ChatStart,
    ChatStarted,
    EarlierMessages,
    MarkSeq,
    OneConversation,
    SendMessage,
    SyncConversation,
    VisitorEarlierPage,
    VisitorSent,
    VisitorSync,
)
from kell.core import db
from kell.core.db import Tx
from kell.core.wire import Nothing, iso
from kell.core.words import language_of
from kell.customers.actions import remember_answers
from kell.customers.queries import told_before
from kell.customers.wire import PageVisit
from kell.sites import questionnaire
from kell.sites.queries import site_by_id
from kell.sites.questionnaire import Answers
from kell.web.commands import command
from kell.web.identity import VisitorCaller
from kell.web.running import running
from kell.web.typing import tell_typing
from kell.web.visitor import whereabouts
from kell.web.visitor.answering import answering


def started_before(caller: VisitorCaller, given: ChatStart) -> ChatStarted | None:
    """Return the answer that this start had before."""
    with db.read() as session:
        row = queries.earlier_start(session, caller.id, given.start_id)
        return _started(row, None) if row else None


def sent_before(caller: VisitorCaller, given: SendMessage) -> VisitorSent | None:
    """Return the answer that this message had before."""
    with db.read() as session:
        row = queries.earlier_send(session, caller.author, given.conversation, given.client_id)
        return _sent(row, None) if row else None


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
    draft, said = Draft(given.client_id, given.text), _checked(caller, given)
    more = [asdict(each) for each in said.more]

    def work(tx: Tx) -> Sent:
        remember_answers(tx, caller.id, said.known, more, said.consents)
        about = About(said.topic, said.team, given.page)
        return actions.start_conversation(tx, caller.author, given.start_id, draft, about)

    sent = db.write(work)
    answer = _started(sent.row, sent.change)
    running().beacon.watch(db.origin.get(), answer["conversation"])
    return answer


@command("message.send", SendMessage, who=VisitorCaller, limit="send", earlier=sent_before)
def send(caller: VisitorCaller, given: SendMessage) -> VisitorSent:
    """Add a message to a conversation of one's own; a recently closed one opens again."""
    draft = Draft(given.client_id, given.text, given.quote)
    sent = db.write(lambda tx: actions.send_message(tx, caller.author, given.conversation, draft))
    return _sent(sent.row, sent.change)


@command("conversation.sync", SyncConversation, who=VisitorCaller, limit="read")
def sync(caller: VisitorCaller, given: SyncConversation) -> VisitorSync:
    """Return everything of a conversation that came after a rev."""
    with db.read() as session:
        answer = shapes.visitor_sync(session, caller.author, given.conversation, given.after)
    running().beacon.synced(
        db.origin.get(), "visitor", given.conversation, given.after, answer["rev"]
    )
    return answer


@command("conversation.earlier", EarlierMessages, who=VisitorCaller, limit="read")
def earlier(caller: VisitorCaller, given: EarlierMessages) -> VisitorEarlierPage:
    """Return the page of a thread before a message."""
    with db.read() as session:
        return shapes.visitor_earlier_page(session, caller.author, given.conversation, given.before)


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


@command("page", PageVisit, who=VisitorCaller, limit="page")
def page(caller: VisitorCaller, given: PageVisit) -> Nothing:
    """Say which page the visitor is on: once for each that they open."""
    db.write(lambda tx: whereabouts.moved(tx, caller.id, given))
    return Nothing()


def _checked(caller: VisitorCaller, given: ChatStart) -> Answers:
    """Return what the site's questionnaire makes of the answers, at this moment (CHAT-3)."""
    with db.read() as session:
        site = site_by_id(session, caller.site_id)
        return questionnaire.check(
            site,
            given.form,
            online=answering(session, site).state == "online",
            language=language_of(given.lang, site.language),
            told_before=told_before(session, caller.id),
        )


def _sent(row: Line, changed: Change | None) -> VisitorSent:
    return VisitorSent(
        id=row.id,
        seq=row.seq,
        rev=row.public_rev or 0,
        at=iso(row.at),
        change=changed.for_visitor() if changed else None,
    )


def _started(row: Line, changed: Change | None) -> ChatStarted:
    return ChatStarted(**_sent(row, changed), conversation=row.conversation_id)
