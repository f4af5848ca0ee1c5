"""The limit of everything over HTTP that isn't a command: pages, the loader, pictures.

Commands are counted by ``kell.core.security.limits``, through whichever door they come.
"""

from collections.abc import Callable
from math import ceil

from flask import Flask, Response, jsonify, request
from flask_limiter import Limiter, RateLimitExceeded

from kell.core.clock import now
from kell.core.errors import RateLimited
from kell.core.security.address import Client, bucket
from kell.core.security.counters import REDIS_OPTIONS, engine_url
from kell.core.security.limits import LIMITS

EXEMPT_PATHS = frozenset({"/healthz", "/readyz"})
EXEMPT_PREFIXES = ("/api/", "/socket.io/")


def limit_pages(app: Flask, client: Callable[[], Client], redis_url: str | None) -> Limiter:
    """Limit the routes of ``app``; ``client`` returns who sent the running request.

    The returned ``Limiter`` takes further exemptions: ``@limiter.exempt``.
    """
    limiter = Limiter(
        lambda: bucket(client().address),
        application_limits=[LIMITS["pages"].rates],
        strategy="sliding-window-counter",
        storage_uri=engine_url(redis_url) if redis_url else "kell+memory://",
        storage_options={**REDIS_OPTIONS} if redis_url else {},
        in_memory_fallback=[LIMITS["pages"].rates],
        key_prefix="kell",
    )
    # Loopback is a proxy that nobody named: all visitors would share its allowance.
    limiter.request_filter(lambda: _is_exempt() or client().address.is_loopback)
    limiter.init_app(app)
    app.register_error_handler(RateLimitExceeded, lambda _error: _refuse(limiter))
    return limiter


def _is_exempt() -> bool:
    return request.path in EXEMPT_PATHS or request.path.startswith(EXEMPT_PREFIXES)


def _refuse(limiter: Limiter) -> tuple[Response, int, dict[str, str]]:
    limit = limiter.current_limit
    wait = max(1.0, limit.reset_at - now().timestamp()) if limit else 60.0
    error = RateLimited(retry_after=wait)
    return jsonify(error.body()), error.status, {"Retry-After": str(ceil(wait))}
