"""A page of what is found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, select, tuple_
from sqlalchemy.orm import Session

from kell.chat import queries as chat
from kell.chat.access import Author, within_reach
from kell.chat.models import EVENT, Conversation, Message
from kell.chat.queries import State
from kell.chat.shapes import Names, operator_conversation
from kell.core.db.aside import read_aside
from kell.core.ids import Id
from kell.customers.models import Customer, Visitor
from kell.customers.wire import visitor_number
from kell.search.matches import AT_ONCE, matches, position
from kell.search.models import VisitorWord
from kell.search.pages import MessagePlace, PersonPlace, Place, cursor
from kell.search.rules import Terms, digits, excerpt, spans, terms_of_person, terms_of_text
from kell.search.wire import Field, FoundRow, Hit, SearchPage, Span

PAGE = 25
# Pieces of candidates per page. Whoever reaches little of much goes on with the next page.
PIECES = 5
LAST = "\U0010ffff"
# What fits into the column, whatever is typed.
LONGEST_NUMBER = 9

Detail = tuple[Field, str | None]


def search(session: Session, author: Author, query: str, after: Place | None) -> SearchPage:
    """Return a page of conversations within reach that fit, and where the next one begins."""
    rows: list[FoundRow] = []
    following: Place | None = after or MessagePlace(None)
    if not isinstance(after, MessagePlace):
        rows, following = _by_person(session, author, terms_of_person(query), after)
    if len(rows) < PAGE and isinstance(following, MessagePlace):
        known = {row.id for row in rows}
        most = PAGE - len(rows)
        found, following = _by_message(
            session, author, terms_of_text(query), following, known, most
        )
        rows += found
    return SearchPage(rows=rows, next=cursor(following) if following else None)


def _by_person(
    session: Session, author: Author, terms: Terms, after: PersonPlace | None
) -> tuple[list[FoundRow], Place]:
    """Return the conversations of visitors whom the words fit, the newest visitors first."""
    if not terms:
        return [], MessagePlace(None)
    question = select(Conversation.id, Conversation.visitor_id).where(
        within_reach(author), has_words(terms)
    )
    place = tuple_(Conversation.visitor_id, Conversation.id)
    if after is not None:
        question = question.where(place < (after.visitor_id, after.conversation_id))
    question = question.order_by(Conversation.visitor_id.desc(), Conversation.id.desc())
    found = read_aside(session, question.limit(PAGE + 1))
    if after is None:
        found = [*_by_number(session, author, terms), *found]
    states = _states(session, [row.id for row in found[:PAGE]])
    known = _details(session, [row.visitor_id for row in found[:PAGE]])
    rows = [
        _row(states[row.id], _person_hit(states[row.id], known[row.visitor_id], terms))
        for row in found[:PAGE]
    ]
    if len(found) <= PAGE:
        return rows, MessagePlace(None)
    return rows, PersonPlace(found[PAGE - 1].visitor_id, found[PAGE - 1].id)


def _by_number(session: Session, author: Author, terms: Terms) -> Sequence[Any]:
    """Return the conversation that people call by this number, if there is one within reach."""
    [*others, word] = terms.words
    if others or not word.isdecimal() or len(word) > LONGEST_NUMBER:
        return []
    named = select(Conversation.id, Conversation.visitor_id).where(
        Conversation.number == int(word), within_reach(author)
    )
    return session.execute(named).all()


def has_words(terms: Terms) -> ColumnElement[bool]:
    """Return the condition under which a conversation is that of a visitor whom the words fit."""
    return and_(*(_has_word(terms, at) for at in range(len(terms.words))))


def _has_word(terms: Terms, at: int) -> ColumnElement[bool]:
    word = terms.words[at]
    fits = VisitorWord.word == word
    if at == len(terms.words) - 1 and terms.open_end:
        fits = VisitorWord.word.between(word, word + LAST)
    return Conversation.visitor_id.in_(select(VisitorWord.visitor_id).where(fits))


def _by_message(
    session: Session, author: Author, terms: Terms, after: MessagePlace, known: set[Id], most: int
) -> tuple[list[FoundRow], Place | None]:
    """Return conversations by their newest message that fits, but those known already."""
    if not terms:
        return [], None
    best: dict[Id, Row[Any]] = {}
    before = after.before
    for _ in range(PIECES):
        candidates, following = matches(session, terms, before)
        for row in _within_reach(session, author, candidates):
            if row.conversation_id in known or row.conversation_id in best:
                continue
            if len(best) == most:
                return _message_rows(session, best, terms), MessagePlace(before)
            best[row.conversation_id] = row
            before = str(row.position)
        if following is None:
            return _message_rows(session, best, terms), None
        before = following
        # A short piece says that its time was over: the next page goes on from there.
        if len(best) == most or len(candidates) < AT_ONCE:
            break
    return _message_rows(session, best, terms), MessagePlace(before)


def _within_reach(
    session: Session, author: Author, candidates: Sequence[str | int]
) -> Sequence[Any]:
    """Return those of the candidates that still stand, and that the author may see."""
    if not candidates:
        return []
    at = position(session)
    rows = session.execute(
        select(Message.id, Message.conversation_id, at.label("position"))
        .where(at.in_(candidates), Message.text.is_not(None), Message.kind != EVENT)
        .order_by(at.desc())
    ).all()
    # A question of its own: joined, a planner may begin with all conversations within reach.
    reached = set(
        session.scalars(
            select(Conversation.id).where(
                Conversation.id.in_({row.conversation_id for row in rows}), within_reach(author)
            )
        )
    )
    return [row for row in rows if row.conversation_id in reached]


def _message_rows(session: Session, best: Mapping[Id, Row[Any]], terms: Terms) -> list[FoundRow]:
    states = _states(session, best)
    ids = [row.id for row in best.values()]
    messages = {
        each.id: each for each in session.scalars(select(Message).where(Message.id.in_(ids)))
    }
    people = chat.people(session.connection(), list(messages.values()))
    rows = []
    for conversation_id, row in best.items():
        names = Names(states[conversation_id], people, {})
        rows.append(_row(states[conversation_id], _message_hit(messages[row.id], names, terms)))
    return rows


def _details(session: Session, visitor_ids: Sequence[Id]) -> dict[Id, Any]:
    """Return the phone of each visitor, and what stands on their card."""
    on_card = Customer.name, Customer.company, Customer.email, Customer.phone.label("card_phone")
    question = (
        select(Visitor.id, Visitor.phone, *on_card)
        .outerjoin(Customer, Customer.id == Visitor.customer_id)
        .where(Visitor.id.in_(visitor_ids))
    )
    return {row.id: row for row in session.execute(question)}


def _states(session: Session, ids: Sequence[Id] | Mapping[Id, Any]) -> dict[Id, State]:
    return {state.id: state for state in chat.states(session, list(ids))}


def _row(state: State, hit: Hit) -> FoundRow:
    return FoundRow(id=state.id, rev=state.rev, conversation=operator_conversation(state), hit=hit)


def _message_hit(message: Message, names: Names, terms: Terms) -> Hit:
    text, ranges = excerpt(message.text or "", terms)
    return Hit(
        field="note" if message.kind == "note" else "message",
        message=message.id,
        line=message.line,
        author=names.writer(message),
        at=message.at,
        text=text,
        ranges=[Span(start=start, end=end) for start, end in ranges],
    )


def _person_hit(state: State, known: Any, terms: Terms) -> Hit:
    """Say by what a visitor was found: the first of their details with one of the words."""
    numbers = [str(state.number), str(visitor_number(state.visitor_id))]
    asked = next((each for each in numbers if each in terms.words), numbers[1])
    phones: tuple[Detail, ...] = ("phone", known.phone), ("card", known.card_phone)
    for field, phone in phones:
        if phone is not None and any(word in digits(phone) for word in terms.words):
            return _detail(field, phone)
    words = Terms(tuple(part for word in terms.words for part in word.split("@")))
    details: tuple[Detail, ...] = (
        ("name", state.visitor_name),
        ("email", state.visitor_email),
        ("card", known.name),
        ("card", known.company),
        ("card", known.email),
    )
    fitting: Iterator[Detail] = (each for each in details if spans(each[1] or "", words))
    found, value = next(fitting, ("number", asked))
    text, ranges = excerpt(value or "", words)
    return _detail(found, text, ranges)


def _detail(field: Field, text: str, ranges: Sequence[tuple[int, int]] = ()) -> Hit:
    return Hit(
        field=field,
        message=None,
        line=None,
        author=None,
        at=None,
        text=text,
        ranges=[Span(start=start, end=end) for start, end in ranges],
    )
