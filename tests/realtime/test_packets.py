"""What may stand in a packet. What may not ends one socket and is nobody's traceback."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from socketio import packet

from kell.core.realtime.packets import JSON, MAX_DEPTH, BadPacket, Packet

pytestmark = pytest.mark.once


def test_json_is_what_socketio_expects() -> None:
    assert JSON.dumps({"õ": [1, None]}, separators=(",", ":")) == '{"õ":[1,null]}'
    assert JSON.loads('{"õ":[1,null]}') == {"õ": [1, None]}


def test_a_time_is_never_sent_in_a_form_that_is_not_the_wires() -> None:
    with pytest.raises(TypeError):
        JSON.dumps({"at": datetime.now(UTC)})


@pytest.mark.parametrize("text", ["", "{", '"\\ud800"', "NaN", "[" * 100_000])
def test_invalid_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        JSON.loads(text)


def test_depth_is_limited() -> None:
    assert JSON.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    with pytest.raises(ValueError, match="nested"):
        JSON.loads('{"a":' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1))


@given(st.text(alphabet='0123456789-/,[]{}":abcé²٣"', min_size=1) | st.text(min_size=1))
@example('2["connect",{}]')
@example("3-1[]")
@example("2" + "1" * 200 + "[]")
def test_any_text_is_a_good_packet_or_a_bad_one(text: str) -> None:
    try:
        got = Packet(encoded_packet=text)
    except BadPacket:
        return
    assert got.packet_type in {packet.CONNECT, packet.DISCONNECT, packet.EVENT, packet.ACK}
    if got.packet_type == packet.EVENT:
        assert isinstance(got.data[0], str)


GARBAGE = [
    "42",
    "42/chat,",
    "42/chat,[",
    "42/chat,{}",
    "42/chat,[]",
    "42/chat,[1]",
    '42/chat,[{"a":1}]',
    '42/chat,["disconnect"]',
    '42/chat,["connect",{}]',
    '42/chat,["echo","\\ud800"]',
    '42/chat,["echo",' + "[" * 30_000,
    '42/chat,["echo",' + "[" * 200 + "]" * 200 + "]",
    '429999999999-/chat,["echo"]',
    '4510-["echo",{"_placeholder":true,"num":0}]',
    '459999999999-/chat,["echo"]',
    '461-/chat,1["echo"]',
    '421-/chat,["echo"]',
    "42/chat," + "1" * 101 + '["echo"]',
    "40/chat,1",
    "40/chat,[]",
    "43/chat,[]",
    "43/chat,0[1]",
    '43/chat,1{"a":1}',
    "44/chat,{}",
    "47/chat,{}",
    '4{"type":2,"data":["echo"]}',
]


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_ends_its_own_socket_silently(running: Any, eventually: Any, text: str) -> None:
    bad, good = running.connected(), running.connected()
    bad.send(text)
    bad.send('42/chat,1["echo","after"]')
    assert bad.close_code() == (1008, "bad packet")
    eventually(lambda: running.chat.left == [bad.sid])
    assert good.call("echo", "here") == "here"


@pytest.mark.usefixtures("silent")
def test_garbage_before_login_too(running: Any) -> None:
    for text in GARBAGE:
        client = running.client()
        client.send(text)
        assert client.close_code() == (1008, "bad packet")


def test_a_bug_in_a_handler_is_logged(running: Any, caplog: pytest.LogCaptureFixture) -> None:
    client = running.connected()
    client.send('42/chat,["fail","typed by somebody"]')
    assert client.call("echo", 1) == 1
    (record,) = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert record.exc_info
    assert "typed by somebody" not in caplog.text
