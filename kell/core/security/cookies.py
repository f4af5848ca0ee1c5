"""The one cookie: it says in which session an operator's browser is.

``__Host-`` binds it to this host and path, and needs ``Secure``. Browsers keep no such cookie from
plain http, except on loopback; there the name is ``kell`` and the panel warns.
"""

from typing import Any

from werkzeug import Response

from kell.core.security.address import Client

DAYS = 30


def is_secure(client: Client) -> bool:
    """Whether the browser keeps a ``Secure`` cookie under the address that it uses."""
    return client.scheme == "https" or client.on_loopback


def name(client: Client) -> str:
    return "__Host-kell" if is_secure(client) else "kell"


def read(environ: dict[str, Any], client: Client) -> str | None:
    """Return the session's secret, if the browser sent one.

    Only the name that we would set counts: a neighbour under the same domain can plant ``kell``,
    but never ``__Host-kell``.
    """
    ours = name(client)
    # Cookies know no ports, so other programs' are here too; a parser may stumble over theirs.
    for pair in str(environ.get("HTTP_COOKIE") or "").split(";"):
        key, _, value = pair.partition("=")
        if key.strip() == ours:
            return value.strip()
    return None


def put(response: Response, client: Client, secret: str) -> None:
    """Sign the browser in."""
    response.set_cookie(
        name(client),
        secret,
        max_age=DAYS * 24 * 60 * 60,
        path="/",
        secure=is_secure(client),
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, client: Client) -> None:
    """Sign the browser out."""
    response.delete_cookie(
        name(client), path="/", secure=is_secure(client), httponly=True, samesite="Lax"
    )
