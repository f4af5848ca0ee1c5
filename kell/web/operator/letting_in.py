"""Doors that let operators in anew: links from mails, another password, the first set-up."""

from collections.abc import Callable

from flask import Blueprint, Response, request

from kell.accounts import first_login, links, passwords, profile, queries
from kell.accounts.actions import change_password, sign_in
from kell.accounts.errors import LinkExpired, LoginFailed
from kell.accounts.models import Operator
from kell.accounts.wire import ChangePassword, Forgot, LinkAbout, OneLink, SetUp, UseLink
from kell.core import db
from kell.core.db import Tx
from kell.core.errors import Forbidden
from kell.core.security import cookies, tokens
from kell.core.security.account_links import link_of
from kell.core.security.limits import limits
from kell.core.security.origins import refuse_foreign
from kell.core.wire import Nothing
from kell.web.commands import validate
from kell.web.http import json_body
from kell.web.identity import OperatorCaller
from kell.web.operator.session import SignedIn, me, place_of
from kell.web.requests import client
from kell.web.routes import Anyone, route, shown
from kell.web.running import running

bp = Blueprint("letting_in", __name__, url_prefix="/api/operator")


@route(bp, "POST", "/forgot", who=Anyone, takes=Forgot, gives=Nothing, limit="forgot_address")
def forgot() -> Nothing:
    """Have a link for a new password mailed; the answer never says whether anybody got one."""
    given: Forgot = validate(Forgot, json_body())
    limits().hit("forgot_account", given.email)
    db.write(lambda tx: links.ask_for_reset(tx, given.email))
    return Nothing()


@route(bp, "POST", "/link", who=Anyone, takes=OneLink, gives=LinkAbout, limit="link_address")
def look_at_link() -> LinkAbout:
    """Say whom a link from a mail lets in."""
    given: OneLink = validate(OneLink, json_body())
    with db.read() as session:
        found = queries.usable_link(session, _link(given.link))
    if found is None:
        raise LinkExpired
    link, operator = found
    return LinkAbout.model_validate(
        {"kind": link.kind, "name": operator.name, "email": operator.email}
    )


@route(bp, "POST", "/link/use", who=Anyone, takes=UseLink, gives=SignedIn, limit="link_address")
def use_link() -> Response:
    """Choose a password, and be signed in. The link opens nothing any more."""
    refuse_foreign(
        request.environ, client(request.environ), running().config.public_url, by_cookie=True
    )
    given: UseLink = validate(UseLink, json_body())
    link_id = _link(given.link)
    with db.read() as session:
        if queries.usable_link(session, link_id) is None:
            raise LinkExpired
    hashed = passwords.hash_password(given.password.get_secret_value())
    return _signed_in(lambda tx: links.use_link(tx, link_id, hashed, given.name))


@route(
    bp,
    "POST",
    "/password",
    who=OperatorCaller,
    takes=ChangePassword,
    gives=SignedIn,
    limit="password",
)
def replace_password(caller: OperatorCaller) -> Response:
    """Choose another password; every other browser is signed out."""
    given: ChangePassword = validate(ChangePassword, json_body())
    with db.read() as session:
        stored = session.get_one(Operator, caller.id).password_hash
    if not passwords.verify(given.present.get_secret_value(), stored):
        raise LoginFailed(field="present")
    hashed = passwords.hash_password(given.new.get_secret_value())

    def work(tx: Tx) -> str:
        profile.replace_password(tx, caller.id, checked_hash=stored, new_hash=hashed)
        return caller.id

    return _signed_in(work)


@route(bp, "POST", "/setup", who=OperatorCaller, takes=SetUp, gives=SignedIn, limit="password")
def set_up(caller: OperatorCaller) -> Response:
    """Replace the first login by a name, an e-mail and a password of one's own."""
    given: SetUp = validate(SetUp, json_body())
    data = running().config.data
    login = first_login.kept(data)
    if login is None or login.email != caller.email:
        raise Forbidden("this was set up before")
    hashed = passwords.hash_password(given.password.get_secret_value())

    def work(tx: Tx) -> str:
        profile.introduce(tx, caller.id, name=given.name, email=given.email)
        change_password(tx, caller.id, hashed)
        return caller.id

    answer = _signed_in(work)
    first_login.forget(data, login.email)
    return answer


def _link(words: str) -> str:
    link_id = link_of(words)
    if link_id is None:
        raise LinkExpired
    return link_id


def _signed_in(work: Callable[[Tx], str]) -> Response:
    """Run what proves who somebody is, and open a session for them in the same work."""
    who, token, place = client(request.environ), tokens.issue(), place_of(request.environ)

    def enter(tx: Tx) -> SignedIn:
        operator_id = work(tx)
        tx.session.flush()
        sign_in(tx, operator_id, token.digest, place=place)
        return SignedIn(operator=me(tx.session.get_one(Operator, operator_id)))

    response = shown(db.write(enter))
    cookies.put(response, who, token.secret)
    return response
