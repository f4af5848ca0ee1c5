"""A network that can be as bad as we like: one TCP proxy for each client."""

import asyncio
import contextlib
import random
import socket
import struct
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

CHUNK = 65536


@dataclass
class Flow:
    """One direction: how it carries bytes."""

    delay: float = 0.0  # seconds at most, for each piece
    slices: int = CHUNK  # bytes of a piece at most
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()

    def calm(self) -> None:
        """Carry everything at once."""
        self.delay, self.slices = 0.0, CHUNK
        self.open.set()


class Link:
    """The way of one client to the server.

    What is sent into a blocked direction isn't lost for ever, as TCP sends it again: it arrives
    when the direction opens, unless the connection has ended by then. The news of an end are held
    back too.
    """

    def __init__(self, server_port: int, rng: random.Random) -> None:
        self._server_port = server_port
        self._rng = rng
        self.port = 0
        self.up = Flow()
        self.down = Flow()
        self._ends: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: asyncio.Server | None = None
        self._is_closed = False

    async def open(self) -> "Link":
        """Listen on a free port."""
        self._listener = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def close(self) -> None:
        """End everything."""
        assert self._listener is not None
        self._is_closed = True
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.cut()

    def calm(self) -> None:
        """Be a good network again."""
        self.up.calm()
        self.down.calm()

    def cut(self) -> None:
        """End all connections, on both sides."""
        for end in tuple(self._ends):
            end.close()

    def reset(self) -> None:
        """End all connections with RST."""
        for end in tuple(self._ends):
            sock: socket.socket = end.get_extra_info("socket")
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            end.transport.abort()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A coroutine here might be cancelled before it began, and nobody would close the writer.
        if self._is_closed:
            writer.close()
            return
        self._ends.add(writer)
        self._spawn(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            self._ends.discard(writer)
            writer.close()
            return
        self._ends.add(server[1])
        self._spawn(self._pipe(reader, server[1], self.up))
        self._spawn(self._pipe(server[0], writer, self.down))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pipe(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, flow: Flow
    ) -> None:
        """Carry one direction to its end, and then tell its target that it is over."""
        try:
            while data := await source.read(CHUNK):
                while data:
                    piece, data = data[: flow.slices], data[flow.slices :]
                    await flow.open.wait()
                    if flow.delay:
                        await asyncio.sleep(self._rng.uniform(0, flow.delay))
                    if target.is_closing():
                        return
                    target.write(piece)
                    await target.drain()
            await flow.open.wait()
        except OSError:
            # Whoever closed it knows; the other side hears it from the other direction.
            await flow.open.wait()
        finally:
            self._ends.discard(target)
            target.close()
