"""Routes that are no commands: each says who may call it and how often, like a command does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, jsonify, request

from kell.core.security.limits import limits
from kell.core.wire import Shape
from kell.web.requests import client

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
    gives: type[Shape] | None
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
    gives: type[Shape] | None = None,
) -> Callable[[View], View]:
    """Declare a route. ``limit`` counts by the caller's address."""

    def declare(view: View) -> View:
        full = (bp.url_prefix or "") + path
        endpoint = f"{bp.name}.{view.__name__}"
        routes[endpoint] = Route(method, full, who, limit, takes, gives, view.__doc__ or "")

        @wraps(view)
        def limited(*args: Any, **kwargs: Any) -> Any:
            if limit is not None:
                limits().hit(limit, client(request.environ).address)
            answer = view(*args, **kwargs)
            return shown(answer) if isinstance(answer, Shape) else answer

        bp.add_url_rule(path, view.__name__, limited, methods=[method])
        return view

    return declare


def shown(answer: Shape, status: int = 200) -> Response:
    """Return a shape as an HTTP answer."""
    response = jsonify(answer.model_dump(mode="json"))
    response.status_code = status
    return response
