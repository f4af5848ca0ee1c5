"""The panel's page. Its script finds out by itself who is signed in."""

from flask import Blueprint, request
from werkzeug import Response

from kell.core.security import headers
from kell.web.pages import built_page
from kell.web.requests import client
from kell.web.routes import Anyone, route

bp = Blueprint("panel", __name__)


@route(bp, "GET", "/operator/", who=Anyone, limit=None)
def panel() -> Response:
    """The panel."""
    return _page()


@route(bp, "GET", "/operator/<path:place>", who=Anyone, limit=None)
def panel_place(place: str) -> Response:  # noqa: ARG001  the panel's script reads it
    """The panel again: it opens at that place."""
    return _page()


@route(bp, "GET", "/", who=Anyone, limit=None)
def root() -> Response:
    """Whoever knows only the host is an operator."""
    return Response(status=302, headers={"Location": "/operator/"})


def _page() -> Response:
    return headers.add(built_page("operator"), headers.for_panel(client(request.environ)))
