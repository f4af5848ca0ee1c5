"""Who gets what from each door (REACH-1 to REACH-3): a row a command or route.

To add a door, add a row to ``ROWS``; the suite fails until there is one. Its name is
``<side> <command>`` or ``<METHOD> <path>``. It says who is let in, by one of the groups below, and
what is sent:

    "operator conversation.close": Row(REACHING, lambda chat: {"conversation": chat.id}),
    "operator audit.list": Row(ADMINS),
    "GET /pictures/<name>": Row(ANYONE, path=lambda chat: f"/pictures/{chat.picture}"),

``test_reach.py`` calls it as each of the eight people, over a conversation that was started for
this call alone (``Chat``: that of ``visitor``, in the team of ``operator``). Whoever is in
the group gets an answer; everybody else gets the refusal that the group names, and nothing of the
conversation changes. ``ends_session`` is for doors after which their caller is signed out. What a
row needs beside the conversation is made in its own function, with ``chat.house``.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PIL import Image
from sqlalchemy import select

from kell.accounts.links import Newcomer, invite
from kell.accounts.models import AccountLink
from kell.core.audit import Actor
from kell.core.pictures import Pictures, address
from kell.core.security.account_links import words_of
from kell.sites.actions import make_site
from kell.sites.models import Site
from tests.factories import PASSWORD, House
from tests.people import Operator, Person, Visitor, fresh_id

OK = "ok"
VISITOR_SIDE = ("visitor", "other visitor", "other site's visitor")
OPERATOR_SIDE = ("operator", "other team's operator", "supervisor", "admin")
PEOPLE = ("nobody", *VISITOR_SIDE, *OPERATOR_SIDE)

Expected = Mapping[str, str | int]


def _expected(otherwise: int, *welcome: str, **refused: int) -> dict[str, str | int]:
    """Return what each of the eight hears."""
    given: dict[str, str | int] = dict.fromkeys(PEOPLE, otherwise)
    given |= dict.fromkeys(welcome, OK)
    return given | {name.replace("_", " "): status for name, status in refused.items()}


ANYONE = _expected(200, *PEOPLE)
# Without its setting a door isn't there.
CLOSED = _expected(404)
# Visitors.
VISITORS = _expected(401, *VISITOR_SIDE)
OWN = _expected(401, "visitor") | dict.fromkeys(VISITOR_SIDE[1:], 404)
# Operators: all; those who reach the conversation; those who may do more than answer.
OPERATORS = _expected(401, *OPERATOR_SIDE)
REACHING = OPERATORS | {"other team's operator": 404}
SUPERVISORS = OPERATORS | dict.fromkeys(OPERATOR_SIDE[:2], 403)
ADMINS = SUPERVISORS | {"supervisor": 403}


@dataclass
class Chat:
    """What a call may be about: a conversation that was started for it, and its house."""

    house: House
    site: str
    """The key of the site on which it was started; there is another."""
    id: str
    message: str
    visitor: Visitor
    people: Mapping[str, Person]
    teams: tuple[str, str]
    """Of ``operator``, whose is the conversation, and of ``other team's operator``."""

    @property
    def operator(self) -> Operator:
        found = self.people["operator"]
        assert isinstance(found, Operator)
        return found


@dataclass(frozen=True)
class Row:
    """Who is let in, and what is sent."""

    expected: Expected
    given: Callable[[Chat], Any] = lambda _chat: {}
    path: Callable[[Chat], str] | None = None
    """Of a route whose path has parts."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of a route that takes something else than JSON: its body is bytes then."""
    ends_session: bool = False


def here(chat: Chat) -> dict[str, Any]:
    """The conversation."""
    return {"conversation": chat.id}


def draft(chat: Chat) -> dict[str, Any]:
    """A text into it."""
    return {"conversation": chat.id, "client_id": fresh_id(), "text": "Hello"}


def seq(chat: Chat) -> dict[str, Any]:
    return {"conversation": chat.id, "seq": 1}


def somebody(chat: Chat) -> dict[str, Any]:
    """An operator of whom nobody else knows."""
    return {"operator": chat.house.operator("Somebody").id}


def site(chat: Chat) -> str:
    """The site's id."""
    return str(chat.house.read(lambda session: session.scalars(_site_of(chat)).one().id))


def changed_site(chat: Chat) -> dict[str, Any]:
    found = chat.house.read(lambda session: session.scalars(_site_of(chat)).one())
    return {"site": found.id, "revision": found.revision, "changes": {"show_people": True}}


def empty_site(chat: Chat) -> str:
    """A site on which nobody has written."""
    return chat.house.write(
        lambda tx: make_site(tx, team_id=chat.teams[0], name="Empty", language="en").id
    )


def _site_of(chat: Chat) -> Any:
    return select(Site).where(Site.key == chat.site)


def picture() -> bytes:
    """A small file as people upload them."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "#2f5d50").save(made, "PNG")
    return made.getvalue()


def kept_picture(chat: Chat) -> str:
    kept = Pictures(chat.house.app.extensions["kell"].config.data)
    return address(kept.keep(picture()))


def canned(chat: Chat) -> dict[str, Any]:
    """A reply of the operator's team."""
    given = {"scope": "team", "team": chat.teams[0], "shortcut": fresh_id(), "text": "Hello"}
    return {"id": chat.operator.post("canned.save", **given)["reply"]["id"]}


def mailed_link(chat: Chat) -> dict[str, Any]:
    """A link that was mailed to somebody who is invited."""
    newcomer = Newcomer(f"{fresh_id()}@example.org", "New", "operator", [])
    actor = Actor(chat.operator.id, "127.0.0.1")
    invited = chat.house.write(lambda tx: invite(tx, actor, newcomer))
    link = select(AccountLink.id).where(AccountLink.operator_id == invited)
    with chat.house.app.app_context():
        return {"link": words_of(chat.house.read(lambda session: session.scalars(link).one()))}


def newcomer(_chat: Chat) -> dict[str, Any]:
    name = f"{fresh_id()}@example.org"
    return {"email": name, "name": "New", "role": "operator", "teams": []}


def only(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: given[name] for name in names}


def invited(chat: Chat) -> dict[str, Any]:
    """Somebody who has not come yet."""
    made = chat.people["admin"].post("people.invite", **newcomer(chat))
    return {"operator": made["person"]["id"]}


def customer(chat: Chat) -> dict[str, Any]:
    """The card of whoever started the conversation."""
    opened = chat.people["admin"].post("conversation.open", conversation=chat.id)
    return {"customer": opened["visitor"]["customer"]}


def two_cards(chat: Chat) -> dict[str, Any]:
    """Another card, and the one of the conversation."""
    other = Visitor.arrive(chat.house.base, chat.site)
    other.start("Hello")
    opened = chat.people["admin"].post("conversation.open", conversation=other.conversation)
    return {"customer": opened["visitor"]["customer"], "source": customer(chat)["customer"]}


def merged(chat: Chat) -> dict[str, Any]:
    card = chat.people["admin"].post("customer.merge", **two_cards(chat))
    return {"customer": card["id"], "merge": card["merges"][0]["id"]}


def one_of_two(chat: Chat) -> dict[str, Any]:
    card = chat.people["admin"].post("customer.merge", **two_cards(chat))
    return {"customer": card["id"], "visitors": [card["visitors"][0]["id"]]}


ROWS: dict[str, Row] = {
    # --- What a visitor does
    "visitor hello": Row(VISITORS),
    "visitor site.page": Row(VISITORS),
    "visitor identify": Row(VISITORS, lambda _chat: {"user": {"id": "42"}}),
    "visitor logout": Row(VISITORS, ends_session=True),
    "visitor page": Row(VISITORS, lambda _chat: {"url": "https://shop.example/"}),
    "visitor chat.start": Row(
        VISITORS,
        lambda _chat: {"start_id": fresh_id(), "client_id": fresh_id(), "text": "Hello"},
    ),
    "visitor conversation.sync": Row(OWN, here),
    "visitor conversation.earlier": Row(OWN, lambda chat: {**here(chat), "before": 5}),
    "visitor message.send": Row(OWN, draft),
    "visitor mark.read": Row(OWN, seq),
    "visitor mark.delivered": Row(OWN, seq),
    "visitor typing": Row(OWN, here),
    # --- What an operator does in a conversation
    "operator conversation.open": Row(REACHING, here),
    "operator conversation.sync": Row(REACHING, here),
    "operator conversation.earlier": Row(REACHING, lambda chat: {**here(chat), "before": 5}),
    "operator message.send": Row(REACHING, draft),
    "operator note.add": Row(REACHING, draft),
    # It is the visitor's: an operator of the team may read it, and not delete it (REACH-3).
    "operator message.delete": Row(
        REACHING | {"operator": 403}, lambda chat: {**here(chat), "message": chat.message}
    ),
    "operator conversation.take": Row(REACHING, here),
    "operator conversation.assign": Row(
        REACHING, lambda chat: {**here(chat), "operator": chat.operator.id}
    ),
    "operator conversation.close": Row(REACHING, here),
    "operator conversation.reopen": Row(REACHING, here),
    "operator mark.read": Row(REACHING, seq),
    "operator mark.delivered": Row(REACHING, seq),
    "operator typing": Row(REACHING, here),
    # --- Lists: each sees what is theirs
    "operator hello": Row(OPERATORS),
    "operator inbox.list": Row(OPERATORS),
    "operator inbox.counts": Row(OPERATORS),
    "operator inbox.search": Row(OPERATORS, lambda _chat: {"q": "hello"}),
    "operator team.load": Row(SUPERVISORS),
    "operator conversation.viewing": Row(REACHING, lambda chat: {**here(chat), "open": True}),
    "operator canned.list": Row(OPERATORS),
    "operator canned.save": Row(
        REACHING,
        lambda chat: {"scope": "team", "team": chat.teams[0], "shortcut": fresh_id(), "text": "Hi"},
    ),
    "operator canned.remove": Row(REACHING, canned),
    # --- Customers: within reach if one of their conversations is
    "operator customer.open": Row(REACHING, customer),
    "operator customer.save": Row(REACHING, lambda chat: {**customer(chat), "note": "Polite"}),
    "operator customer.find": Row(OPERATORS, lambda _chat: {"text": "Anu"}),
    "operator customer.merge": Row(REACHING, two_cards),
    "operator customer.unmerge": Row(REACHING, merged),
    "operator customer.split": Row(REACHING, one_of_two),
    "operator customer.conversations": Row(REACHING, customer),
    # --- People
    "operator colleagues.list": Row(OPERATORS),
    "operator presence.set": Row(OPERATORS, lambda _chat: {"state": "busy"}),
    "operator presence.active": Row(OPERATORS),
    "operator people.list": Row(ADMINS),
    "operator people.save": Row(
        ADMINS, lambda chat: {**somebody(chat), "name": "Other", "role": "operator", "teams": []}
    ),
    "operator people.disable": Row(ADMINS, somebody),
    "operator people.enable": Row(ADMINS, somebody),
    "operator people.sign_out": Row(ADMINS, somebody),
    "operator people.invite": Row(ADMINS, newcomer),
    "operator people.invite_again": Row(ADMINS, invited),
    "operator profile.save": Row(OPERATORS, lambda _chat: {"name": "Other"}, ends_session=True),
    "operator profile.photo": Row(OPERATORS, lambda _chat: {"picture": None}),
    "operator sessions.list": Row(OPERATORS),
    "operator sessions.end": Row(OPERATORS, lambda _chat: {"session": "0" * 32}),
    "operator sessions.end_others": Row(OPERATORS, ends_session=True),
    "operator mails.list": Row(ADMINS),
    "operator teams.save": Row(ADMINS, lambda _chat: {"name": "New", "members": []}),
    "operator teams.remove": Row(ADMINS, lambda chat: {"team": chat.house.new_team()}),
    "operator audit.list": Row(ADMINS),
    # --- Sites
    "operator site.list": Row(ADMINS),
    "operator site.get": Row(ADMINS, lambda chat: {"site": site(chat)}),
    "operator site.create": Row(ADMINS, lambda _chat: {"name": "New"}),
    "operator site.save": Row(ADMINS, changed_site),
    "operator site.remove": Row(ADMINS, lambda chat: {"site": empty_site(chat)}),
    "operator site.secret": Row(ADMINS, lambda chat: {"site": site(chat)}),
    "operator site.preview": Row(ADMINS, lambda chat: {"site": site(chat), "changes": {}}),
    "operator site.when": Row(ADMINS, lambda _chat: {"hours": {}}),
    "operator site.holidays": Row(ADMINS, lambda _chat: {"country": "EE", "year": 2026}),
    "operator site.choices": Row(ADMINS),
    "POST /api/operator/pictures": Row(
        OPERATORS, lambda _chat: picture(), headers={"Content-Type": "image/png"}
    ),
    # --- Routes
    "GET /pictures/<name>": Row(ANYONE, path=kept_picture),
    "POST /api/visitor/session": Row(ANYONE, lambda chat: {"site": chat.site}),
    "GET /api/visitor/changes": Row(
        OWN, path=lambda chat: f"/api/visitor/changes?conversation={chat.id}&after=0"
    ),
    "POST /api/operator/login": Row(
        ANYONE,
        lambda _chat: {"email": "admin@example.org", "password": PASSWORD},
        ends_session=True,  # the one that the browser had before
    ),
    "POST /api/operator/logout": Row(OPERATORS, ends_session=True),
    "POST /api/operator/forgot": Row(ANYONE, lambda _chat: {"email": "admin@example.org"}),
    "POST /api/operator/link": Row(ANYONE, mailed_link),
    "POST /api/operator/link/use": Row(
        ANYONE,
        lambda chat: {**mailed_link(chat), "password": "a long enough password"},
        ends_session=True,
    ),
    "POST /api/operator/password": Row(
        OPERATORS,
        lambda _chat: {"present": PASSWORD, "new": "a long enough password"},
        ends_session=True,
    ),
    # Once it was set up nobody sets it up; tests/web/operator/test_setup.py has the first time.
    "POST /api/operator/setup": Row(
        OPERATORS | dict.fromkeys(OPERATOR_SIDE, 403),
        lambda chat: {**only(newcomer(chat), "name", "email"), "password": "a long password"},
    ),
    "GET /api/operator/me": Row(ANYONE),
    "GET /api/operator/changes": Row(
        OPERATORS, path=lambda _chat: "/api/operator/changes?after=2026-01-01T00:00:00Z"
    ),
    "GET /widget.js": Row(ANYONE, path=lambda chat: f"/widget.js?site={chat.site}"),
    "GET /widget/": Row(ANYONE, path=lambda chat: f"/widget/?site={chat.site}"),
    "GET /operator/": Row(ANYONE),
    "GET /operator/<path:place>": Row(ANYONE, path=lambda _chat: "/operator/chats"),
    "GET /": Row(ANYONE),
    "GET /healthz": Row(ANYONE),
    "GET /readyz": Row(ANYONE),
    "GET /metrics": Row(CLOSED),
    "GET /static/<path:name>": Row(ANYONE, path=lambda _chat: "/static/bell.svg"),
    "GET /favicon.ico": Row(ANYONE),
    "GET /demo": Row(ANYONE),
}
