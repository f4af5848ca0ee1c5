"""What we rely on without a promise. When an upgrade moves it, this says what and why."""

import inspect
import io
import socket
import time
from typing import Any

import engineio
import engineio.base_socket
import engineio.socket
import pytest
import socketio
from gevent import pywsgi

from kell.core.realtime.backlog import Backlog, Limits
from kell.core.realtime.websocket import install

pytestmark = pytest.mark.once


@pytest.fixture
def server() -> Any:
    server = socketio.Server(async_mode="gevent")
    install(server)
    return server


def test_engineio_takes_its_classes_from_one_table(server: Any) -> None:
    assert {"queue", "websocket"} <= set(server.eio._async)
    other = engineio.Server(async_mode="gevent")
    assert other._async["queue"] is not server.eio._async["queue"]
    assert isinstance(engineio.socket.Socket(server.eio, "sid").queue, Backlog)


def test_engineio_gives_the_driver_a_method_of_its_socket(server: Any) -> None:
    given: list[Any] = []

    def driver(handler: Any, eio: Any) -> Any:
        given.append(handler)
        return lambda environ, start_response: []

    server.eio._async["websocket"] = driver
    socket = engineio.socket.Socket(server.eio, "sid")
    request = {"HTTP_CONNECTION": "Upgrade", "HTTP_UPGRADE": "websocket"}
    socket.handle_get_request(request, None)
    assert given[0].__self__ is socket
    parameters = inspect.signature(engineio.socket.Socket.close).parameters
    assert {"wait", "abort"} <= set(parameters)


def test_engineio_asks_no_clock_but_ours(server: Any) -> None:
    for module in (engineio.socket, engineio.base_socket):
        assert module.time.time is time.monotonic
        words = inspect.getsource(module).split("time.")[1:]
        assert all(each.startswith("time()") for each in words)


def test_socketio_registers_what_we_wrap(server: Any) -> None:
    assert set(server.eio.handlers) == {"connect", "message", "disconnect"}
    assert server.manager.server is server


def test_one_client_manager_is_enough() -> None:
    with pytest.raises(TypeError, match="client manager"):
        install(socketio.Server(async_mode="gevent", client_manager=socketio.PubSubManager()))


def test_pywsgi_discards_what_the_app_did_not_read() -> None:
    assert "wsgi_input._discard()" in inspect.getsource(pywsgi.WSGIHandler.handle_one_response)
    assert callable(pywsgi.Input._discard)


def test_a_sockets_file_knows_its_socket() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, ours.makefile("rb") as reader:
        assert isinstance(reader, io.BufferedReader)
        assert reader.raw._sock is ours


def test_limits_are_those_of_the_contract() -> None:
    limits = Limits()
    assert (limits.ping_interval, limits.ping_timeout) == (15, 10)
    assert (limits.message, limits.backlog, limits.connect, limits.stall) == (65536, 512, 5, 10)


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("step", [3600, -3600])
def test_setting_the_clock_ends_no_socket(
    start: Any, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    client = (running := start(ping_interval=0.1, ping_timeout=5)).connected()
    assert client.frame() == (1, b"2")  # a ping is under way
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + step)
    running.emit("late", 1)
    assert client.frame() == (1, b'42/chat,["late",1]')
    client.send("3")
    assert client.frame() == (1, b"2")
    assert client.call("echo", 1) == 1
