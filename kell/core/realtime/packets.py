"""What may come in a packet from a browser, and the JSON inside."""

import re
from typing import Any

import orjson
from socketio import packet

from kell.core.wire import plain

# Commands are flat; what is nested deeper was made to hurt.
MAX_DEPTH = 16

# Engine.IO: close, pong, and messages that hold Socket.IO's connect, disconnect, event and ack.
# What is left out: client pings and upgrades (there is one transport) and everything binary.
_KNOWN = re.compile(r"[13]\Z|4[0-3]")

# They are told to the server's own handlers; a client that could send them would be believed.
_RESERVED = {"connect", "connect_error", "disconnect", "disconnecting"}

_DUMPS = orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME


class BadPacket(Exception):
    """The client sent what no client may send; its socket is closed, and nobody is told more."""


class JSON:
    """orjson in the shape that python-socketio's ``json=`` wants."""

    @staticmethod
    def dumps(value: object, **_: object) -> str:
        """Return ``value`` as JSON; a time that isn't in the wire's form yet is a TypeError."""
        return JSON.encode(value).decode()

    @staticmethod
    def encode(value: object) -> bytes:
        """Return the same as UTF-8."""
        return orjson.dumps(value, default=plain, option=_DUMPS)

    @staticmethod
    def loads(text: str | bytes, **_: object) -> Any:
        """Return what ``text`` says.

        Raises:
            ValueError: it isn't JSON, or nested deeper than ``MAX_DEPTH``.
        """
        value = orjson.loads(text)
        # What opens less can't be deeper: most needn't be looked through.
        if _brackets(text) > MAX_DEPTH and _is_deeper(value, MAX_DEPTH):
            raise ValueError("nested too deep")
        return value


class Packet(packet.Packet):  # type: ignore[misc]  # python-socketio has no types
    """A Socket.IO packet without attachments, whose shape is checked before anyone looks inside.

    The stock class leaves the shape to the code behind it, which logs a traceback for each odd
    packet and goes on; and it takes binary packets, whose announced attachments pile up.
    """

    uses_binary_events = False
    json = JSON

    def decode(self, encoded_packet: str) -> int:
        """Fill this packet from ``encoded_packet``.

        Raises:
            BadPacket: it is malformed, or of a kind that clients don't send.
        """
        try:
            attachments = super().decode(encoded_packet)
        except (ValueError, IndexError):
            raise BadPacket from None
        if attachments or not self._is_well_formed():
            raise BadPacket
        return 0

    def _is_well_formed(self) -> bool:
        data = self.data
        match self.packet_type:
            case packet.CONNECT:
                return self.id is None and (data is None or isinstance(data, dict))
            case packet.DISCONNECT:
                return self.id is None and data is None
            case packet.EVENT:
                return is_event(data)
            case packet.ACK:
                # The stock manager keeps its counter under the id 0.
                return isinstance(data, list) and bool(self.id)
        return False


def is_event(data: Any) -> bool:
    """Say whether the data of an event begin with a name that a client may use."""
    named = isinstance(data, list) and data and isinstance(data[0], str)
    return bool(named) and data[0] not in _RESERVED


def is_known(text: str) -> bool:
    """Say whether an Engine.IO packet is of a kind that a client sends."""
    return _KNOWN.match(text) is not None


def _brackets(text: str | bytes) -> int:
    if isinstance(text, bytes):
        return text.count(b"[") + text.count(b"{")
    return text.count("[") + text.count("{")


def _is_deeper(value: object, depth: int) -> bool:
    if isinstance(value, dict):
        return depth == 0 or any(_is_deeper(each, depth - 1) for each in value.values())
    if isinstance(value, list):
        return depth == 0 or any(_is_deeper(each, depth - 1) for each in value)
    return False
