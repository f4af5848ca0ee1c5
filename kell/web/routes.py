"""Routes that are no commands: each says who may call it and how often, like a command does."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, jsonify, request

from kell.core.security.address import Address
from kell.core.security.limits import limits
from kell.core.wire import Answer, Shape, dict_of
from kell.web.commands import SIDES
from kell.web.requests import caller_of, client

View = Callable[..., Any]


class Anyone:
    """Nobody has to prove anything here."""


@dataclass(frozen=True, slots=True)
class Route:
    """What one route takes, gives, costs, and who may call it."""

    method: str
    path: str
    who: type
    limit: str | None
    takes: type[Shape] | None
    gives: type[Answer] | None
    about: str


routes: dict[str, Route] = {}
"""By Flask's endpoint. The test that walks every door fails for an endpoint that isn't here."""


def route(  # noqa: PLR0913  as much as there is to say about a door
    bp: Blueprint,
    method: str,
    path: str,
    *,
    who: type,
    limit: str | None,
    takes: type[Shape] | None = None,
    gives: type[Answer] | None = None,
) -> Callable[[View], View]:
    """Declare a route.

    Unless anyone may call it, the view is given the caller. ``limit`` counts by caller, and where
    nobody has to be known, by address.
    """

    def declare(view: View) -> View:
        full = (bp.url_prefix or "") + path
        endpoint = f"{bp.name}.{view.__name__}"
        routes[endpoint] = Route(method, full, who, limit, takes, gives, view.__doc__ or "")

        @wraps(view)
        def enter(**kwargs: Any) -> Any:
            if who is Anyone:
                with _counted(limit, client(request.environ).address):
                    answer = view(**kwargs)
            else:
                caller = caller_of(SIDES[who], request.environ)
                with _counted(limit, SIDES[who], caller.id):
                    answer = view(caller, **kwargs)
            return shown(answer) if isinstance(answer, Shape) else answer

        bp.add_url_rule(path, view.__name__, enter, methods=[method])
        return view

    return declare


def _counted(limit: str | None, *key: str | Address) -> AbstractContextManager[None]:
    return nullcontext() if limit is None else limits().counted(limit, *key)


def shown(answer: Answer, status: int = 200) -> Response:
    """Return a shape as an HTTP answer."""
    response = jsonify(dict_of(answer))
    response.status_code = status
    return response
