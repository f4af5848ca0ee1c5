"""Puts our WebSocket driver into a Socket.IO server, with limits on what one socket may cost."""

import base64
import logging
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any
from urllib.parse import parse_qs

import engineio.base_socket
import engineio.socket
import socketio
from wsproto.frame_protocol import CloseReason

from kell.core.realtime.backlog import RESYNC, Backlog, Limits
from kell.core.realtime.ceiling import Ceiling, Knock, Look, Places
from kell.core.realtime.driver import Pace, WebSocket
from kell.core.realtime.events import Events
from kell.core.realtime.membership import Membership, Unconnected
from kell.core.realtime.packets import JSON, BadPacket, Packet

__all__ = ["JSON", "RESYNC", "Limits", "close_all", "install"]

_SERVICE_RESTART = 1012  # IANA's registry of close codes
_BUSY = ("503 Service Unavailable", "retry_later", ("Retry-After", "1"))
_CROWDED = ("429 Too Many Requests", "rate_limited", ("Retry-After", "30"))
_UPGRADE = (("Sec-WebSocket-Version", "13"), ("Upgrade", "websocket"))

Environ = dict[str, Any]
Respond = Callable[..., Any]
Wsgi = Callable[[Environ, Respond], Iterable[bytes]]


class _Monotonic:
    """Engineio counts ping timeouts with ``time.time()``: setting the clock would end sockets."""

    time = staticmethod(time.monotonic)


def install(
    server: socketio.Server,
    limits: Limits | None = None,
    look: Look = lambda _environ: Knock(),
    around: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> None:
    """Make ``server`` speak WebSocket only, through our driver and within ``limits``.

    ``look`` says of a handshake who is there, as far as it tells. ``around`` gives what each socket
    lives in, from its handshake on: its connects and events run inside.

    Call it once, before the first request. Only namespaces with handlers are accepted. What a
    client does wrong ends its own socket, with a close code, and isn't logged.

    Many sockets that end at once don't hold the loop: each leaves in time proportional to its own
    rooms (``Membership``), and their ends are spread (``Pace``). Disconnect handlers run there and
    must not wait for anything.

    Of engineio's private names one is touched: ``Server._async``, the table of the classes that it
    is made of; the clock of two of its modules is replaced. ``tests/realtime/test_pins.py`` fails
    when an upgrade moves what this relies on.
    """
    limits = limits or Limits()
    if type(server.manager) is not socketio.Manager:
        raise TypeError("install() brings the client manager; give the server none")
    eio = server.eio
    eio.transports = ["websocket"]
    eio.allow_upgrades = False
    eio.max_http_buffer_size = limits.message  # told to clients as maxPayload
    eio.ping_interval, eio.ping_timeout = limits.ping_interval, limits.ping_timeout
    engineio.socket.time = engineio.base_socket.time = _Monotonic
    # A copy: the table is shared by all servers of the process.
    eio._async = eio._async | {  # noqa: SLF001
        "queue": partial(Backlog, limits),
        "websocket": partial(
            WebSocket,
            limits=limits,
            pace=Pace(limits.ends_per_second),
            take=Events(server).take,
        ),
    }
    server.packet_class = Packet
    server.namespaces = []  # the stock server accepts "/" even when nobody handles it
    membership = _install_membership(server, limits)
    eio.handle_request = _only_handshakes(
        _with_room(eio.handle_request, limits, look, around, membership), eio.cors_allowed_origins
    )
    for logger in (server.logger, eio.logger):
        # At INFO they log what people write.
        logger.setLevel(max(logger.getEffectiveLevel(), logging.WARNING))


def close_all(server: socketio.Server) -> None:
    """Close every socket with 1012 (service restart) as soon as what waits for it is sent."""
    for each in list(server.eio.sockets.values()):
        each.queue.end(_SERVICE_RESTART, "restart")


def _install_membership(server: socketio.Server, limits: Limits) -> Membership:
    eio = server.eio
    opened, received, closed = (eio.handlers[each] for each in ("connect", "message", "disconnect"))

    def refuse(eio_sid: str, reason: str) -> None:
        if eio_sid in eio.sockets:
            eio.sockets[eio_sid].queue.end(CloseReason.POLICY_VIOLATION, reason)

    def connect(eio_sid: str, environ: Environ) -> Any:
        unconnected.add(eio_sid)
        return opened(eio_sid, environ)

    def message(eio_sid: str, data: Any) -> None:
        try:
            received(eio_sid, data)
        except BadPacket:
            refuse(eio_sid, "bad packet")

    def disconnect(eio_sid: str, reason: str) -> None:
        closed(eio_sid, reason)
        unconnected.discard(eio_sid)

    unconnected = Unconnected(partial(refuse, reason="not connected"), limits.connect)
    server.manager = membership = Membership(unconnected)
    membership.set_server(server)
    for handler in (connect, message, disconnect):
        eio.on(handler.__name__, handler)
    return membership


def _with_room(
    handle: Wsgi,
    limits: Limits,
    look: Look,
    around: Callable[[], AbstractContextManager[Any]],
    membership: Membership,
) -> Wsgi:
    """Refuse a handshake that is one too many for now, or from there.

    Where letting in takes long, for a slow database say, strangers don't queue up: whoever has
    waited too long would knock again, and what was done for them would be lost.
    """
    ceilings = {known: Ceiling(limits.handshakes_per_second) for known in (True, False)}
    places = Places(limits.sockets_per_place, limits.handshakes_per_place)

    def handle_request(environ: Environ, start_response: Respond) -> Iterable[bytes]:
        with around():
            who = look(environ)
            if not places.has_room(who.place):
                return _refuse(start_response, *_CROWDED)
            if not who.is_known and membership.deciding >= limits.deciding:
                return _refuse(start_response, *_BUSY)
            if not ceilings[who.is_known].admits():
                return _refuse(start_response, *_BUSY)
            # It returns when the socket has ended.
            with places.one_more(who.place):
                return handle(environ, start_response)

    return handle_request


def _only_handshakes(handle: Wsgi, may_connect: Any) -> Wsgi:
    """Refuse what is no WebSocket handshake, or a foreign page's, before engineio knows of it."""

    def handle_request(environ: Environ, start_response: Respond) -> Iterable[bytes]:
        if not _is_handshake(environ):
            return _refuse(start_response, "426 Upgrade Required", "invalid", *_UPGRADE)
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and callable(may_connect) and not may_connect(origin, environ):
            return _refuse(start_response, "403 Forbidden", "foreign_origin")
        return handle(environ, start_response)

    return handle_request


def _refuse(start_response: Respond, status: str, code: str, *more: tuple[str, str]) -> list[bytes]:
    body = JSON.dumps({"error": {"code": code}}).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        *more,
    ]
    start_response(status, headers)
    return [body]


def _is_handshake(environ: Environ) -> bool:
    """Check what RFC 6455, 4.2.1 and Engine.IO ask of the client."""
    try:
        key = base64.b64decode(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""), validate=True)
    except ValueError:
        return False
    tokens = environ.get("HTTP_CONNECTION", "").lower().split(",")
    query = parse_qs(environ["QUERY_STRING"])
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ["SERVER_PROTOCOL"] == "HTTP/1.1"
        and environ.get("HTTP_UPGRADE", "").lower() == "websocket"
        and "upgrade" in [token.strip() for token in tokens]
        and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
        and len(key) == 16
        and query.get("transport") == ["websocket"]
        and query.get("EIO") == ["4"]
        and "sid" not in query
        # A body would be taken for frames.
        and "CONTENT_LENGTH" not in environ
        and "HTTP_TRANSFER_ENCODING" not in environ
    )
