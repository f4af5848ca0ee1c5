"""Which socket is in which namespace and room, and which is in none."""

from collections import defaultdict
from collections.abc import Callable
from time import monotonic
from typing import Any

import gevent
from socketio import Manager


class Unconnected:
    """Sockets that no namespace has accepted; after ``delay`` seconds of that they are closed.

    A greenlet watches while there are any.
    """

    def __init__(self, close: Callable[[str], None], delay: float) -> None:
        self._close = close
        self._delay = delay
        self._deadlines: dict[str, float] = {}
        self._is_watched = False

    def add(self, eio_sid: str) -> None:
        """Start the time of a socket. Trying again and again to be accepted doesn't renew it."""
        self._deadlines.setdefault(eio_sid, monotonic() + self._delay)
        if not self._is_watched:
            self._is_watched = True
            gevent.spawn(self._watch)

    def discard(self, eio_sid: str) -> None:
        """Forget a socket that was accepted or has gone."""
        self._deadlines.pop(eio_sid, None)

    def _watch(self) -> None:
        try:
            while self._deadlines:
                # All have the same delay: the first that came is the first that is due.
                eio_sid, deadline = next(iter(self._deadlines.items()))
                left = deadline - monotonic()
                if left > 0:
                    gevent.sleep(left)
                else:
                    self.discard(eio_sid)
                    self._close(eio_sid)
        finally:
            self._is_watched = False


class Membership(Manager):  # type: ignore[misc]  # python-socketio has no types
    """The stock manager with an index of the rooms of each socket, and of who is being let in.

    Without it every goodbye looks through all rooms of the namespace: with n sockets, each in a
    room of its own, losing all of them at once costs n² and holds the loop for seconds.
    """

    def __init__(self, unconnected: Unconnected) -> None:
        super().__init__()
        self._unconnected = unconnected
        self._joined: defaultdict[tuple[str, str], set[str | None]] = defaultdict(set)
        self._deciding: set[str] = set()

    @property
    def deciding(self) -> int:
        """How many have asked to come in and weren't answered yet."""
        return len(self._deciding)

    def pre_connect(self, eio_sid: str, namespace: str) -> Any:
        """Note that the namespace looks who it is."""
        sid = super().pre_connect(eio_sid, namespace)
        self._deciding.add(sid)
        return sid

    def connect(self, sid: str, namespace: str) -> Any:
        """Note that the namespace has accepted the socket."""
        self._deciding.discard(sid)
        sid = super().connect(sid, namespace)
        self._unconnected.discard(self.eio_sid_from_sid(sid, namespace))
        return sid

    def basic_enter_room(
        self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None
    ) -> None:
        """Put a socket into a room; the room ``None`` is the namespace itself."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._joined[namespace, sid].add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        """Take a socket out of a room."""
        super().basic_leave_room(sid, namespace, room)
        self._joined[namespace, sid].discard(room)
        if not self._joined[namespace, sid]:
            del self._joined[namespace, sid]

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        """Return the rooms that the socket is in, its own among them."""
        return [room for room in self._joined.get((namespace, sid), ()) if room is not None]

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Take a socket out of the namespace."""
        self._deciding.discard(sid)
        eio_sid = self.eio_sid_from_sid(sid, namespace)
        for room in tuple(self._joined.get((namespace, sid), ())):
            self.basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        _take_out(self.pending_connect, namespace, sid)
        _take_out(self.pending_disconnect, namespace, sid)
        if eio_sid is not None and not self._is_anywhere(eio_sid):
            self._unconnected.add(eio_sid)

    def _is_anywhere(self, eio_sid: str) -> bool:
        return any(self.sid_from_eio_sid(eio_sid, each) for each in self.get_namespaces())


def _take_out(pending: dict[str, list[str]], namespace: str, sid: str) -> None:
    if sid in pending.get(namespace, ()):
        pending[namespace].remove(sid)
        if not pending[namespace]:
            del pending[namespace]
