"""A visitor becomes somebody whom the site knows, and finds what they wrote elsewhere (REACH-2)."""

from sqlalchemy import select, update

from kell.chat.changes import revise
from kell.chat.models import VISITOR, Conversation, Message
from kell.core.db import Tx
from kell.core.ids import Id
from kell.customers import actions as customers
from kell.customers.models import Visitor
from kell.customers.queries import visitor_of_identity
from kell.sites.identity import Identity
from kell.sites.models import Site


def bind(tx: Tx, visitor_id: Id, who: Identity, *, old_digest: str, new_digest: str) -> bool:
    """Make the visitor of this browser the one whom the site has named.

    A browser that was nobody's brings its chats along. Whoever knew its token before must not
    become this person with it, so from now on another token opens the chats.

    Returns:
        Whether the token of ``new_digest`` is needed from now on.
    """
    visitor = tx.session.get_one(Visitor, visitor_id)
    # Two devices at the same moment: one after the other.
    tx.session.get_one(Site, visitor.site_id, with_for_update=True)
    if visitor.identity == who.subject:
        customers.remember_signed(tx, visitor_id, who.known)
        return False
    owner = visitor_of_identity(tx.session, visitor.site_id, who.subject)
    owner_id = owner.id if owner else None
    if visitor.identity is None:
        owner_id = owner_id or visitor_id
        if owner_id != visitor_id:
            _move_chats(tx, visitor_id, owner_id)
        customers.end_tokens_of(tx, visitor_id)
    else:  # somebody else has signed in on the same computer
        owner_id = owner_id or customers.new_visitor_like(tx, visitor)
        customers.end_token(tx, old_digest)
    customers.set_identity(tx, owner_id, who.subject)
    customers.remember_signed(tx, owner_id, who.known)
    customers.give_token(tx, owner_id, new_digest)
    return True


def _move_chats(tx: Tx, visitor_id: Id, owner_id: Id) -> None:
    own = select(Conversation.id).where(Conversation.visitor_id == visitor_id)
    for conversation_id in tx.session.scalars(own.order_by(Conversation.id)).all():
        tx.session.execute(
            update(Message)
            .where(
                Message.conversation_id == conversation_id,
                Message.author_kind == VISITOR,
                Message.author_id == visitor_id,
            )
            .values(author_id=owner_id)
        )
        revise(tx, conversation_id, public=True, visitor_id=owner_id)
    customers.move_answers(tx, visitor_id, owner_id)
