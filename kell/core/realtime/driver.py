"""One WebSocket (RFC 6455) under gevent.pywsgi: whole frames out, small messages in.

Engineio's stock driver for gevent breaks frames when the reader is slow, unpacks compressed frames
of any size, and has no bound on what waits to be sent.
"""

import base64
import hashlib
import socket
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from types import MethodType
from typing import Any

import gevent
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from gevent.queue import Empty
from wsproto import events
from wsproto.connection import Connection, ConnectionType
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError

from kell.core.realtime.packets import is_known

# A close code of our own: what waited for this reader was dropped; connect again and sync.
RESYNC = 4000

# More pieces than TCP makes of a message: it would have no end, or was cut up on purpose.
_PIECES = 4096
# After so many frames that came together everybody else gets a turn, and the answers go out.
_TURN = 32
# How much of what the peer had under way is read and thrown away after the goodbye.
_LEFTOVER = 1024 * 1024
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one socket may cost. Times are in seconds."""

    message: int = 64 * 1024  # bytes of one message from the client
    backlog: int = 512  # packets that wait for the client
    backlog_size: int = 4 * 1024 * 1024  # and the characters in them
    connect: float = 5.0  # until a namespace has accepted the client
    stall: float = 10.0  # without progress in sending
    goodbye: float = 2.0  # for the client to answer a close frame
    ping_interval: float = 15.0
    ping_timeout: float = 10.0
    handshakes_per_second: int = 300
    ends_per_second: int = 2000  # sockets whose end is handled, of all that end at once


class Backlog:
    """What waits to be written to one socket: engineio's queue for it, with a bound.

    Packets are taken one by one, so that the bound is exact: what was taken is being written.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._packets: deque[Any] = deque()
        self._size = 0
        self._filled = Event()
        self._since = 0.0
        self.verdict: tuple[int, str] | None = None

    def put(self, packet: Any) -> None:
        """Add a packet, or engineio's mark for the end (None); never waits."""
        if self.verdict:
            return
        size = _size(packet)
        if self._is_full(size) and packet is not None:
            self.end(RESYNC, "resync", drop=True)
            return
        self._packets.append(packet)
        self._size += size
        self._filled.set()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: FBT001, FBT002
        """Take the next packet (the arguments are engineio's)."""
        # An event that is set may still yield; the writer goes on while there is something.
        if not block or not (self._packets or self._filled.wait(timeout)):
            raise Empty
        packet = self._packets.popleft()
        self._size -= _size(packet)
        if not self._packets:
            self._filled.clear()
        return packet

    def end(self, code: int, reason: str = "", *, drop: bool = False) -> None:
        """Close the socket with this code when what waits is sent, or at once with ``drop``."""
        if self.verdict:
            return
        if drop:
            self._packets.clear()
            self._size = 0
        self.put(None)
        self.verdict = code, reason
        self._since = monotonic()

    def is_overdue(self) -> bool:
        """Say whether the goodbye was due so long ago that the peer must be doing it on purpose."""
        return self.verdict is not None and monotonic() - self._since > self._limits.stall

    def task_done(self) -> None:
        """Nobody counts."""

    def join(self) -> None:
        """Don't wait: the writer outlives whoever hung up, and it may have ended before."""

    def _is_full(self, size: int) -> bool:
        # One packet is always taken, however large.
        return len(self._packets) >= self._limits.backlog or (
            bool(self._packets) and self._size + size > self._limits.backlog_size
        )


class Pace:
    """Spreads what many greenlets want to do at once, so that others get their turn between."""

    def __init__(self, per_second: int) -> None:
        self._step = 1 / per_second
        self._next = 0.0

    def wait(self) -> None:
        """Return at once, or when those who came before have had their time."""
        now = monotonic()
        turn = max(self._next, now)
        self._next = turn + self._step
        if turn > now:
            gevent.sleep(turn - now)


class WebSocket:
    """Engineio's interface to one WebSocket.

    Engineio reads in the request's greenlet (``wait``) and writes in another one (``send``, and
    ``close`` at its end). What ends a socket is a verdict in its backlog: the writer finishes the
    frame that it has begun and says goodbye, so a frame is whole or the last.
    """

    def __init__(self, handler: MethodType, server: Any, *, limits: Limits, pace: Pace) -> None:
        self._run = handler
        self._server = server
        # The handler is a method of the engineio socket that this is for.
        engine: Any = handler.__self__
        self._engine = engine
        self._backlog: Backlog = engine.queue
        self._limits = limits
        self._pace = pace
        self._connection = Connection(ConnectionType.SERVER)
        self._lock = BoundedSemaphore()
        self._has_ended = Event()
        self._is_broken = False
        self._parts: list[str] = []
        self._length = 0
        self._frames = 0

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Take the connection over from pywsgi and serve it until it ends."""
        reader = environ["wsgi.input"]
        # For a request to upgrade, pywsgi gives the connection's own buffered reader.
        self._peer = reader.raw._sock  # noqa: SLF001  the only way to the socket from a WSGI app
        try:
            self._shake_hands(environ["HTTP_SEC_WEBSOCKET_KEY"], start_response)
            self._take_early(reader)
            self._run(self)
        except OSError:
            self._abort()
        finally:
            # pywsgi reads no further request from a reader that is closed.
            reader.close()
            # After an error nobody else would do it soon (python-engineio#328).
            self._engine.close(wait=False, abort=True)
            self._server.sockets.pop(self._engine.sid, None)
        self._linger()
        return []

    def send(self, message: str) -> None:
        """Write one text message, whole.

        Raises:
            OSError: the peer has gone, takes nothing any more, or was told goodbye.
        """
        self._send(events.TextMessage(message))

    def wait(self) -> str | None:
        """Return the next message, or None when the connection has ended."""
        try:
            if (message := self._read_message()) is not None:
                return message
        except OSError:
            self._abort()
        self._has_ended.set()
        # When a network goes, thousands end together, and everybody else would wait for them.
        self._pace.wait()
        return None

    def close(self) -> None:
        """Say goodbye, and give the peer a moment to say it too."""
        code, reason = self._backlog.verdict or (CloseReason.NORMAL_CLOSURE, "")
        try:
            self._send(events.CloseConnection(code, reason or None))
            self._peer.shutdown(socket.SHUT_WR)
        except OSError:
            self._abort()
        if not self._has_ended.wait(self._limits.goodbye):
            self._abort()

    def _shake_hands(self, key: str, start_response: Callable[..., Any]) -> None:
        accept = base64.b64encode(hashlib.sha1(key.encode() + _GUID).digest())  # noqa: S324
        # No extension is taken, whatever is offered: a compressed frame is then an error.
        headers = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept.decode()),
        ]
        self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start_response("101 Switching Protocols", headers)(b"")

    def _take_early(self, reader: Any) -> None:
        """Take what came along with the request, and free the reader's buffer."""
        self._peer.settimeout(0)
        self._connection.receive_data(reader.peek())
        # Whoever answers no ping is silent for longer.
        self._peer.settimeout(self._limits.ping_interval + self._limits.ping_timeout)
        reader.close()

    def _read_message(self) -> str | None:
        while self._backlog.verdict is None:
            for event in self._connection.events():
                self._frames += 1
                if self._frames % _TURN == 0:
                    gevent.sleep(0)
                message = self._take(event)
                if message is not None or self._backlog.verdict:
                    return message
            data = self._peer.recv(self._limits.message)
            if not data:
                raise ConnectionResetError  # without a close frame
            self._connection.receive_data(data)
        return None

    def _take(self, event: events.Event) -> str | None:
        match event:
            case events.TextMessage():
                return self._collect(event)
            case events.BytesMessage():
                self._end(CloseReason.UNSUPPORTED_DATA, "text only")
            case events.Ping():
                with suppress(BrokenPipeError):  # after our goodbye
                    self._send(event.response())
            case events.CloseConnection():
                # Also wsproto's word for a frame that breaks the protocol.
                self._end(event.code)
        return None

    def _collect(self, event: events.TextMessage) -> str | None:
        part = event.data
        self._parts.append(part)
        self._length += len(part) if part.isascii() else len(part.encode())
        if self._length > self._limits.message or len(self._parts) > _PIECES:
            self._end(CloseReason.MESSAGE_TOO_BIG, f"at most {self._limits.message} bytes")
            return None
        if not event.message_finished:
            return None
        message = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        if not is_known(message):
            self._end(CloseReason.POLICY_VIOLATION, "bad packet")
            return None
        return message

    def _end(self, code: int, reason: str = "") -> None:
        self._backlog.end(code, reason, drop=True)

    def _send(self, event: events.Event) -> None:
        with self._lock:
            if self._is_broken:
                raise BrokenPipeError
            try:
                frame = memoryview(self._connection.send(event))
            except LocalProtocolError:
                raise BrokenPipeError from None  # we said goodbye
            self._is_broken = True  # until the frame is whole: nothing may follow half a frame
            while frame:
                with gevent.Timeout(self._limits.stall, TimeoutError):
                    sent = self._peer.send(frame)
                frame = frame[sent:]
                if frame and self._backlog.is_overdue():
                    raise TimeoutError
            self._is_broken = False

    def _linger(self) -> None:
        # The kernel answers what it holds unread with a reset, which may overtake our goodbye.
        left = 0 if self._is_broken else _LEFTOVER
        with suppress(OSError), gevent.Timeout(self._limits.goodbye, TimeoutError):
            while left > 0 and (data := self._peer.recv(min(left, 65536))):
                left -= len(data)

    def _abort(self) -> None:
        self._is_broken = True
        # Wakes whoever reads or writes it.
        with suppress(OSError):
            self._peer.shutdown(socket.SHUT_RDWR)


def _size(packet: Any) -> int:
    data = getattr(packet, "data", None)
    return len(data) if isinstance(data, str) else 0
