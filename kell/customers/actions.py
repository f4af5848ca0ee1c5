"""Everything that is written about visitors."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, update

from kell.core.clock import now
from kell.core.db import Tx
from kell.core.ids import Id, new_id
from kell.customers.models import Visitor, VisitorToken
from kell.customers.wire import Browser, Page


def greet_visitor(tx: Tx, site_id: Id, token_digest: str, browser: Browser) -> Id:
    """Make a visitor who will be known by the token of this digest from now on."""
    at = now()
    visitor = Visitor(
        id=new_id(),
        site_id=site_id,
        ip=browser.ip,
        user_agent=browser.user_agent,
        language=browser.language,
        created_at=at,
        last_seen_at=at,
    )
    tx.session.add(visitor)
    tx.session.flush()  # the token's foreign key needs it
    give_token(tx, visitor.id, token_digest)
    return visitor.id


def give_token(tx: Tx, visitor_id: Id, token_digest: str) -> None:
    """Let another browser be this visitor."""
    token = VisitorToken(digest=token_digest, visitor_id=visitor_id, created_at=now())
    tx.session.add(token)


def remember_answers(tx: Tx, visitor_id: Id, *, name: str | None, email: str | None) -> None:
    """Keep what the visitor said about themselves; what they left out stays as it was."""
    told = {"name": name, "email": email}
    values = {key: value for key, value in told.items() if value}
    if values:
        tx.session.execute(update(Visitor).where(Visitor.id == visitor_id).values(**values))


def move_to_page(tx: Tx, visitor_id: Id, page: Page) -> None:
    """Note which page the visitor is on (CHAT-9)."""
    at = now()
    tx.session.execute(
        update(Visitor)
        .where(Visitor.id == visitor_id)
        .values(page_url=page.url, page_title=page.title, page_at=at, last_seen_at=at)
    )


def mark_seen(tx: Tx, seen: Iterable[tuple[Id, datetime]]) -> None:
    """Write when visitors were last on the site, once their presence has ended."""
    statement = (
        update(Visitor.__table__)  # type: ignore[arg-type]  # a Table, says SQLAlchemy elsewhere
        .where(Visitor.id == bindparam("who"))
        .values(last_seen_at=bindparam("at"))
    )
    tx.session.connection().execute(statement, [{"who": who, "at": at} for who, at in seen])
