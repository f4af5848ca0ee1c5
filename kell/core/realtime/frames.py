"""WebSocket frames of the kind that nearly all are: whole short texts (RFC 6455, 5.2).

wsproto takes five times as long for them. Every other frame is left to it.
"""

from typing import NamedTuple


class Text(NamedTuple):
    """A message, and where in the data its frame ends."""

    text: str
    end: int


def read_text(data: bytes, start: int, most: int) -> Text | None:
    """Return the client's frame at ``start`` if it is a whole text of at most ``most`` bytes."""
    left = len(data) - start
    # The final frame of a text, without extensions, masked as a client's must be.
    if left < 6 or data[start] != 0x81 or not (size := data[start + 1] - 0x80) >= 0:
        return None
    at = start + 2
    if size > 125:
        if size > 126 or left < 8:
            return None
        size, at = int.from_bytes(data[at : at + 2]), at + 2
    end = at + 4 + size
    # A length that needs no second number must not have one.
    if end > len(data) or size > most or (at > start + 2 and size < 126):
        return None
    mask = data[at : at + 4] * (size // 4 + 1)
    plain = int.from_bytes(data[at + 4 : end]) ^ int.from_bytes(mask[:size])
    try:
        return Text(plain.to_bytes(size).decode(), end)
    except UnicodeDecodeError:
        return None


def text_frame(payload: bytes) -> bytes:
    """Return a whole message as one frame."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2) + payload
    return b"\x81\x7f" + size.to_bytes(8) + payload
