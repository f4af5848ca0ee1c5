"""Pictures: uploaded by whoever is signed in, shown to everybody."""

import gevent
from flask import Blueprint, request
from werkzeug import Response

from kell.accounts.online import photos_in_use
from kell.core.db import Database
from kell.core.errors import Invalid, NotFound, TooLarge
from kell.core.pictures import LARGEST, Pictures, address, encode
from kell.core.security import headers
from kell.core.wire import Shape
from kell.sites.queries import pictures_in_use
from kell.web.identity import OperatorCaller
from kell.web.pages import FOREVER
from kell.web.requests import client
from kell.web.routes import Anyone, route
from kell.web.running import running

SWEEP_EVERY = 60 * 60.0
KINDS = frozenset({"image/png", "image/jpeg", "image/webp"})

bp = Blueprint("pictures", __name__)


class Picture(Shape):
    """A picture that was kept. One that nothing uses is removed after a day."""

    id: str
    url: str


@route(bp, "POST", "/api/operator/pictures", who=OperatorCaller, limit="picture", gives=Picture)
def upload(_caller: OperatorCaller) -> Picture:
    """Keep a picture: the body is a PNG, JPEG or WebP file of at most 1 MiB.

    It is cut to a square of 256 pixels and written anew, as WebP.
    """
    if request.mimetype not in KINDS:
        raise Invalid("Content-Type must be a picture's", field="Content-Type")
    request.max_content_length = LARGEST + 1
    given = request.get_data()
    if len(given) > LARGEST:
        raise TooLarge
    picture_id = _pictures().keep(encode(given))
    return Picture(id=picture_id, url=address(picture_id))


@route(bp, "GET", "/pictures/<name>", who=Anyone, limit=None)
def picture(name: str) -> Response:
    """A picture; what its name stands for never changes."""
    found = _pictures().read(name.removesuffix(".webp")) if name.endswith(".webp") else None
    if found is None:
        raise NotFound
    response = Response(found, mimetype="image/webp")
    response.headers["Cache-Control"] = FOREVER
    response.headers["Content-Disposition"] = "inline"
    return headers.add(response, headers.for_file(client(request.environ)))


def sweep(pictures: Pictures, database: Database) -> None:
    """Remove the files of pictures that nothing uses any more."""
    with database.read() as session:
        used = pictures_in_use(session) | photos_in_use(session)
    gevent.get_hub().threadpool.apply(pictures.sweep, (used,))


def _pictures() -> Pictures:
    return Pictures(running().config.data)
