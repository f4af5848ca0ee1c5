"""The embedded web server: gevent.pywsgi with deadlines, bounds and a quick end.

The caller has patched the standard library before all other imports.
"""

import errno
import ipaddress
import logging
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from time import monotonic
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Literal

import gevent
from gevent.event import Event
from gevent.pool import Pool
from gevent.pywsgi import Input, WSGIHandler, WSGIServer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

BACKLOG = 1024
# Times in seconds, sizes in bytes.
HEAD_TIMEOUT = 10.0  # for a request's head, from its first byte; of a connection's first, from then
QUIET = 75.0  # no byte came or could be sent; also how long a connection waits for a next request
HEAD_SIZE = 32 * 1024
BODY_TIMEOUT = 30.0  # and a second for each BODY_RATE bytes
BODY_RATE = 8 * 1024
LEFTOVER = 1024 * 1024  # of a body that the app refused, read so that the client hears the answer
LEFTOVER_TIMEOUT = 2.0
CHUNK = 16 * 1024
# The end: these have to fit into END_TIMEOUT.
DRAIN_TIMEOUT = 2.0
FINISH_TIMEOUT = 1.0
KILL_TIMEOUT = 0.5
END_TIMEOUT = 5.0
FILES = 65536  # open at once, where the system allows it: a socket is a file


class CannotListen(Exception):
    """The address can't be used; the message says why and what to do."""


def serve(
    app: "WSGIApplication",
    host: str,
    port: int,
    *,
    on_listening: Callable[[int], object] | None = None,
    drain: Callable[[], object] | None = None,
) -> None:
    """Serve ``app`` until SIGTERM or SIGINT, then return within 5 s; if it can't, the process dies.

    ``on_listening`` is told the port (port 0 picks a free one). ``drain`` is called when no more
    connections are taken: to say goodbye to sockets and to wake who waits. It has 2 s; what is
    still under way 1 s later is cut off.

    Raises:
        CannotListen: the port is taken, or the address isn't one of this machine.
    """
    _allow_many_sockets()
    server = Server(listen(host, port), app)
    stop = Event()
    with _on_signals(stop):
        try:
            server.start()
            if on_listening:
                on_listening(server.port)
            stop.wait()
        finally:
            server.shut_down(drain)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket, IPv4 or IPv6 as ``host`` says; ``::`` takes both.

    Raises:
        CannotListen: as for ``serve``.
    """
    host = host.strip("[]")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, *_, address = found[0]
        return socket.create_server(
            address[:2],
            family=family,
            backlog=BACKLOG,
            dualstack_ipv6=host == "::" and socket.has_dualstack_ipv6(),
        )
    except OSError as error:
        raise CannotListen(f"Cannot listen on {host}, port {port}: {_why(error)}") from error


class Server(WSGIServer):
    """pywsgi with our handler; knows who is being answered and who is only connected."""

    def __init__(self, listener: socket.socket, app: "WSGIApplication") -> None:
        self.port: int = listener.getsockname()[1]
        self.is_stopping = False
        self.waiting: set[Any] = set()
        self.handlers = Pool()
        super().__init__(
            listener,
            app,
            spawn=self.handlers,
            log=None,
            error_log=log,
            handler_class=Handler,
            # Else pywsgi asks the DNS for it.
            environ={"SERVER_NAME": str(listener.getsockname()[0])},
        )

    def handle(self, sock: Any, address: Any) -> None:
        """Serve one connection."""
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(QUIET)
        super().handle(sock, address)

    def shut_down(self, drain: Callable[[], object] | None = None) -> None:
        """Take no more connections, let what is under way finish, cut off the rest."""
        self.is_stopping = True
        self.close()
        gevent.killall(list(self.waiting), block=False)
        if drain:
            draining = gevent.spawn(drain)
            draining.join(DRAIN_TIMEOUT)
            draining.kill(block=False)
        self.handlers.join(FINISH_TIMEOUT)
        self.handlers.kill(timeout=KILL_TIMEOUT)


class Handler(WSGIHandler):
    """One connection: pywsgi's, with deadlines, and quiet about what strangers send."""

    server: Server
    _head: gevent.Timeout | None = None
    _answered = False

    def handle(self) -> None:
        """Answer requests until either side has enough."""
        # pywsgi answers a malformed request without looking whether anybody is still there.
        with suppress(OSError):
            super().handle()

    def handle_one_request(self) -> tuple[str, bytes] | Literal[True] | None:
        """Read one request and answer it; the head must be whole in time."""
        if self.server.is_stopping:
            return None
        greenlet = gevent.getcurrent()
        self.server.waiting.add(greenlet)
        try:
            if self._answered and not self._has_more():
                return None
            self._head = gevent.Timeout.start_new(HEAD_TIMEOUT)
            return super().handle_one_request()
        except gevent.Timeout as expired:
            if expired is not self._head:
                raise
            return None
        finally:
            self._stop_waiting()

    def handle_one_response(self) -> None:
        """Run the app; a body that it didn't want ends the connection."""
        self._stop_waiting()
        self._answered = True
        super().handle_one_response()
        if isinstance(self.wsgi_input, Body) and not self.wsgi_input.is_read:
            self.close_connection = True

    def read_request(self, raw_requestline: str) -> Any:
        """Read the head.

        Raises:
            ValueError: it is malformed; answered with 400.
        """
        if len(raw_requestline.split()) != 3:
            # To pywsgi a line that broke off is HTTP/0.9.
            raise ValueError("not a request")
        try:
            whole = super().read_request(raw_requestline)
        except (OSError, HTTPException) as error:
            raise ValueError("the head broke off or has too many lines") from error
        # Two readers of one request must not disagree about where it ends (RFC 9112, 6.3).
        lengths = self.headers.get_all("content-length", [])
        coding = self.headers.get("transfer-encoding")
        if coding is not None and coding.lower() != "chunked":
            raise ValueError("unknown coding")
        if len(lengths) > 1 or not all(map(_is_number, lengths)):
            raise ValueError("ambiguous length")
        return whole

    def MessageClass(self, fp: Any, *_: Any) -> Any:  # noqa: N802  pywsgi's name
        """Parse the header lines."""
        return super().MessageClass(_Head(fp))  # type: ignore[arg-type]  # readline() is enough

    def get_environ(self) -> "WSGIEnvironment":
        """Return the request as WSGI has it, with a body that comes in time."""
        environ = super().get_environ()
        address = ipaddress.ip_address(environ["REMOTE_ADDR"].partition("%")[0])
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
            environ["REMOTE_ADDR"] = str(address.ipv4_mapped)
        if self.wsgi_input is not None and not _asks_for_websocket(environ):
            # Also with "Connection: upgrade" alone, which proxies add: pywsgi would hand out the
            # bare connection, and afterwards take the next request for this one's body.
            environ["wsgi.input"] = self.wsgi_input = Body(self.wsgi_input)
            environ["wsgi.input_terminated"] = True
        return environ

    def log_error(self, msg: str, *args: object) -> None:  # noqa: ARG002
        """Pass over what strangers send."""
        log.debug("a client sent a malformed request")

    def handle_error(
        self,
        t: type[BaseException] | None,
        v: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log what the app raised, and answer 500 if nothing was answered yet."""
        if isinstance(v, gevent.GreenletExit):
            self.close_connection = True
            return
        # A connection that broke while the answer was sent is nobody's error.
        level = logging.DEBUG if isinstance(v, OSError) and self.headers_sent else logging.ERROR
        log.log(level, "a request failed", exc_info=(t, v, tb) if t and v else None)
        self.close_connection = True
        if not self.headers_sent:
            body = b'{"error":{"code":"internal"}}'
            headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
            with suppress(OSError):
                self.start_response("500 Internal Server Error", headers)
                self.write(body)

    def _has_more(self) -> bool:
        try:
            return bool(self.rfile.peek(1))
        except (OSError, ValueError):  # ValueError: the app has closed it
            return False

    def _stop_waiting(self) -> None:
        self.server.waiting.discard(gevent.getcurrent())
        if self._head is not None:
            self._head.close()


class Body(Input):
    """A request's body, which must come at a sensible speed."""

    __slots__ = ("_deadline",)

    def __init__(self, plain: Input) -> None:
        super().__init__(plain.rfile, plain.content_length, plain.socket, plain.chunked_input)
        self._deadline = monotonic() + BODY_TIMEOUT + (plain.content_length or 0) / BODY_RATE

    @property
    def is_read(self) -> bool:
        """Whether the next request follows."""
        if self.chunked_input:
            return self.chunk_length == 0
        return self.position >= (self.content_length or 0)

    def read(self, length: int | None = None) -> bytes:
        """Return up to ``length`` bytes; TimeoutError when they come too slowly."""
        with self._in_time():
            return super().read(length)

    def readline(self, size: int | None = None) -> bytes:
        """Return a line; TimeoutError when it comes too slowly."""
        with self._in_time():
            return super().readline(size)

    def _in_time(self) -> gevent.Timeout:
        return gevent.Timeout(max(self._deadline - monotonic(), 0.001), TimeoutError)

    def _discard(self) -> None:
        """Read a little of what the app didn't; pywsgi reads all of it, however much is said."""
        self.send_100_continue_enabled = False
        left = 0 if self.is_read else LEFTOVER
        with suppress(OSError), gevent.Timeout(LEFTOVER_TIMEOUT, TimeoutError):
            while left > 0 and (data := self.read(CHUNK)):
                left -= len(data)


class _Head:
    """The lines of a request's head, up to ``HEAD_SIZE`` bytes."""

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines = lines
        self._left = HEAD_SIZE

    def readline(self, limit: int) -> bytes:
        line = self._lines.readline(min(limit, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise ValueError("the head is too large")
        return line


def _asks_for_websocket(environ: "WSGIEnvironment") -> bool:
    has_body = "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ
    return not has_body and environ.get("HTTP_UPGRADE", "").lower() == "websocket"


def _is_number(text: str) -> bool:
    # int() takes more: "+1", "1_000", digits of other scripts.
    return re.fullmatch(r"[0-9]{1,18}", text) is not None


def _why(error: OSError) -> str:
    match error:
        case socket.gaierror():
            return "no such address."
        case PermissionError():
            return "this user may not; ports below 1024 belong to root."
    if error.errno == errno.EADDRINUSE:
        return "another program listens there. Set PORT to a free one, or stop that program."
    return f"{error.strerror}."


@contextmanager
def _on_signals(stop: Event) -> Iterator[None]:
    """Set ``stop`` on SIGTERM or SIGINT, and let the system end us if we are too busy to do it."""
    has_alarm = hasattr(signal, "setitimer")  # not on Windows
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}

    def begin(*_: object) -> None:
        if has_alarm and not stop.is_set():
            signal.setitimer(signal.ITIMER_REAL, END_TIMEOUT)
        stop.set()

    if has_alarm:
        before[signal.SIGALRM] = signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, begin)
    signal.signal(signal.SIGINT, begin)
    try:
        yield
    finally:
        if has_alarm:
            signal.setitimer(signal.ITIMER_REAL, 0)
        for each, handler in before.items():
            signal.signal(each, handler)


def _allow_many_sockets() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on Windows

        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        if now != resource.RLIM_INFINITY and now < wanted:
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
