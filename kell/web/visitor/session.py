"""How a visitor's browser gets its token."""

from typing import Annotated

from flask import Blueprint, Response, request
from pydantic import Field

from kell.core import db
from kell.core.db import Tx
from kell.core.errors import Unauthenticated
from kell.core.ids import Id
from kell.core.security import tokens
from kell.core.security.resume import resumed
from kell.core.wire import Shape
from kell.customers.actions import give_token, greet_visitor
from kell.customers.queries import visitor_on_site
from kell.sites.queries import site_by_key
from kell.web.commands import validate
from kell.web.http import json_body
from kell.web.requests import browser_of
from kell.web.routes import Anyone, route, shown

bp = Blueprint("visitor_session", __name__, url_prefix="/api/visitor")


class OpenSession(Shape):
    """The site whose widget is opened; without it, the only one."""

    site: Annotated[str, Field(max_length=64)] = ""
    resume: Annotated[
        str | None, Field(max_length=300, description="from the link in a mail: the same chat")
    ] = None


class VisitorSession(Shape):
    """The token is all that a visitor has: keep it, and send it with everything."""

    token: str
    conversation: Annotated[
        Id | None, Field(description="that of the mail: open it, not the newest one")
    ] = None


@route(bp, "POST", "/session", who=Anyone, takes=OpenSession, gives=VisitorSession, limit="session")
def open_session() -> Response:
    """Make a visitor of a site, or let this browser be the one whom a mail was sent to."""
    given: OpenSession = validate(OpenSession, json_body())
    link = resumed(given.resume) if given.resume else None
    with db.read() as session:
        site_id = site_by_key(session, given.site).id
        found = visitor_on_site(session, link.visitor_id, site_id) if link else None
        visitor_id = found.id if found else None
    if given.resume and visitor_id is None:
        raise Unauthenticated(field="resume")
    token, browser = tokens.issue(), browser_of(request.environ)

    def work(tx: Tx) -> None:
        if visitor_id is not None:
            give_token(tx, visitor_id, token.digest)
        else:
            greet_visitor(tx, site_id, token.digest, browser)

    db.write(work)
    conversation = link.conversation_id if link else None
    return shown(VisitorSession(token=token.secret, conversation=conversation))
