"""One WebSocket to the server, as docs/protocol.md describes it."""

import asyncio
import json
from collections import deque
from contextlib import suppress
from typing import Any

from wsproto import ConnectionType, WSConnection, events
from wsproto.utilities import LocalProtocolError, ProtocolError

CHUNK = 65536
TARGET = "/socket.io/?EIO=4&transport=websocket"


class Lost(Exception):
    """The connection has ended, or was refused."""


class Line:
    """Sends and receives packets of Engine.IO."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._connection = WSConnection(ConnectionType.CLIENT)
        self._parts: list[str] = []
        self._arrived: deque[str] = deque()
        self._is_accepted = False

    @classmethod
    async def open(cls, port: int, cookie: str | None) -> "Line":
        """Shake hands, within the time that the caller allows."""
        line = cls(*await asyncio.open_connection("127.0.0.1", port))
        host = f"127.0.0.1:{port}"
        headers = [(b"Origin", f"http://{host}".encode())]
        if cookie:
            headers.append((b"Cookie", cookie.encode()))
        try:
            line._write(events.Request(host=host, target=TARGET, extra_headers=headers))
            while not line._is_accepted:
                await line._read()
        except BaseException:
            line.close()
            raise
        return line

    async def receive(self) -> str:
        """Return the next packet.

        Raises:
            Lost: no more will come.
        """
        while not self._arrived:
            await self._read()
        return self._arrived.popleft()

    def send(self, packet: str) -> None:
        """Send a packet; whether it arrives, nobody knows."""
        with suppress(LocalProtocolError):  # the server has said goodbye
            self._write(events.TextMessage(packet))

    def send_json(self, prefix: str, data: Any) -> None:
        self.send(prefix + json.dumps(data, ensure_ascii=False))

    def close(self) -> None:
        """Go without a word, as a phone in a tunnel does."""
        self._writer.transport.abort()

    def _write(self, event: events.Event) -> None:
        data = self._connection.send(event)
        if not self._writer.is_closing():
            self._writer.write(data)

    async def _read(self) -> None:
        try:
            data = await self._reader.read(CHUNK)
            self._connection.receive_data(data or None)
            for event in self._connection.events():
                self._take(event)
        except (OSError, ProtocolError) as error:
            raise Lost(type(error).__name__) from None

    def _take(self, event: events.Event) -> None:
        match event:
            case events.AcceptConnection():
                self._is_accepted = True
            case events.TextMessage():
                self._parts.append(event.data)
                if event.message_finished:
                    self._arrived.append("".join(self._parts))
                    self._parts.clear()
            case events.Ping():
                self._write(event.response())
            case events.CloseConnection():
                raise Lost(f"closed with {event.code}")
            case _:
                raise Lost(type(event).__name__)
