"""What every answer tells the browser about what the page may do.

Strict, since a chat is full of strangers' words: nothing inline, nothing from elsewhere.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from werkzeug import Response

from kell.core.security.address import Client

R = TypeVar("R", bound=Response)
Headers = dict[str, str]

_ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_NOTHING_OF_THE_DEVICE = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def for_panel(client: Client) -> Headers:
    """Nobody may frame the panel or hold on to its window."""
    return _common(client) | {
        "Content-Security-Policy": _policy(client, ancestors="'none'"),
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": _NOTHING_OF_THE_DEVICE,
    }


def for_widget(client: Client, allowed: Sequence[str] = ("*",)) -> Headers:
    """``allowed`` are the origins that may frame it; X-Frame-Options couldn't list them."""
    return _common(client) | {
        "Content-Security-Policy": _policy(client, ancestors=" ".join(allowed) or "'none'"),
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Permissions-Policy": _NOTHING_OF_THE_DEVICE,
    }


def for_demo(client: Client) -> Headers:
    """A host page as strict as a careful site's: what works here works there."""
    return _common(client) | {
        "Content-Security-Policy": _policy(client, ancestors="'none'", frames="'self'"),
        "Referrer-Policy": "same-origin",
    }


def for_file(client: Client) -> Headers:
    """Scripts, styles and pictures that pages of other sites load, the loader first of all."""
    return _common(client) | {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "cross-origin",
        # The loader fetches the rest of itself as a module, wherever it stands.
        "Access-Control-Allow-Origin": "*",
    }


def for_answer(client: Client) -> Headers:
    """Everything else: answers of commands, and errors. No cache may keep them."""
    return _common(client) | {
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def add(response: R, headers: Mapping[str, str]) -> R:
    """Put ``headers`` on ``response``; what the view has set itself stays."""
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response


def _common(client: Client) -> Headers:
    headers = dict(_ALWAYS)
    if client.scheme == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def _policy(client: Client, *, ancestors: str, frames: str = "'none'") -> str:
    socket = "wss" if client.scheme == "https" else "ws"
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "media-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        # Older Safari doesn't count a WebSocket of the same host as 'self'.
        "connect-src": f"'self' {socket}://{client.host}",
        "frame-src": frames,
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
