"""A real server on loopback around a bare Socket.IO server, and clients that can misbehave."""

import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import orjson
import psutil
import pytest
import socketio
from socketio.exceptions import ConnectionRefusedError as Refused

from kell.core.realtime.websocket import JSON, Limits, close_all, install
from kell.serve import Server, listen

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # the example of RFC 6455, 1.3


_open: list["Client"] = []


class Disconnected(Exception):
    """The server ended the connection without a close frame."""


class Client:
    """A WebSocket client on a plain socket, strict about what it gets."""

    def __init__(
        self, port: int, *, headers: str = "", receive_buffer: int = 0, early: bytes = b""
    ) -> None:
        self.socket = socket.socket()
        _open.append(self)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(10)
        self.socket.connect(("127.0.0.1", port))
        self.reader = self.socket.makefile("rb")
        self.socket.sendall(handshake(headers) + early)
        self.answer = b""
        while not self.answer.endswith(b"\r\n\r\n"):
            line = self.reader.readline()
            assert line, self.answer
            self.answer += line

    def connect(self, auth: Any = None) -> "Client":
        """Get accepted by the namespace /chat."""
        assert self.text().startswith("0{")
        self.send("40/chat," + ("" if auth is None else JSON.dumps(auth)))
        self.sid = orjson.loads(self.text().removeprefix("40/chat,"))["sid"]
        return self

    def send(self, text: str) -> None:
        self.socket.sendall(frame(text.encode()))

    def call(self, event: str, *data: Any) -> Any:
        """Send an event and return what its ack carries."""
        self.send(f"42/chat,1{JSON.dumps([event, *data])}")
        return orjson.loads(self.text().removeprefix("43/chat,1"))[0]

    def event(self) -> list[Any]:
        """Return the next event as ``[name, data]``."""
        event: list[Any] = orjson.loads(self.text().removeprefix("42/chat,"))
        return event

    def text(self) -> str:
        """Return the next message but pings, which are answered."""
        while True:
            code, payload = self.frame()
            assert code == TEXT, (code, payload[:100])
            if payload != b"2":
                return payload.decode()
            self.send("3")

    def frame(self) -> tuple[int, bytes]:
        """Return opcode and payload of the next frame, which must be whole."""
        head, length = self._exactly(2)
        assert head & 0xF0 == 0x80, f"a fragment, or reserved bits: {head:#x}"
        assert head & 0x0F in {TEXT, BINARY, CLOSE, PING, PONG}, f"not a frame: {head:#x}"
        if length == 126:
            (length,) = struct.unpack("!H", self._exactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._exactly(8))
        return head & 0x0F, self._exactly(length)

    def close_code(self) -> tuple[int, str]:
        """Read up to the server's close frame; return its code and reason."""
        while True:
            code, payload = self.frame()
            if code == CLOSE:
                return struct.unpack("!H", payload[:2])[0], payload[2:].decode()

    def is_over(self) -> bool:
        """Read on and say whether the server has ended the connection."""
        try:
            return self.reader.read() == b""
        except ConnectionResetError:
            return True

    def close(self) -> None:
        self.reader.close()
        self.socket.close()

    def reset(self) -> None:
        """Vanish without a goodbye."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def _exactly(self, length: int) -> bytes:
        data = self.reader.read(length)
        if len(data) < length:
            raise Disconnected
        return data


def handshake(headers: str = "") -> bytes:
    lines = [
        "GET /socket.io/?transport=websocket&EIO=4 HTTP/1.1",
        "Host: localhost",
        "Connection: keep-alive, Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {KEY}",
    ]
    return "\r\n".join([*lines, *filter(None, [headers]), "\r\n"]).encode()


def frame(
    payload: bytes,
    code: int = TEXT,
    *,
    final: bool = True,
    reserved: int = 0,
    length: int | None = None,
    mask: bytes | None = None,
) -> bytes:
    """Return a client's frame; ``length`` lies about the payload's."""
    length = len(payload) if length is None else length
    mask = os.urandom(4) if mask is None else mask
    if length < 126:
        size = struct.pack("!B", 128 | length)
    elif length < 65536:
        size = struct.pack("!BH", 128 | 126, length)
    else:
        size = struct.pack("!BQ", 128 | 127, length)
    repeated = (mask * (len(payload) // 4 + 1))[: len(payload)]
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")
    head = struct.pack("!B", final << 7 | reserved | code)
    return head + size + mask + masked.to_bytes(len(payload), "big")


class Chat(socketio.Namespace):  # type: ignore[misc]
    """Echoes, refuses who says so, and notes who left."""

    def __init__(self) -> None:
        super().__init__("/chat")
        self.left: list[str] = []

    def on_connect(self, sid: str, environ: Any, auth: Any) -> None:
        if auth == {"token": "wrong"}:
            raise Refused("unauthenticated")
        self.enter_room(sid, f"of {sid}")

    def on_disconnect(self, sid: str, reason: str) -> None:
        self.left.append(sid)

    def on_echo(self, sid: str, data: Any) -> Any:
        return data

    def on_fail(self, sid: str, data: Any) -> None:
        raise RuntimeError("a bug")


class Running:
    """A server in this process."""

    def __init__(self, limits: Limits) -> None:
        self.sio = socketio.Server(async_mode="gevent", async_handlers=False, json=JSON)
        self.chat = Chat()
        self.sio.register_namespace(self.chat)
        install(self.sio, limits)
        self.server = Server(listen("127.0.0.1", 0), socketio.WSGIApp(self.sio, hello))
        self.server.start()
        self.port = self.server.port

    def client(self, **options: Any) -> Client:
        return Client(self.port, **options)

    def connected(self, **options: Any) -> Client:
        return self.client(**options).connect()

    def emit(self, event: str, data: Any, to: str | None = None) -> None:
        self.sio.emit(event, data, to=to, namespace="/chat")

    def holds(self) -> dict[str, int]:
        """Count what each socket leaves in the server's memory."""
        manager = self.sio.manager
        return {
            "sockets": len(self.sio.eio.sockets),
            "environ": len(self.sio.environ),
            "rooms": sum(len(rooms) for rooms in manager.rooms.values()),
            "pending": len(manager.pending_connect) + len(manager.pending_disconnect),
            "joined": len(manager._joined),
            "unconnected": len(manager._unconnected._deadlines),
            "connections": len(self.server.handlers),
        }

    def stop(self) -> None:
        self.server.shut_down(lambda: close_all(self.sio))
        self.sio.shutdown()


def hello(environ: Any, start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


def hang_up() -> None:
    """Close the clients first: a server waits for them to answer its goodbye."""
    while _open:
        _open.pop().close()


@pytest.fixture
def start() -> Iterator[Callable[..., Running]]:
    """Start servers with the given limits."""
    started: list[Running] = []

    def start(**limits: Any) -> Running:
        started.append(Running(Limits(**limits)))
        return started[-1]

    yield start
    hang_up()
    for each in started:
        each.stop()


@pytest.fixture
def running(start: Callable[..., Running]) -> Running:
    return start()


@pytest.fixture
def silent(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Fail when the server says anything: what strangers send is not its trouble."""
    yield
    assert not [each.getMessage() for each in caplog.records if each.levelno > 10]
    assert capfd.readouterr().err == ""


@pytest.fixture
def eventually() -> Callable[..., None]:
    """Wait for a condition."""

    def eventually(condition: Callable[[], Any], seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it didn't happen"
            gevent.sleep(0.01)

    return eventually


class Process:
    """``bare_server.py``: a server in a process of its own, whose memory can be measured."""

    def __init__(self, *arguments: str) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("bare_server.py")), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            text=True,
        )
        assert self.popen.stdout
        self.port = int(self.popen.stdout.readline())
        self.errors = ""

    def memory(self) -> int:
        """Return the resident bytes."""
        return int(psutil.Process(self.popen.pid).memory_info().rss)

    def get(self, path: str) -> Any:
        """Ask over plain HTTP."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
            with connection.makefile("rb") as reader:
                return orjson.loads(reader.read().partition(b"\r\n\r\n")[2])

    def stop(self) -> None:
        if self.popen.poll() is None:
            self.popen.terminate()
        self.errors = self.popen.communicate(timeout=10)[1]


@pytest.fixture
def process() -> Iterator[Callable[..., Process]]:
    started: list[Process] = []

    def start(*arguments: str) -> Process:
        started.append(Process(*arguments))
        return started[-1]

    yield start
    hang_up()
    for each in started:
        each.stop()


@pytest.fixture
def wire() -> Any:
    """Give the frames' maker and the opcodes to tests, which can't import this file."""
    return sys.modules[__name__]
