"""How an operator signs in and out."""

from typing import Any, cast

from flask import Blueprint, Response, request

from kell.accounts import actions, first_login, passwords, queries
from kell.accounts.errors import LoginFailed
from kell.accounts.models import Operator, RoleName
from kell.accounts.wire import Login, Me
from kell.core import db
from kell.core.errors import Unauthenticated
from kell.core.security import cookies, tokens
from kell.core.security.address import bucket
from kell.core.security.limits import limits
from kell.core.security.origins import refuse_foreign
from kell.core.wire import Nothing, Shape
from kell.web.commands import validate
from kell.web.http import json_body
from kell.web.identity import OperatorCaller
from kell.web.requests import browser_of, client, operator_of
from kell.web.routes import Anyone, route, shown
from kell.web.running import running

bp = Blueprint("operator_session", __name__, url_prefix="/api/operator")


class SignedIn(Shape):
    """Who is signed in in this browser."""

    operator: Me


class WhoAmI(Shape):
    """Who is signed in in this browser; nobody is no error."""

    operator: Me | None


def me(who: OperatorCaller | Operator) -> Me:
    """Show operators to themselves."""
    login = first_login.kept(running().config.data)
    return Me(
        id=who.id,
        name=who.name,
        email=who.email,
        role=cast(RoleName, who.role),
        photo=who.photo,
        setup=login is not None and login.email == who.email,
    )


def place_of(environ: dict[str, Any]) -> actions.Place:
    """Return the browser that asks, as the list of sessions shows it, and its session."""
    browser, secret = browser_of(environ), cookies.read(environ, client(environ))
    before = tokens.digest(secret) if secret and tokens.well_formed(secret) else None
    return actions.Place(browser.user_agent, browser.ip, before)


@route(bp, "POST", "/login", who=Anyone, takes=Login, gives=SignedIn, limit="login_address")
def login() -> Response:
    """Open a session, kept in a cookie that scripts can't read."""
    who = client(request.environ)
    refuse_foreign(request.environ, who, running().config.public_url, by_cookie=True)
    given = validate(Login, json_body())
    token, place = tokens.issue(), place_of(request.environ)
    tried_at = given.email, bucket(who.address)
    with limits().counted("login_place", *tried_at), limits().counted("login_account", given.email):
        with db.read() as session:
            found = queries.operator_by_email(session, given.email)
            stored = found.password_hash if found else None
        if not passwords.verify(given.password.get_secret_value(), stored) or found is None:
            raise LoginFailed
        db.write(
            lambda tx: actions.sign_in(tx, found.id, token.digest, checked_hash=stored, place=place)
        )
    limits().clear("login_place", *tried_at)
    limits().clear("login_account", given.email)
    response = shown(SignedIn(operator=me(found)))
    cookies.put(response, who, token.secret)
    return response


@route(bp, "POST", "/logout", who=OperatorCaller, gives=Nothing, limit="write")
def logout(caller: OperatorCaller) -> Response:
    """End this session; its sockets end with it."""
    db.write(lambda tx: actions.sign_out(tx, caller.session_id))
    response = shown(Nothing())
    cookies.drop(response, client(request.environ))
    return response


@route(bp, "GET", "/me", who=Anyone, gives=WhoAmI, limit="pages")
def who_am_i() -> WhoAmI:
    """Say who is signed in in this browser, if anybody is."""
    try:
        return WhoAmI(operator=me(operator_of(request.environ)))
    except Unauthenticated:
        return WhoAmI(operator=None)
