"""The command table over plain HTTP, errors in one shape, headers on every answer."""

import json
import logging
from math import ceil
from typing import Any, cast

from flask import Blueprint, Flask, Response, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import HTTPException

from kell.core.errors import (
    AppError,
    Broken,
    Invalid,
    NotFound,
    RateLimited,
    TooLarge,
    UnknownCommand,
)
from kell.core.security import headers
from kell.core.wire import plain
from kell.web.commands import answer_to
from kell.web.requests import caller_of, client
from kell.web.routes import Anyone, route

log = logging.getLogger(__name__)

LARGEST_BODY = 64 * 1024

bp = Blueprint("commands", __name__, url_prefix="/api")


@route(bp, "POST", "/<any(visitor, operator):side>/<command>", who=Anyone, limit=None)
def run(side: str, command: str) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Run one command of the table, which says who may send it."""
    caller = caller_of(side, request.environ)
    answer, status = answer_to(side, command, caller, json_body())
    return answer, status, _when_again(answer.get("error", {}).get("retry_after"))


def json_body() -> Any:
    """Return the request's JSON.

    Raises:
        Invalid: it isn't JSON, or says that it is something else: forms of other sites can't
            send ``application/json`` without asking first.
        TooLarge: it has more than 64 KiB.
    """
    if not request.is_json:
        raise Invalid("Content-Type must be application/json", field="Content-Type")
    body = request.get_data()
    if len(body) > LARGEST_BODY:
        raise TooLarge
    try:
        return json.loads(body)
    # RecursionError: it is nested deeper than any shape.
    except (ValueError, RecursionError):
        raise Invalid("the body is not JSON") from None


def register(app: Flask) -> None:
    """Give the app its errors and headers."""
    # One more: a body that doesn't say how long it is is cut off there in silence.
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY + 1
    app.register_error_handler(AppError, _refused)
    app.register_error_handler(HTTPException, _http_refused)
    app.register_error_handler(Exception, _broken)
    app.after_request(_with_headers)
    cast(DefaultJSONProvider, app.json).default = plain


def _refused(error: AppError) -> tuple[dict[str, Any], int, dict[str, str]]:
    return dict(error.body()), error.status, _when_again(error.retry_after)


def _when_again(after: float | None) -> dict[str, str]:
    return {} if after is None else {"Retry-After": str(max(1, ceil(after)))}


def _http_refused(error: HTTPException) -> Any:
    """Say what Werkzeug refuses in our own words; redirects stay what they are."""
    known: dict[int, type[AppError]] = {404: NotFound, 413: TooLarge, 429: RateLimited}
    if error.code is None or error.code < 400:
        return error
    if error.code == 404 and request.path.startswith("/api/"):
        return _refused(UnknownCommand())
    if error.code in known:
        return _refused(known[error.code]())
    return {"error": {"code": "invalid"}}, error.code


def _broken(error: Exception) -> tuple[dict[str, Any], int, dict[str, str]]:
    broken = Broken()
    log.error("number %s: a request failed: %s", broken.number, request.endpoint, exc_info=error)
    return _refused(broken)


def _with_headers(response: Response) -> Response:
    return headers.add(response, headers.for_answer(client(request.environ)))
