"""The network between a browser and its server: without WebSockets, hanging, or cut."""

import re
import socket
from contextlib import suppress
from threading import Event, Thread

UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)
REFUSED = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Wire:
    """Carries connections to a server; a ``strict`` one answers 400 to who asks for an upgrade."""

    def __init__(self, server_port: int, *, strict: bool = False) -> None:
        self._server_port = server_port
        self._ends: set[socket.socket] = set()
        self._threads: list[Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._is_cut = False
        self._flows = Event()
        self._flows.set()
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.is_strict = strict
        self.refused = 0
        self.upgraded = 0
        self._spawn(self._accept)

    def hang(self) -> None:
        """Carry nothing any more, and tell nobody."""
        self._flows.clear()

    def cut(self) -> None:
        """End all connections, and take no more."""
        self._is_cut = True
        for each in tuple(self._ends):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._flows.set()

    def mend(self) -> None:
        """Be a good network again: what hung comes through."""
        self._is_cut = False
        self._flows.set()

    def close(self) -> None:
        """End all connections, and wait for it."""
        self.cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
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
                near = self._listener.accept()[0]
                if self._is_cut:
                    near.close()
                else:
                    self._spawn(self._serve, near)

    def _serve(self, near: socket.socket) -> None:
        # The first request says what a connection is for: browsers make a new one for a WebSocket.
        self._ends.add(near)
        with near, suppress(OSError):
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
            self._flows.wait()
            with socket.create_connection(("127.0.0.1", self._server_port)) as far:
                self._ends.add(far)
                far.sendall(head)
                back = Thread(target=self._carry, args=(far, near))
                back.start()
                self._carry(near, far)
                back.join()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                self._flows.wait()
                sink.sendall(piece)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
