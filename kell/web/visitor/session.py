"""How a visitor's browser gets its token."""

from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import Field

from kell.core import db
from kell.core.security import tokens
from kell.core.wire import Shape
from kell.customers.actions import greet_visitor
from kell.sites.queries import site_by_key
from kell.web.commands import validate
from kell.web.http import json_body
from kell.web.requests import browser_of
from kell.web.routes import Anyone, route, shown

bp = Blueprint("visitor_session", __name__, url_prefix="/api/visitor")


class OpenSession(Shape):
    """The site whose widget is opened; without it, the only one."""

    site: Annotated[str, Field(max_length=64)] = ""


class VisitorSession(Shape):
    """The token is all that a visitor has: keep it, and send it with everything."""

    token: str


@route(bp, "POST", "/session", who=Anyone, takes=OpenSession, gives=VisitorSession, limit="session")
def open_session() -> Response:
    """Make a visitor of a site."""
    given = validate(OpenSession, json_body())
    with db.read() as session:
        site_id = site_by_key(session, given.site).id
    token, browser = tokens.issue(), browser_of(request.environ)
    db.write(lambda tx: greet_visitor(tx, site_id, token.digest, browser))
    return shown(VisitorSession(token=token.secret))
