"""What strangers can cost, measured in a server of its own."""

import contextlib
import time
import zlib
from collections.abc import Iterator
from typing import Any

import gevent
import pytest

pytestmark = [pytest.mark.once, pytest.mark.slow]

MB = 1_000_000
OFFER = "Sec-WebSocket-Extensions: permessage-deflate"


@pytest.fixture
def server(process: Any, wire: Any) -> Iterator[Any]:
    server = process()
    # What a first visit loads is there to stay.
    wire.Client(server.port).connect().close()
    server.get("/")
    yield server
    wire.hang_up()
    server.stop()
    assert server.errors == ""


@contextlib.contextmanager
def growth_of(server: Any, at_most: float) -> Iterator[None]:
    """Watch the memory all the time; its highest point counts."""
    before = server.memory()
    highest = [before]

    def watch() -> None:
        while True:
            highest.append(server.memory())
            gevent.sleep(0.005)

    watching = gevent.spawn(watch)
    try:
        yield
    finally:
        watching.kill()
    assert max(highest) - before < at_most


def bomb(size: int) -> bytes:
    deflate = zlib.compressobj(wbits=-15)
    zeros = b"0" * MB
    packed = b"".join(deflate.compress(zeros) for _ in range(size // MB))
    return (packed + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


def test_a_compressed_bomb_before_login(server: Any, wire: Any, eventually: Any) -> None:
    payload = bomb(200 * MB)
    assert 150_000 < len(payload) < 250_000
    with growth_of(server, 10 * MB):
        for _ in range(5):
            client = wire.Client(server.port, headers=OFFER)
            assert b"permessage-deflate" not in client.answer
            client.socket.sendall(wire.frame(payload, reserved=0x40))
            assert client.close_code()[0] == 1002
            client.close()
    eventually(lambda: server.get("/")["sockets"] == 0)


@pytest.mark.parametrize("length", [200 * MB, 2**62])
def test_a_huge_frame_is_not_waited_for(server: Any, wire: Any, length: int) -> None:
    clients = [wire.Client(server.port) for _ in range(20)]
    with growth_of(server, 10 * MB):
        for each in clients:
            each.socket.sendall(wire.frame(b"4" * 70_000, length=length))
            assert each.close_code()[0] == 1009
            with contextlib.suppress(OSError):
                while True:
                    each.socket.sendall(b"x" * 65536)


def test_500_handshakes_that_dribble_in(server: Any, wire: Any) -> None:
    good = wire.Client(server.port).connect()
    with contextlib.ExitStack() as stack, growth_of(server, 32 * MB):
        slow = [
            stack.enter_context(wire.socket.create_connection(("127.0.0.1", server.port)))
            for _ in range(500)
        ]
        for byte in wire.handshake()[:10]:
            for each in slow:
                each.sendall(bytes([byte]))
            begun = time.monotonic()
            good.socket.sendall(wire.frame(b"?", wire.PING))
            assert good.frame() == (wire.PONG, b"?")
            assert time.monotonic() - begun < 0.5


def test_a_reader_that_stops(server: Any, wire: Any, eventually: Any) -> None:
    stopped = [
        wire.Client(server.port, receive_buffer=4096).connect({"room": "stopped"}) for _ in range(2)
    ]
    with growth_of(server, 8 * MB):
        server.get("/flood/stopped/20000/300")
    with growth_of(server, 2 * 8 * MB):
        server.get("/flood/stopped/500/20000")
    for each in stopped:
        assert each.close_code() == (4000, "resync")
    eventually(lambda: server.get("/")["sockets"] == 0)
