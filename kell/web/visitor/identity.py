"""How a visitor becomes somebody, and nobody again."""

from typing import Annotated

from pydantic import Field, StringConstraints

from kell.chat.identities import bind
from kell.core import db
from kell.core.clock import now
from kell.core.db import Tx
from kell.core.errors import Invalid
from kell.core.security import tokens
from kell.core.wire import Nothing, Shape
from kell.customers import actions as customers
from kell.sites import identity
from kell.sites.identity import HashedUser, Identity
from kell.sites.public import KnownSite
from kell.sites.queries import site_by_id
from kell.web.commands import command
from kell.web.identity import VisitorCaller
from kell.web.running import running

Detail = Annotated[str | None, Field(max_length=254)]


class NamedUser(Shape):
    """Who a page says this is."""

    id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    name: Detail = None
    email: Detail = None
    phone: Detail = None


class Identify(Shape):
    """Who this is: a ``token`` (JWT), or a ``user`` with ``expires`` and ``hash``, or without."""

    token: Annotated[str | None, Field(max_length=4000)] = None
    user: NamedUser | None = None
    expires: Annotated[
        int | None, Field(ge=0, lt=2**40, strict=True, description="seconds since 1970")
    ] = None
    hash: Annotated[str | None, Field(max_length=64)] = None


class Identified(Shape):
    """Whether it was signed. A ``token`` replaces yours, which has ended: connect with it."""

    verified: bool
    token: str | None


@command("identify", Identify, who=VisitorCaller, limit="identify")
def identify(caller: VisitorCaller, given: Identify) -> Identified:
    """Say who the visitor is; what is signed finds their chats from other devices (REACH-2)."""
    with db.read() as session:
        site = site_by_id(session, caller.site_id)
    who = _proven(site, given)
    if who is None:
        return _claimed(caller, site, given)
    fresh = tokens.issue()
    digests = {"old_digest": caller.token, "new_digest": fresh.digest}
    replaced = db.write(lambda tx: bind(tx, caller.id, who, **digests))
    return Identified(verified=True, token=fresh.secret if replaced else None)


@command("logout", Nothing, who=VisitorCaller, limit="identify")
def logout(caller: VisitorCaller, _given: Nothing) -> Nothing:
    """Forget the visitor in this browser: the token ends, and every socket that came with it."""
    db.write(lambda tx: customers.end_token(tx, caller.token))
    sid = db.origin.get()
    if sid is not None:
        running().hub.disconnect_after("/visitor", sid)
    return Nothing()


def _proven(site: KnownSite, given: Identify) -> Identity | None:
    """Return whom the site has signed; nothing, where nothing is signed.

    Raises:
        Invalid: it is signed wrongly.
        IdentityExpired: it was signed too long ago.
    """
    country = site.parts.phone_country
    if given.token is not None:
        if site.secret is None:
            raise Invalid("the site has no secret yet", field="token")
        return identity.from_token(site.secret, site.key, given.token, country)
    if given.user is None:
        raise Invalid("who?", field="user")
    if given.hash is None:
        return None
    if site.secret is None or given.expires is None:
        raise Invalid("it can't be checked", field="hash")
    user = HashedUser(given.user.model_dump(), given.expires, given.hash)
    return identity.from_hash(site.secret, site.key, user, country, now())


def _claimed(caller: VisitorCaller, site: KnownSite, given: Identify) -> Identified:
    named = given.user.model_dump() if given.user else {}
    who = identity.identity(str(named["id"]), named, site.parts.phone_country)

    def work(tx: Tx) -> None:
        customers.remember_claim(tx, caller.id, who.subject, who.known)

    db.write(work)
    return Identified(verified=False, token=None)
