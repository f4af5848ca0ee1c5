"""The one place that sends: frames after their commit, hints that nobody waits for."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import gevent
from gevent.event import Event
from socketio import Server

from kell.core.db import Frame
from kell.core.realtime.events import emit

log = logging.getLogger(__name__)


class Hub:
    """Sends frames to rooms of sockets, and wakes whoever waits for a room over plain HTTP.

    ``numbers`` counts, per stream, the frames that this process has sent: a browser that sees a
    hole in it reads its lists again.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._waiting: dict[tuple[str, str], set[Event]] = defaultdict(set)
        self.numbers: dict[str, int] = defaultdict(int)

    def deliver(self, frames: Sequence[Frame]) -> None:
        """Send what has been committed."""
        for frame in frames:
            if frame.stream is not None:
                self.numbers[frame.stream] += 1
                frame.data["n"] = self.numbers[frame.stream]
            self._emit(frame)
            for room in frame.rooms if self._waiting else ():
                for waiting in self._waiting.get((frame.namespace, room), ()):
                    waiting.set()
            if frame.disconnects:
                self.disconnect(frame.namespace, frame.rooms, skip=frame.skip)

    def whisper(self, frame: Frame) -> None:
        """Send what is stored nowhere and may get lost, such as typing."""
        self._emit(frame)

    def disconnect(self, namespace: str, rooms: Iterable[str], *, skip: str | None = None) -> None:
        """End the sockets that are in these rooms, but not that of ``skip``."""
        for room in rooms:
            for sid in [each for each, _ in self._members(namespace, room)]:
                if sid != skip:
                    self._server.disconnect(sid, namespace=namespace)

    def disconnect_after(self, namespace: str, sid: str) -> None:
        """End a socket as soon as the command that runs for it has been answered."""
        gevent.spawn(self._server.disconnect, sid, namespace=namespace)

    def anybody(self) -> bool:
        """Say whether anybody is connected to this process, or waits here."""
        return bool(self._waiting) or any(map(len, self._server.manager.rooms.values()))

    def sockets_of(self, namespace: str) -> int:
        """Return how many sockets of this process are in a namespace."""
        return self.sockets_in(namespace, None)

    def sockets_in(self, namespace: str, room: str | None) -> int:
        """Return how many sockets of this process are in a room; None is that of all."""
        return len(self._server.manager.rooms.get(namespace, {}).get(room, ()))

    def waiting_in(self, namespace: str, room: str) -> int:
        """Return how many requests wait for a room."""
        return len(self._waiting.get((namespace, room), ()))

    def wake_all(self) -> None:
        """End every wait: this process stops."""
        for waiting in [each for room in self._waiting.values() for each in room]:
            waiting.set()

    def rooms(self, namespace: str, prefix: str) -> set[str]:
        """Return what follows ``prefix`` in the names of the rooms that anybody here is in."""
        known = self._server.manager.rooms.get(namespace, {})
        return {name.removeprefix(prefix) for name in known if name and name.startswith(prefix)}

    @contextmanager
    def waiting_for(self, namespace: str, rooms: Iterable[str]) -> Iterator[Event]:
        """Give an event that is set by the next frame to one of the rooms. Read after entering."""
        woken = Event()
        keys = [(namespace, room) for room in rooms]
        for key in keys:
            self._waiting[key].add(woken)
        try:
            yield woken
        finally:
            for key in keys:
                self._waiting[key].discard(woken)
                if not self._waiting[key]:
                    del self._waiting[key]

    def _emit(self, frame: Frame) -> None:
        emit(self._server, frame.namespace, frame.rooms, frame.event, frame.data, skip=frame.skip)

    def _members(self, namespace: str, room: str) -> Iterable[tuple[str, Any]]:
        if namespace not in self._server.manager.rooms:
            return []
        return list(self._server.manager.get_participants(namespace, room))
