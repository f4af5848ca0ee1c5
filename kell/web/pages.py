"""What belongs to no side: health, files, the demo page."""

import mimetypes
from pathlib import Path

from flask import Blueprint, request, send_file
from werkzeug import Response
from werkzeug.security import safe_join

from kell.core.errors import NotFound
from kell.core.paths import DIST, STATIC
from kell.core.security import headers
from kell.web.health import unready_parts
from kell.web.requests import client
from kell.web.routes import Anyone, route

bp = Blueprint("pages", __name__)

FOREVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=60"
NEVER = "no-cache"

# Fixed here, because the machine's own table may know fewer types.
for kind, ending in (("font/woff2", ".woff2"), ("text/javascript", ".js"), ("image/webp", ".webp")):
    mimetypes.add_type(kind, ending)


@route(bp, "GET", "/healthz", who=Anyone, limit=None)
def healthz() -> tuple[dict[str, str], int]:
    """The process answers."""
    return {"status": "ok"}, 200


@route(bp, "GET", "/readyz", who=Anyone, limit=None)
def readyz() -> tuple[dict[str, object], int]:
    """The process can work: database, migrations, worker."""
    unready = unready_parts()
    if unready:
        return {"error": {"code": "not_ready"}, "parts": unready}, 503
    return {"status": "ready"}, 200


@route(bp, "GET", "/static/<path:name>", who=Anyone, limit=None)
def static(name: str) -> Response:
    """A file of the fronts; hashed names are kept for ever."""
    hashed = name.startswith("dist/") and "/assets/" in name
    return headers.add(
        sent_file(STATIC, name, FOREVER if hashed else SHORTLY),
        headers.for_file(client(request.environ)),
    )


@route(bp, "GET", "/favicon.ico", who=Anyone, limit=None)
def favicon() -> Response:
    """The bell."""
    return headers.add(
        sent_file(STATIC, "bell.svg", SHORTLY), headers.for_file(client(request.environ))
    )


@route(bp, "GET", "/demo", who=Anyone, limit=None)
def demo() -> Response:
    """A shop's page that embeds the widget with one line."""
    return headers.add(
        sent_file(STATIC / "demo", "index.html", NEVER),
        headers.for_demo(client(request.environ)),
    )


def built_page(name: str) -> Response:
    """Return a built front's page."""
    return sent_file(DIST / name, "index.html", NEVER)


def sent_file(folder: Path, name: str, cache: str) -> Response:
    """Return a file as it was compressed when it was built, if the browser takes that.

    Raises:
        NotFound: there is no such file in the folder.
    """
    joined = safe_join(str(folder), name)
    if joined is None or not _is_file(joined) or name.endswith((".br", ".gz")):
        raise NotFound
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    for coding, ending in (("br", ".br"), ("gzip", ".gz")):
        if request.accept_encodings[coding] and Path(joined + ending).is_file():
            response = send_file(joined + ending, mimetype=kind, conditional=True)
            response.headers["Content-Encoding"] = coding
            break
    else:
        response = send_file(joined, mimetype=kind, conditional=True)
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = "Accept-Encoding"
    # Who saves it means the file by the name in the address, not the compressed one.
    response.headers.pop("Content-Disposition", None)
    return response


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:  # no file has so long a name
        return False
