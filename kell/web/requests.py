"""What an HTTP request or a socket's handshake says about its sender."""

import logging
from typing import Any

from kell.accounts.actions import touch_session
from kell.accounts.queries import operator_of_session
from kell.core import db
from kell.core.errors import AppError, Unauthenticated
from kell.core.realtime.ceiling import Knock
from kell.core.security import cookies, tokens
from kell.core.security.address import Client, bucket, client_of
from kell.core.security.limits import limits
from kell.core.security.origins import refuse_foreign
from kell.customers.queries import visitor_of_token
from kell.customers.wire import Browser
from kell.web.identity import Caller, OperatorCaller, VisitorCaller
from kell.web.running import running

log = logging.getLogger(__name__)

BEARER = "Bearer "

Environ = dict[str, Any]


def client(environ: Environ) -> Client:
    """Return the other end, as far as trusted proxies know it."""
    return client_of(environ, running().config.trusted_proxies)


def caller_of(side: str, environ: Environ) -> Caller:
    """Return who sends a request to a side.

    Raises:
        Unauthenticated: no token or session came with it, or it has ended.
        ForeignOrigin: another page sends it.
    """
    return operator_of(environ) if side == "operator" else visitor_of(environ)


def visitor_of(environ: Environ) -> VisitorCaller:
    """Return the visitor whose token comes with a request; its origin proves nothing here."""
    header = str(environ.get("HTTP_AUTHORIZATION", ""))
    return visitor_by_token(environ, header[len(BEARER) :] if header.startswith(BEARER) else None)


def visitor_by_token(environ: Environ, token: object) -> VisitorCaller:
    """Return the visitor of a token.

    Raises:
        Unauthenticated: nobody has this token.
        RateLimited: too many wrong ones have come from there.
    """
    address = str(client(environ).address)
    if not isinstance(token, str) or not tokens.well_formed(token):
        raise Unauthenticated
    with db.read() as session:
        visitor = visitor_of_token(session, token)
        if visitor is not None:
            digest = tokens.digest(token)
            return VisitorCaller(visitor.id, visitor.site_id, visitor.name, digest, address)
    limits().hit("wrong_token", address)
    raise Unauthenticated


def operator_of(environ: Environ) -> OperatorCaller:
    """Return the operator whose session's cookie comes with a request or a handshake.

    The browser adds the cookie by itself, so the page that sends must be one of ours.
    """
    who = client(environ)
    refuse_foreign(environ, who, running().config.public_url, by_cookie=True)
    secret = cookies.read(environ, who)
    if secret is None or not tokens.well_formed(secret):
        raise Unauthenticated
    with db.read() as session:
        operator = operator_of_session(session, secret)
    if operator is None:
        raise Unauthenticated
    if not operator.seen_lately:
        db.write(lambda tx: touch_session(tx, operator.session_id))
    return OperatorCaller(
        id=operator.id,
        name=operator.name,
        email=operator.email,
        role=operator.role,
        photo=operator.photo,
        session_id=operator.session_id,
        reach=operator.reach,
        address=str(who.address),
    )


def knock_of(environ: Environ) -> Knock:
    """Return who shakes hands, as far as that tells: an operator brings a cookie.

    Whoever tries cookies that open nothing is soon a stranger without being looked up.
    """
    who = client(environ)
    secret = cookies.read(environ, who)
    if secret and tokens.well_formed(secret) and limits().test("wrong_token", who.address):
        try:
            with db.read() as session:
                if operator_of_session(session, secret) is not None:
                    return Knock(is_known=True)
            limits().hit("wrong_token", who.address)
        except AppError:
            log.debug("a handshake counts as a stranger's")
    # As with limits by address: loopback is a proxy that nobody named.
    return Knock(place=None if who.address.is_loopback else bucket(who.address))


def browser_of(environ: Environ) -> Browser:
    """Return what a request tells about the browser (CHAT-9)."""
    languages = _said(environ, "HTTP_ACCEPT_LANGUAGE")
    return Browser(
        ip=str(client(environ).address),
        user_agent=_said(environ, "HTTP_USER_AGENT")[:500] or None,
        language=languages.split(",", maxsplit=1)[0].split(";", maxsplit=1)[0].strip()[:35] or None,
    )


def _said(environ: Environ, header: str) -> str:
    # A NUL there is against RFC 9110, 5.5, and can't be stored.
    return str(environ.get(header, "")).replace("\0", " ")
