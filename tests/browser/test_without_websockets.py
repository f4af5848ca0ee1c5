"""A network that lets no WebSocket through: the same chat over plain HTTP, by itself."""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Street

UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)
REFUSED = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """Answers 400 to every request that asks for an upgrade, and carries the rest."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._ends: set[socket.socket] = set()
        self._threads: list[Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.is_strict = True
        self.refused = 0
        self.upgraded = 0
        self._spawn(self._accept)

    def close(self) -> None:
        """End all connections, and wait for it."""
        for each in (self._listener, *self._ends):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _spawn(self, target: object, *args: object) -> None:
        thread = Thread(target=target, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._spawn(self._serve, self._listener.accept()[0])

    def _serve(self, near: socket.socket) -> None:
        # The first request says what a connection is for: browsers make a new one for a WebSocket.
        with near, suppress(OSError):
            self._ends.add(near)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = near.recv(65536)
                if not piece:
                    return
                head += piece
            if UPGRADE.search(head):
                self.refused += self.is_strict
                self.upgraded += not self.is_strict
                if self.is_strict:
                    near.sendall(REFUSED)
                    return
            with socket.create_connection(("127.0.0.1", self._server_port)) as far:
                self._ends.add(far)
                far.sendall(head)
                back = Thread(target=self._carry, args=(far, near))
                back.start()
                self._carry(near, far)
                back.join()

    @staticmethod
    def _carry(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def proxy(street: Street) -> Iterator[Proxy]:
    """Everybody on the street looks through it."""
    made = Proxy(street.server.port)
    street.server.base = made.base
    street.outages_are_meant = True  # the browser writes of each refused socket in the console
    yield made
    made.close()


def test_each_sees_at_once_what_the_other_writes(street, proxy):
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say("Do you ship to Finland?")
    expect(operator.row("Do you ship to Finland?")).to_be_visible()
    expect(operator.page).to_have_title(re.compile(r"^\(1\) "))
    operator.open("Do you ship to Finland?")
    operator.say("Yes, within three days")
    visitor.sees("Yes, within three days")
    expect(visitor.frame.get_by_role("img", name="Read")).to_be_visible()
    expect(operator.page).not_to_have_title(re.compile(r"^\("))
    visitor.say("Thank you")
    operator.sees("Thank you")
    assert visitor.texts() == ["Do you ship to Finland?", "Yes, within three days", "Thank you"]
    assert operator.texts() == visitor.texts()
    assert (proxy.refused >= 4, proxy.upgraded) == (True, 0)


def test_an_outage_in_between_loses_and_doubles_nothing(street, proxy):
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say("Before")
    operator.open("Before")
    street.server.kill()
    expect(visitor.frame.get_by_text("No network.")).to_be_visible()
    visitor.say("While it was dead")
    operator.say("Answer while it was dead")
    street.server.start()
    street.server.wait_until_ready()
    for each in (visitor, operator):
        each.sees("While it was dead")
        each.sees("Answer while it was dead")
    expect(visitor.frame.get_by_text("No network.")).to_be_hidden()
    assert visitor.texts() == operator.texts()
    assert (len(visitor.texts()), proxy.upgraded) == (3, 0)


def test_a_socket_that_comes_through_takes_over(street, proxy):
    operator = street.operator()
    visitor = street.visitor().arrive()
    visitor.say("Over HTTP")
    operator.open("Over HTTP")
    proxy.is_strict = False
    with visitor.page.expect_websocket(), operator.page.expect_websocket():
        for frame in (visitor.frame, operator.page):
            frame.evaluate("dispatchEvent(new Event('online'))")
        for number in range(5):
            visitor.say(f"Meanwhile {number}")
    operator.sees("Meanwhile 4")
    asked = []
    for page in (visitor.page, operator.page):
        page.on("request", lambda request: asked.append(request.url))
    operator.say("Over the socket")
    visitor.sees("Over the socket")
    visitor.say("Yes")
    operator.sees("Yes")
    assert visitor.texts() == operator.texts()
    assert len(visitor.texts()) == 8
    assert [url for url in asked if "/api/" in url] == []
    assert proxy.upgraded == 2
