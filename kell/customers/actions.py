"""Everything that is written about visitors."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, select, update

from kell.core.clock import now
from kell.core.db import Frame, Tx, origin
from kell.core.ids import Id, new_id
from kell.customers.events import VisitorDescribed
from kell.customers.models import Consent, EndedToken, Visitor, VisitorPage, VisitorToken
from kell.customers.wire import Browser, PageVisit
from kell.sites.questionnaire import Consent as Agreed

# Other processes look every second or two.
ENDED_KEPT = timedelta(minutes=1)
ANOTHER_VISIT_AFTER = timedelta(minutes=30)
PAGES_KEPT = 20


def greet_visitor(tx: Tx, site_id: Id, token_digest: str, browser: Browser) -> Id:
    """Make a visitor who will be known by the token of this digest from now on."""
    visitor_id = _new_visitor(tx, site_id, browser)
    give_token(tx, visitor_id, token_digest)
    return visitor_id


def _new_visitor(tx: Tx, site_id: Id, browser: Browser) -> Id:
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
    return visitor.id


def give_token(tx: Tx, visitor_id: Id, token_digest: str) -> None:
    """Let another browser be this visitor."""
    token = VisitorToken(digest=token_digest, visitor_id=visitor_id, created_at=now())
    tx.session.add(token)


def remember_answers(
    tx: Tx,
    visitor_id: Id,
    known: Mapping[str, str],
    more: Sequence[Mapping[str, str]] = (),
    consents: Iterable[Agreed] = (),
) -> None:
    """Keep what the visitor said about themselves; what they left out stays as it was.

    ``known`` has ``name``, ``email``, ``phone``; ``more`` other answers (``id``, ``label``,
    ``value``).
    """
    values = _unsigned(tx, visitor_id, known)
    if more:
        before = tx.session.scalar(select(Visitor.answers).where(Visitor.id == visitor_id))
        latest = {each["id"]: dict(each) for each in [*(before or []), *more]}
        values["answers"] = list(latest.values())
    if values:
        tx.session.execute(update(Visitor).where(Visitor.id == visitor_id).values(**values))
        tx.happened(VisitorDescribed(visitor_id))
    tx.session.add_all(
        Consent(
            id=new_id(),
            visitor_id=visitor_id,
            field=each.field,
            version=each.version,
            url=each.url,
            text=each.text,
            language=each.language,
            at=now(),
        )
        for each in consents
    )


def remember_claim(tx: Tx, visitor_id: Id, subject: str, known: Mapping[str, str]) -> None:
    """Keep who a page says this is, without a proof. A proven identity stays as it is."""
    tx.session.execute(
        update(Visitor)
        .where(Visitor.id == visitor_id, Visitor.identity.is_(None))
        .values(claimed=subject)
    )
    remember_answers(tx, visitor_id, known)


def remember_signed(tx: Tx, visitor_id: Id, known: Mapping[str, str]) -> None:
    """Keep what the site has signed about somebody."""
    if known:
        tx.session.execute(update(Visitor).where(Visitor.id == visitor_id).values(**known))
        tx.happened(VisitorDescribed(visitor_id))


def set_identity(tx: Tx, visitor_id: Id, subject: str) -> None:
    """Note who a visitor is, by the signed word of their site."""
    who = update(Visitor).where(Visitor.id == visitor_id)
    tx.session.execute(who.values(identity=subject, claimed=None))


def new_visitor_like(tx: Tx, visitor: Visitor) -> Id:
    """Make somebody else in the same browser, on the same site."""
    browser = Browser(visitor.ip, visitor.user_agent, visitor.language)
    return _new_visitor(tx, visitor.site_id, browser)


def move_answers(tx: Tx, visitor_id: Id, owner_id: Id) -> None:
    """Give what a visitor said, and agreed to, to who they turn out to be."""
    visitor, owner = (tx.session.get_one(Visitor, each) for each in (visitor_id, owner_id))
    for column in ("name", "email", "phone", "answers"):
        if getattr(owner, column) is None:
            setattr(owner, column, getattr(visitor, column))
    tx.happened(VisitorDescribed(owner_id))
    mine = update(Consent).where(Consent.visitor_id == visitor_id)
    tx.session.execute(mine.values(visitor_id=owner_id))


def end_token(tx: Tx, digest: str) -> None:
    """Let a browser be nobody again, in every process."""
    _end(tx, VisitorToken.digest == digest)


def end_tokens_of(tx: Tx, visitor_id: Id) -> None:
    """Let no browser be this visitor any more."""
    _end(tx, VisitorToken.visitor_id == visitor_id)


def _end(tx: Tx, which: ColumnElement[bool]) -> None:
    at = now()
    gone = tx.session.scalars(delete(VisitorToken).where(which).returning(VisitorToken.digest))
    ended = list(gone)
    tx.session.execute(delete(EndedToken).where(EndedToken.at < at - ENDED_KEPT))
    tx.session.add_all(EndedToken(digest=each, at=at) for each in ended)
    for each in ended:
        # Who asked is answered first; their socket is ended after that.
        room = (token_room(each),)
        frame = Frame("/visitor", room, "session.ended", {}, skip=origin.get(), disconnects=True)
        tx.publish(frame)


def token_room(digest: str) -> str:
    """Return the room of all tabs that came with a token."""
    return f"token:{digest}"


def _unsigned(tx: Tx, visitor_id: Id, known: Mapping[str, str]) -> dict[str, Any]:
    """Return what a word that nobody signed may change: what the site has signed stays."""
    told = {key: value for key, value in known.items() if value}
    if told:
        visitor = tx.session.get_one(Visitor, visitor_id)
        if visitor.identity is not None:
            return {key: value for key, value in told.items() if getattr(visitor, key) is None}
    return dict(told)


def move_to_page(tx: Tx, visitor_id: Id, page: PageVisit) -> None:
    """Note which page the visitor is on (CHAT-9), and that they came again if they were away."""
    at = now()
    again = case((Visitor.last_seen_at < at - ANOTHER_VISIT_AFTER, 1), else_=0)
    values: dict[str, Any] = {
        "page_url": page.url,
        "page_title": page.title,
        "page_at": at,
        "last_seen_at": at,
        "visits": Visitor.visits + again,
    }
    if page.time_zone is not None:
        values["time_zone"] = page.time_zone
    tx.session.execute(update(Visitor).where(Visitor.id == visitor_id).values(values))
    tx.session.add(
        VisitorPage(id=new_id(), visitor_id=visitor_id, url=page.url, title=page.title, at=at)
    )
    tx.session.flush()
    mine = VisitorPage.visitor_id == visitor_id
    kept = select(VisitorPage.id).where(mine).order_by(VisitorPage.id.desc()).limit(PAGES_KEPT)
    tx.session.execute(delete(VisitorPage).where(mine, VisitorPage.id.not_in(kept)))


def mark_seen(tx: Tx, seen: Iterable[tuple[Id, datetime]]) -> None:
    """Write when visitors were last on the site, once their presence has ended."""
    statement = (
        update(Visitor.__table__)  # type: ignore[arg-type]  # a Table, says SQLAlchemy elsewhere
        .where(Visitor.id == bindparam("who"))
        .values(last_seen_at=bindparam("at"))
    )
    tx.session.connection().execute(statement, [{"who": who, "at": at} for who, at in seen])
