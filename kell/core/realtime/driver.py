"""One WebSocket (RFC 6455) under gevent.pywsgi: whole frames out, small messages in.

Engineio's stock driver for gevent breaks frames when the reader is slow, unpacks compressed frames
of any size, and has no bound on what waits to be sent.
"""

import base64
import hashlib
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from types import MethodType
from typing import Any

import gevent
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from wsproto import events
from wsproto.connection import Connection, ConnectionState, ConnectionType
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError

from kell.core.realtime.backlog import Backlog, Limits, Ready
from kell.core.realtime.frames import read_text, text_frame
from kell.core.realtime.packets import is_known

# More pieces than TCP makes of a message: it would have no end, or was cut up on purpose.
_PIECES = 4096
# After so many frames that came together everybody else gets a turn, and the answers go out.
_TURN = 32
# How much of what the peer had under way is read and thrown away after the goodbye.
_LEFTOVER = 1024 * 1024
_OPEN = ConnectionState.OPEN
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


Take = Callable[["WebSocket", str], bool]
"""Runs a message that engineio needn't see, and says whether it did."""


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

    def __init__(
        self,
        handler: MethodType,
        server: Any,
        *,
        limits: Limits,
        pace: Pace,
        take: Take | None = None,
    ) -> None:
        self._run = handler
        self._server = server
        # The handler is a method of the engineio socket that this is for.
        engine: Any = handler.__self__
        self._engine = engine
        self._backlog: Backlog = engine.queue
        self._limits = limits
        self._pace = pace
        self._take = take
        self._connection: Connection | None = None
        self._lock = BoundedSemaphore()
        self._has_ended = Event()
        self._is_broken = False
        self._parts: list[str] = []
        self._length = 0
        self._frames = 0
        self._unread, self._at = b"", 0
        self._heard_at = monotonic()
        self._silence = gevent.get_hub().loop.timer(0)

    @property
    def sid(self) -> str:
        """Engineio's name of the socket."""
        name: str = self._engine.sid
        return name

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
            self._watch()
            self._run(self)
        except OSError:
            self._abort()
        finally:
            self._silence.close()
            # pywsgi reads no further request from a reader that is closed.
            reader.close()
            # After an error nobody else would do it soon (python-engineio#328).
            self._engine.close(wait=False, abort=True)
            self._server.sockets.pop(self._engine.sid, None)
        self._linger()
        return []

    def send(self, message: str | bytes) -> None:
        """Write one text message, or frames that are ready; whole.

        Raises:
            OSError: the peer has gone, takes nothing any more, or was told goodbye.
        """
        self._write_frames(text_frame(message.encode()) if isinstance(message, str) else message)

    def answer(self, frame: bytes) -> None:
        """Write a frame from the reader's greenlet, unless others wait to be written before it."""
        if self._backlog.is_empty() and not self._lock.locked() and not self._backlog.verdict:
            self._write_frames(frame)
        else:
            self._backlog.put(Ready(frame))

    def wait(self) -> str | None:
        """Return the next message that isn't taken here, or None when the connection has ended."""
        try:
            while (message := self._read_message()) is not None:
                if self._take is None or not self._take(self, message):
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
        self._unread = reader.peek()
        self._peer.settimeout(None)  # a timer of its own for each message costs more
        reader.close()

    def _watch(self) -> None:
        """End the connection of a peer who has said nothing for as long as answers no ping."""
        self._silence.close()
        left = self._heard_at + self._limits.ping_interval + self._limits.ping_timeout - monotonic()
        if left > 0:
            self._silence = gevent.get_hub().loop.timer(left)
            self._silence.start(self._watch)
        else:
            self._abort()

    def _read_message(self) -> str | None:
        while self._backlog.verdict is None:
            message = self._read_plain() if self._connection is None else self._read_any()
            if message is not None or self._backlog.verdict:
                return message
            data = self._peer.recv(self._limits.message)
            if not data:
                raise ConnectionResetError  # without a close frame
            self._heard_at = monotonic()
            if self._connection is None:
                self._unread, self._at = data, 0
            else:
                self._connection.receive_data(data)
        return None

    def _read_plain(self) -> str | None:
        if self._at == len(self._unread):
            return None
        found = read_text(self._unread, self._at, self._limits.message)
        if found is None:
            return self._read_any()
        self._at = found.end
        self._count()
        return self._checked(found.text)

    def _read_any(self) -> str | None:
        for event in self._wsproto().events():
            self._count()
            message = self._take_event(event)
            if message is not None or self._backlog.verdict:
                return message
        return None

    def _count(self) -> None:
        self._frames += 1
        if self._frames % _TURN == 0:
            gevent.sleep(0)

    def _take_event(self, event: events.Event) -> str | None:
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
        return self._checked(message)

    def _checked(self, message: str) -> str | None:
        if not is_known(message):
            self._end(CloseReason.POLICY_VIOLATION, "bad packet")
            return None
        return message

    def _end(self, code: int, reason: str = "") -> None:
        self._backlog.end(code, reason, drop=True)

    def _send(self, event: events.Event) -> None:
        with self._lock:
            try:
                frame = self._wsproto().send(event)
            except LocalProtocolError:
                raise BrokenPipeError from None
            self._write_whole(frame)

    def _wsproto(self) -> Connection:
        """Return what reads and writes all but whole short texts: from the first such frame on."""
        if self._connection is None:
            self._connection = Connection(ConnectionType.SERVER)
            self._connection.receive_data(self._unread[self._at :])
            self._unread, self._at = b"", 0
        return self._connection

    def _write_frames(self, frames: bytes) -> None:
        with self._lock:
            if self._connection is not None and self._connection.state is not _OPEN:
                raise BrokenPipeError  # we said goodbye
            self._write_whole(frames)

    def _write_whole(self, frames: bytes) -> None:
        if self._is_broken:
            raise BrokenPipeError
        left = memoryview(frames)
        self._is_broken = True  # until all is written: nothing may follow half a frame
        while left:
            left = left[self._write(left) :]
            if left and self._backlog.is_overdue():
                raise TimeoutError
        self._is_broken = False

    def _write(self, frame: memoryview) -> int:
        """Write what there is room for, and wait for room if there is none; return its size."""
        try:
            sent: int = self._peer.send(frame, 0, 0.0)
        except BlockingIOError:
            with gevent.Timeout(self._limits.stall, TimeoutError):
                sent = self._peer.send(frame)
        return sent

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
