"""The embedded server: slow and malformed requests, and its end."""

import contextlib
import logging
import signal
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import pytest

from kell import serve
from kell.core.realtime.websocket import close_all
from kell.serve import CannotListen, Server, listen

pytestmark = pytest.mark.once


def app(environ: Any, start_response: Any) -> list[bytes]:
    """Do what the path says."""
    body = b"hello"
    match environ["PATH_INFO"]:
        case "/address":
            body = environ["REMOTE_ADDR"].encode()
        case "/nodelay":
            connection = environ["wsgi.input"].rfile.raw._sock
            no_delay = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            body = str(int(bool(no_delay))).encode()
        case "/read":
            try:
                assert environ["wsgi.input_terminated"]
                body = str(len(environ["wsgi.input"].read())).encode()
            except TimeoutError:
                body = b"too slow"
        case "/refuse":
            start_response("413 Too Large", [("Content-Length", "0")])
            return []
        case "/large":
            body = b"x" * 20_000_000
        case "/slow":
            gevent.sleep(0.5)
        case "/fail":
            raise RuntimeError("a bug")
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def served() -> Iterator[Callable[..., Server]]:
    servers: list[Server] = []

    def start(host: str = "127.0.0.1") -> Server:
        servers.append(Server(listen(host, 0), app))
        servers[-1].start()
        return servers[-1]

    yield start
    for each in servers:
        each.shut_down()


@pytest.fixture
def port(served: Callable[..., Server]) -> int:
    return served().port


def ask(port: int, request: bytes, host: str = "127.0.0.1") -> bytes:
    """Send ``request``, return all that comes until the server hangs up."""
    with socket.create_connection((host, port), timeout=10) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as reader:
            return reader.read()


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a"])
def test_a_head_must_be_whole_in_time(
    port: int, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(serve, "HEAD_TIMEOUT", 0.3)
    begun = time.monotonic()
    assert ask(port, sent) == b""
    assert 0.2 < time.monotonic() - begun < 5


@pytest.mark.usefixtures("silent")
def test_a_head_that_dribbles_in_is_cut_off(
    port: int, monkeypatch: pytest.MonkeyPatch, wire: Any
) -> None:
    monkeypatch.setattr(serve, "HEAD_TIMEOUT", 0.5)
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    with connection, contextlib.suppress(OSError):
        for byte in wire.handshake():
            connection.sendall(bytes([byte]))
            gevent.sleep(0.05)
        pytest.fail("it took seconds, and nobody minded")


@pytest.mark.usefixtures("silent")
def test_a_connection_serves_many_requests_and_may_rest(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "HEAD_TIMEOUT", 0.2)
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as connection,
        connection.makefile("rb") as reader,
    ):
        for pause in (0.4, 0.4, 0.0):
            connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert reader.readline() == b"HTTP/1.1 200 OK\r\n"
            while reader.readline() != b"\r\n":
                pass
            assert reader.read(5) == b"hello"
            gevent.sleep(pause)  # longer than a head may take
        connection.sendall(b"GET /")  # the next one is under the same rule
        assert reader.read() == b""


@pytest.mark.usefixtures("silent")
def test_a_connection_does_not_rest_for_ever(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "QUIET", 0.2)
    assert ask(port, b"GET / HTTP/1.1\r\n\r\n").endswith(b"hello")


MALFORMED = [
    b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/x.y\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: x\r\n" * 200 + b"\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n",
    b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("request_", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_requests_are_refused_silently(port: int, request_: bytes) -> None:
    assert ask(port, request_).startswith(b"HTTP/1.1 400 ")


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nHo", b"GET /large HTTP/1.1\r\n\r\n"])
def test_who_hangs_up_is_nobodys_error(
    served: Any, eventually: Any, wire: Any, sent: bytes
) -> None:
    server = served()
    connection = socket.create_connection(("127.0.0.1", server.port))
    connection.sendall(sent)
    gevent.sleep(0)
    eventually(lambda: len(server.handlers) == 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, wire.struct.pack("ii", 1, 0))
    connection.close()
    eventually(lambda: len(server.handlers) == 0)


@pytest.mark.usefixtures("silent")
def test_a_refused_body_is_not_read_to_its_end(port: int, eventually: Any) -> None:
    head = b"POST /refuse HTTP/1.1\r\nContent-Length: 100000000000\r\n\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head)
        with contextlib.suppress(OSError):
            while True:
                sent += connection.send(b"x" * 65536)
    # What lies in the kernel's buffers comes on top of what is read.
    assert sent < 20_000_000


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize(
    "request_",
    [
        b"POST /refuse HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000,
        b"POST /refuse HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 100_000,
        b"POST /refuse HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n186A0\r\n" + b"x" * 100_000,
    ],
    ids=["all of it came", "some is missing", "chunked, some is missing"],
)
def test_who_sends_a_refused_body_hears_why(
    port: int, monkeypatch: pytest.MonkeyPatch, request_: bytes
) -> None:
    monkeypatch.setattr(serve, "LEFTOVER_TIMEOUT", 0.2)
    monkeypatch.setattr(serve, "QUIET", 0.5)
    assert ask(port, request_).startswith(b"HTTP/1.1 413 ")


@pytest.mark.usefixtures("silent")
def test_the_rest_of_a_refused_body_is_no_request(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "LEFTOVER", 1)
    hidden = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"
    length = serve.CHUNK + len(hidden)
    head = f"POST /refuse HTTP/1.1\r\nContent-Length: {length}\r\n\r\n".encode()
    got = ask(port, head + b"x" * serve.CHUNK + hidden)
    assert got.startswith(b"HTTP/1.1 413 ")
    assert got.count(b"HTTP/1.1") == 1


@pytest.mark.usefixtures("silent")
def test_a_body_must_come_in_time(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "BODY_TIMEOUT", 0.2)
    monkeypatch.setattr(serve, "LEFTOVER_TIMEOUT", 0.2)
    got = ask(port, b"POST /read HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf")
    assert got.endswith(b"too slow")


@pytest.mark.usefixtures("silent")
def test_bodies_arrive(port: int) -> None:
    plain = b"POST /read HTTP/1.1\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n"
    assert ask(port, plain + b"x" * 100_000).endswith(b"\r\n100000")
    chunked = b"POST /read HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert ask(port, chunked + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n").endswith(b"\r\n5")


@pytest.mark.usefixtures("silent")
def test_a_proxy_may_say_upgrade_in_every_request(port: int) -> None:
    request = b"POST /read HTTP/1.1\r\nConnection: upgrade\r\nContent-Length: 5\r\n\r\nhello"
    last = b"GET /read HTTP/1.1\r\nConnection: close\r\n\r\n"
    assert ask(port, request * 2 + last).count(b"HTTP/1.1 200 OK") == 3


def test_what_the_app_raises_is_logged_and_answered(
    port: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    got = ask(port, b"GET /fail?token=secret HTTP/1.1\r\nCookie: secret\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 500 ")
    assert got.endswith(b'{"error":{"code":"internal"}}')
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("kell.serve", logging.ERROR)
    assert record.exc_info
    assert "secret" not in caplog.text + capfd.readouterr().err


def test_a_taken_port_is_named(port: int) -> None:
    with pytest.raises(CannotListen, match=rf"port {port}: another program listens there.*PORT"):
        serve.serve(app, "127.0.0.1", port)


def test_an_address_of_nobody_is_named() -> None:
    with pytest.raises(CannotListen, match=r"on 192\.0\.2\.1, port 0: Cannot assign"):
        listen("192.0.2.1", 0)
    with pytest.raises(CannotListen, match="no such address"):
        listen("not an address", 0)


@pytest.mark.parametrize(
    ("host", "reached_at", "seen_as"),
    [
        ("::1", "::1", b"::1"),
        ("[::1]", "::1", b"::1"),
        ("::", "127.0.0.1", b"127.0.0.1"),
        ("::", "::1", b"::1"),
        ("localhost", "127.0.0.1", b"127.0.0.1"),
    ],
)
def test_both_families_are_served(served: Any, host: str, reached_at: str, seen_as: bytes) -> None:
    port = served(host).port
    got = ask(port, b"GET /address HTTP/1.1\r\nConnection: close\r\n\r\n", reached_at)
    assert got.endswith(b"\r\n\r\n" + seen_as)


@pytest.mark.usefixtures("silent")
def test_what_is_under_way_is_finished(served: Any, eventually: Any) -> None:
    server = served()
    asking = gevent.spawn(ask, server.port, b"GET /slow HTTP/1.1\r\n\r\n")
    resting = gevent.spawn(ask, server.port, b"GET / HTTP/1.1\r\n\r\n")
    eventually(lambda: len(server.handlers) == 2 and len(server.waiting) == 1)
    begun = time.monotonic()
    server.shut_down()
    assert time.monotonic() - begun < 0.9  # it doesn't wait for who only rests
    assert asking.get(timeout=1).endswith(b"hello")
    assert resting.get(timeout=1).endswith(b"hello")
    with pytest.raises(ConnectionRefusedError):
        ask(server.port, b"")


def test_small_answers_are_not_held_back(port: int) -> None:
    assert ask(port, b"GET /nodelay HTTP/1.1\r\nConnection: close\r\n\r\n").endswith(b"\r\n1")


@pytest.mark.usefixtures("silent")
def test_close_all_sends_what_waits_first(start: Any, eventually: Any) -> None:
    running = start(goodbye=0.2)
    clients = [running.connected() for _ in range(20)]
    running.emit("drain", {"delay": 5})
    close_all(running.sio)
    for each in clients:
        assert each.event() == ["drain", {"delay": 5}]
        assert each.close_code() == (1012, "restart")
    eventually(lambda: len(running.chat.left) == 20)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_with_sockets_open(process: Any, wire: Any, name: str) -> None:
    server = process()
    clients = [wire.Client(server.port).connect() for _ in range(20)]
    begun = time.monotonic()
    server.popen.send_signal(getattr(signal, name))
    for each in clients:
        assert each.event() == ["drain", {"delay": 1}]
        assert each.close_code() == (1012, "restart")
        each.close()  # hangs up, as browsers do
    assert server.popen.wait(timeout=10) == 0
    assert time.monotonic() - begun < 2
    server.stop()
    assert server.errors == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drain", "request_", "ending"),
    [
        ("stuck-drain", "wait", 0),
        ("stuck-drain", "stubborn", 0),
        ("busy-drain", "wait", -signal.SIGALRM),
    ],
)
def test_nothing_holds_it_for_longer_than_five_seconds(
    process: Any, wire: Any, eventually: Any, drain: str, request_: str, ending: int
) -> None:
    server = process(drain)
    for _ in range(20):
        wire.Client(server.port).connect()
    with socket.create_connection(("127.0.0.1", server.port)) as asking:
        asking.sendall(f"GET /{request_} HTTP/1.1\r\n\r\n".encode())
        eventually(lambda: server.get("/")["asked"] == [request_])
        server.popen.send_signal(signal.SIGTERM)
        # The server's own alarm rings after five seconds; a busy machine reaps it later.
        assert server.popen.wait(timeout=15) == ending
    server.stop()
    assert server.errors == ""
