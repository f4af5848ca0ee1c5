"""What waits to be written to one socket, and what a socket may cost."""

from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import Any

from gevent.event import Event
from gevent.queue import Empty

from kell.core.realtime.frames import text_frame

# A close code of our own: what waited for this reader was dropped; connect again and sync.
RESYNC = 4000

# Bytes of small frames that one system call takes.
_TOGETHER = 16 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one socket may cost. Times are in seconds."""

    message: int = 64 * 1024  # bytes of one message from the client
    backlog: int = 512  # packets that wait for the client
    backlog_size: int = 4 * 1024 * 1024  # and the characters in them
    connect: float = 5.0  # until a namespace has accepted the client
    stall: float = 10.0  # without progress in sending
    goodbye: float = 2.0  # for the client to answer a close frame
    ping_interval: float = 15.0
    ping_timeout: float = 10.0
    handshakes_per_second: int = 300  # of strangers, and as many again of who is known
    deciding: int = 16  # let in at a time: a stranger more comes again
    sockets_per_place: int = 500
    handshakes_per_place: int = 50  # a second
    ends_per_second: int = 2000  # sockets whose end is handled, of all that end at once


class Ready:
    """Whole frames, in the place of a packet: made once for everybody who gets them."""

    __slots__ = ("frames",)

    def __init__(self, frames: bytes) -> None:
        self.frames = frames

    def encode(self) -> bytes:
        """Return what is written (engineio asks)."""
        return self.frames


class Backlog:
    """What waits to be written to one socket: engineio's queue for it, with a bound.

    What was taken is being written: a packet, or several small ones together.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._packets: deque[Any] = deque()
        self._size = 0
        self._filled = Event()
        self._since = 0.0
        self.verdict: tuple[int, str] | None = None

    def put(self, packet: Any) -> None:
        """Add a packet, or engineio's mark for the end (None); never waits."""
        if self.verdict:
            return
        size = _size(packet)
        if self._is_full(size) and packet is not None:
            self.end(RESYNC, "resync", drop=True)
            return
        self._packets.append(packet)
        self._size += size
        self._filled.set()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: FBT001, FBT002
        """Take the next packet (the arguments are engineio's)."""
        # An event that is set may still yield; the writer goes on while there is something.
        if not block or not (self._packets or self._filled.wait(timeout)):
            raise Empty
        packet = self._packets.popleft()
        self._size -= _size(packet)
        if self._packets and packet is not None:
            packet = self._with_more(packet)
        if not self._packets:
            self._filled.clear()
        return packet

    def is_empty(self) -> bool:
        """Say whether nothing waits."""
        return not self._packets

    def end(self, code: int, reason: str = "", *, drop: bool = False) -> None:
        """Close the socket with this code when what waits is sent, or at once with ``drop``."""
        if self.verdict:
            return
        if drop:
            self._packets.clear()
            self._size = 0
        self.put(None)
        self.verdict = code, reason
        self._since = monotonic()

    def is_overdue(self) -> bool:
        """Say whether the goodbye was due so long ago that the peer must be doing it on purpose."""
        return self.verdict is not None and monotonic() - self._since > self._limits.stall

    def task_done(self) -> None:
        """Nobody counts."""

    def join(self) -> None:
        """Don't wait: the writer outlives whoever hung up, and it may have ended before."""

    def _with_more(self, packet: Any) -> Ready:
        """Return a packet with those that follow it, for one system call."""
        frames = [_frame(packet)]
        left = _TOGETHER - len(frames[0])
        while self._packets and (following := self._packets[0]) is not None:
            left -= _size(following)
            if left < 0:
                break
            self._size -= _size(self._packets.popleft())
            frames.append(_frame(following))
        return Ready(b"".join(frames))

    def _is_full(self, size: int) -> bool:
        # One packet is always taken, however large.
        return len(self._packets) >= self._limits.backlog or (
            bool(self._packets) and self._size + size > self._limits.backlog_size
        )


def _frame(packet: Any) -> bytes:
    return packet.frames if isinstance(packet, Ready) else text_frame(packet.encode().encode())


def _size(packet: Any) -> int:
    if isinstance(packet, Ready):
        return len(packet.frames)
    data = getattr(packet, "data", None)
    return len(data) if isinstance(data, str) else 0
