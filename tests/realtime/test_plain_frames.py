"""What is read past wsproto is what wsproto reads; everything else is left to it."""

import pytest
from wsproto import events
from wsproto.connection import Connection, ConnectionType

from kell.core.realtime.frames import read_text, text_frame

pytestmark = pytest.mark.once

MOST = 64 * 1024


def sent(text: str, *, finished: bool = True) -> bytes:
    """Return the frame that a client sends."""
    event = events.TextMessage(text, message_finished=finished)
    return Connection(ConnectionType.CLIENT).send(event)


@pytest.mark.parametrize("size", [0, 1, 5, 125, 126, 127, 1000, MOST - 1])
@pytest.mark.parametrize("letter", ["x", "õ"])
def test_a_whole_text_is_read_wherever_it_stands(size: int, letter: str) -> None:
    text = (letter * size).encode()[:size].decode(errors="ignore")
    frame = sent(text)
    assert read_text(frame, 0, MOST) == (text, len(frame))
    assert read_text(b"before" + frame + b"after", 6, MOST) == (text, len(frame) + 6)


@pytest.mark.parametrize("size", [1, 200])
def test_half_a_frame_is_not_read(size: int) -> None:
    frame = sent("x" * size)
    assert all(read_text(frame[:end], 0, MOST) is None for end in range(len(frame)))


@pytest.mark.parametrize(
    "frame",
    [
        sent("x" * 101),  # longer than allowed here
        sent("x" * 70_000),
        sent("part", finished=False),
        Connection(ConnectionType.CLIENT).send(events.BytesMessage(b"x")),
        Connection(ConnectionType.CLIENT).send(events.Ping(b"x")),
        text_frame(b"not masked"),
        b"\xc1\x80\0\0\0\0",  # said to be compressed
        b"\x81\xfe\0\x01\0\0\0\0x",  # a length in two bytes that needs one
        b"\x81\x81\0\0\0\0\xff",  # no UTF-8
    ],
)
def test_every_other_frame_is_left_alone(frame: bytes) -> None:
    assert read_text(frame, 0, 100) is None


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_a_frame_of_ours_is_a_whole_text(size: int) -> None:
    client = Connection(ConnectionType.CLIENT)
    client.receive_data(text_frame(b"x" * size))
    read = list(client.events())
    assert "".join(each.data for each in read) == "x" * size
    assert read[-1].message_finished
