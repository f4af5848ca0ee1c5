"""The one script that a site embeds, and the page inside its iframe."""

from pathlib import Path
from typing import Annotated

import orjson
from flask import Blueprint, request
from pydantic import Field
from werkzeug import Response

from kell.core import db
from kell.core.errors import NotFound
from kell.core.paths import DIST
from kell.core.security import headers
from kell.core.wire import Shape
from kell.core.words import Language, language_of
from kell.sites import public
from kell.sites.public import KnownSite
from kell.sites.queries import site_by_id, site_by_key
from kell.sites.wire import SitePage
from kell.web.commands import command, validate
from kell.web.identity import VisitorCaller
from kell.web.packed import packed
from kell.web.pages import NEVER, SHORTLY
from kell.web.requests import client
from kell.web.routes import Anyone, route
from kell.web.running import running
from kell.web.visitor.answering import answering, face_of

bp = Blueprint("widget", __name__)

PLACE = b"__KELL_SITE__"
END_OF_HEAD = b"</head>"


class WidgetQuery(Shape):
    """Which site, and in which language if the page says one."""

    site: Annotated[str, Field(max_length=64)] = ""
    lang: Annotated[str, Field(max_length=35)] = ""


class SitePageQuery(Shape):
    """In which language; without it the site's."""

    lang: Annotated[str, Field(max_length=35)] = ""


@route(bp, "GET", "/widget.js", who=Anyone, limit=None)
def loader() -> Response:
    """The launcher, with the site's look inside, so that a page makes one request."""
    given, who = _query(), client(request.environ)
    script = _built("loader.js")
    with db.read() as session:
        site = site_by_key(session, given.site)
        look = public.launcher(
            site,
            _language(given, site),
            base=running().config.public_url or who.origin,
            online=answering(session, site).state == "online",
            photo=face_of(session, site),
        )
    running().sightings.note(site.id, request.referrer)
    written = _in_a_page(look.model_dump(mode="json", exclude_none=True))
    response = packed(script.replace(PLACE, written), "text/javascript", "Accept-Language")
    response.headers["Cache-Control"] = SHORTLY
    return headers.add(response, headers.for_file(who))


@route(bp, "GET", "/widget/", who=Anyone, limit=None)
def page() -> Response:
    """The chat itself, in an iframe, with all that it has to know about its site."""
    given, html = _query(), _built("widget/index.html")
    with db.read() as session:
        site = site_by_key(session, given.site)
        about = public.page(
            site,
            _language(given, site),
            online=answering(session, site),
            photo=face_of(session, site),
        )
    written = _in_a_page(about.model_dump(mode="json"))
    block = b'<script type="application/json" id="kell-site">' + written + b"</script>"
    body = html.replace(END_OF_HEAD, block + END_OF_HEAD, 1)
    response = packed(body, "text/html", "Accept-Language")
    response.headers["Cache-Control"] = NEVER
    who = client(request.environ)
    return headers.add(response, headers.for_widget(who, _ancestors(site, who.origin)))


@command("site.page", SitePageQuery, who=VisitorCaller, limit="read")
def site_page(caller: VisitorCaller, given: SitePageQuery) -> SitePage:
    """Return what stood in the page, as it is now: when the form has changed meanwhile."""
    with db.read() as session:
        site = site_by_id(session, caller.site_id)
        return public.page(
            site,
            language_of(given.lang, site.language),
            online=answering(session, site),
            photo=face_of(session, site),
        )


def _query() -> WidgetQuery:
    known = {name: request.args[name] for name in WidgetQuery.model_fields if name in request.args}
    query: WidgetQuery = validate(WidgetQuery, known)
    return query


def _language(given: WidgetQuery, site: KnownSite) -> Language:
    """Return what the page asks for, else what the browser does, else the site's language."""
    wished = [tag for tag, _quality in request.accept_languages]
    return language_of(given.lang, *wished, site.language)


def _ancestors(site: KnownSite, own: str) -> list[str]:
    """Return who may frame the chat; the panel and the demo page always may."""
    return [own, *site.parts.origins] if site.parts.origins else ["*"]


def _in_a_page(value: object) -> bytes:
    """Return JSON that ends no script element, should a site's name try to."""
    return orjson.dumps(value).replace(b"<", b"\\u003c")


def _built(name: str) -> bytes:
    path: Path = DIST / name
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound("the fronts are not built: run make build") from None
