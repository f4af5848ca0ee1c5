"""The one script that a site embeds, and the page inside its iframe."""

import gzip
from functools import lru_cache

import orjson
from flask import Blueprint, request
from werkzeug import Response

from kell.core import db
from kell.core.errors import NotFound
from kell.core.paths import DIST
from kell.core.security import headers
from kell.sites.queries import site_by_key
from kell.web.commands import validate
from kell.web.pages import SHORTLY, built_page
from kell.web.requests import client
from kell.web.routes import Anyone, route
from kell.web.running import running
from kell.web.visitor.session import OpenSession

bp = Blueprint("widget", __name__)

PLACE = b"__KELL_SITE__"


@route(bp, "GET", "/widget.js", who=Anyone, limit=None)
def loader() -> Response:
    """The launcher, with the site's look inside, so that a page makes one request."""
    with db.read() as session:
        site = site_by_key(session, _site_key())
        look = {"site": site.key, "name": site.name, "lang": site.language}
    who = client(request.environ)
    look["base"] = running().config.public_url or who.origin
    plain, packed = _filled(_script(), orjson.dumps(look))
    response = Response(plain, mimetype="text/javascript")
    if request.accept_encodings["gzip"]:
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = SHORTLY
    response.headers["Vary"] = "Accept-Encoding"
    return headers.add(response, headers.for_file(who))


@route(bp, "GET", "/widget/", who=Anyone, limit=None)
def page() -> Response:
    """The chat itself, in an iframe."""
    with db.read() as session:
        site_by_key(session, _site_key())
    return headers.add(built_page("widget"), headers.for_widget(client(request.environ)))


def _site_key() -> str:
    given: OpenSession = validate(OpenSession, {"site": request.args.get("site", "")})
    return given.site


def _script() -> bytes:
    try:
        return (DIST / "loader.js").read_bytes()
    except FileNotFoundError:
        raise NotFound("the fronts are not built: run make build") from None


@lru_cache(maxsize=64)
def _filled(script: bytes, look: bytes) -> tuple[bytes, bytes]:
    """Return the script with a site's look in it, plain and compressed."""
    # Ends no script element early, should a site's name try to.
    plain = script.replace(PLACE, look.replace(b"<", b"\\u003c"))
    return plain, gzip.compress(plain, mtime=0)
