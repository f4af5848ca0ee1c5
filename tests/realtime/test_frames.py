"""What the driver makes of frames: RFC 6455, and a limit on everything."""

import contextlib
import random
import zlib
from typing import Any

import pytest
from gevent import pywsgi

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("silent")]


def test_messages_go_both_ways(running: Any) -> None:
    client = running.connected()
    for text in ("", "kellake", "звонок", "🔔" * 5000, "x" * 60_000):
        assert client.call("echo", text) == text


def test_no_extension_is_taken(running: Any) -> None:
    offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
    client = running.client(headers=offer)
    assert b"101 Switching Protocols" in client.answer
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in client.answer
    assert b"Extensions" not in client.answer
    assert client.connect().call("echo", 1) == 1


def test_a_compressed_frame_is_an_error(running: Any, wire: Any) -> None:
    client = running.connected()
    deflated = zlib.compress(b'42/chat,["echo"]')
    client.socket.sendall(wire.frame(deflated, reserved=0x40))
    assert client.close_code()[0] == 1002


@pytest.mark.parametrize(
    ("code", "payload"),
    [(1, b"\xff\xfe"), (1, b"4\xed\xa0\x80"), (8, b"\x03\xe8\xff")],
)
def test_invalid_utf8_closes_only_that_socket(
    running: Any, wire: Any, code: int, payload: bytes
) -> None:
    bad, good = running.connected(), running.connected()
    bad.socket.sendall(wire.frame(payload, code))
    assert bad.close_code()[0] == 1007
    assert bad.is_over()
    assert good.call("echo", 1) == 1


def test_binary_is_refused(running: Any, wire: Any) -> None:
    client = running.connected()
    client.socket.sendall(wire.frame(b"\0\1", wire.BINARY))
    assert client.close_code() == (1003, "text only")


def test_a_fragment_of_a_binary_message_is_enough(running: Any, wire: Any) -> None:
    client = running.connected()
    client.socket.sendall(wire.frame(b"\0", wire.BINARY, final=False))
    assert client.close_code()[0] == 1003


def test_a_message_may_have_64_kib(running: Any) -> None:
    frame_around = len('42/chat,1["echo",""]')
    client = running.connected()
    assert len(client.call("echo", "x" * (65536 - frame_around))) == 65536 - frame_around
    client.send('42/chat,1["echo","' + "x" * (65536 - frame_around + 1) + '"]')
    assert client.close_code() == (1009, "at most 65536 bytes")
    assert client.is_over()


def test_who_sends_too_much_hears_why(running: Any, wire: Any) -> None:
    client = running.connected()
    message = wire.frame(b"4" * 900_000)
    client.socket.sendall(message[:100_000])
    assert client.close_code()[0] == 1009
    # What is still under way doesn't make the kernel reset the connection.
    for begin in range(100_000, 900_000, 100_000):
        client.socket.sendall(message[begin : begin + 100_000])
    assert client.reader.read() == b""


def test_bytes_are_counted_not_characters(running: Any) -> None:
    client = running.connected()
    client.send('42/chat,1["echo","' + "ö" * 33_000 + '"]')
    assert client.close_code()[0] == 1009


def test_fragments_make_one_message(running: Any, wire: Any) -> None:
    client = running.connected()
    message = '42/chat,1["echo","õhtu"]'.encode()
    client.socket.sendall(wire.frame(message[:19], final=False))
    client.socket.sendall(wire.frame(b"now", wire.PING))
    # A letter of two bytes is cut in half.
    client.socket.sendall(wire.frame(message[19:20], 0, final=False))
    client.socket.sendall(wire.frame(message[20:], 0))
    assert client.frame() == (wire.PONG, b"now")
    assert client.text() == '43/chat,1["õhtu"]'


def test_fragments_are_counted_as_they_come(running: Any, wire: Any) -> None:
    client = running.connected()
    client.socket.sendall(wire.frame(b"4" * 40_000, final=False))
    client.socket.sendall(wire.frame(b"4" * 40_000, 0, final=False))
    assert client.close_code()[0] == 1009


def test_endless_empty_fragments_are_refused(running: Any, wire: Any) -> None:
    client = running.connected()
    client.socket.sendall(wire.frame(b"4", final=False) + wire.frame(b"", 0, final=False) * 5000)
    assert client.close_code()[0] == 1009


@pytest.mark.parametrize("text", ["", "2", "2probe", "5", "6", "4", "b4AAAA", "x", "²", "٤2[]"])
def test_what_no_client_sends_is_refused(running: Any, text: str) -> None:
    client = running.connected()
    client.send(text)
    assert client.close_code() == (1008, "bad packet")


def test_an_unmasked_frame_is_an_error(running: Any) -> None:
    client = running.connected()
    client.socket.sendall(b"\x81\x01" + b"3")
    assert client.close_code()[0] == 1002


def test_the_clients_goodbye_is_answered(running: Any, wire: Any, eventually: Any) -> None:
    client = running.connected()
    client.socket.sendall(wire.frame(b"\x0f\xa1bye", wire.CLOSE))
    assert client.close_code() == (4001, "")
    assert client.is_over()
    eventually(lambda: running.chat.left == [client.sid])


def test_a_goodbye_without_a_code_is_answered_alike(running: Any, wire: Any) -> None:
    client = running.connected()
    client.socket.sendall(wire.frame(b"", wire.CLOSE))
    assert client.frame() == (wire.CLOSE, b"")
    assert client.is_over()


@pytest.mark.parametrize("seed", range(5))
def test_noise_ends_its_own_socket(running: Any, wire: Any, eventually: Any, seed: int) -> None:
    chance = random.Random(seed)
    good = running.connected()
    for _ in range(20):
        client = running.connected()
        with contextlib.suppress(OSError):
            for _ in range(20):
                payload = chance.randbytes(chance.choice([0, 1, 2, 5, 125, 126, 300, 70_000]))
                code = chance.choice([0, 1, 1, 2, 8, 9, 10, chance.randrange(16)])
                options = {"final": chance.random() < 0.8, "reserved": chance.choice([0, 0, 64])}
                client.socket.sendall(wire.frame(payload, code, **options))
            client.socket.sendall(chance.randbytes(1000))
        client.close()
        assert good.call("echo", 1) == 1
    eventually(lambda: len(running.chat.left) == 20)


def test_a_stock_client_gets_on_with_it(running: Any, wire: Any) -> None:
    with wire.socketio.SimpleClient() as client:
        url = f"http://127.0.0.1:{running.port}"
        client.connect(url, namespace="/chat", transports=["websocket"])
        assert client.call("echo", {"a": ["õ"]}) == {"a": ["õ"]}
        running.emit("news", 1)
        assert client.receive(timeout=5) == ["news", 1]


def test_frames_that_come_with_the_request_are_not_lost(running: Any, wire: Any) -> None:
    client = running.client(early=wire.frame(b"40/chat,"))
    assert client.text().startswith("0{")
    assert client.text().startswith("40/chat,{")


def test_the_stock_pywsgi_server_will_do(running: Any, wire: Any, eventually: Any) -> None:
    app = wire.socketio.WSGIApp(running.sio)
    with pywsgi.WSGIServer(("127.0.0.1", 0), app, log=None) as server:
        server.start()
        for closing in (wire.frame(b"\x03\xe8", wire.CLOSE), wire.frame(b"\xff"), b""):
            client = wire.Client(server.server_port).connect()
            assert client.call("echo", 1) == 1
            # What comes after a goodbye is no request.
            client.socket.sendall(closing + b"GET / HTTP/1.1\r\n")
            client.reset()
        eventually(lambda: len(running.chat.left) == 3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Connection: keep-alive, Upgrade\r\n", ""),
        ("Upgrade: websocket\r\n", ""),
        ("Version: 13", "Version: 8"),
        ("dGhlIHNhbXBsZSBub25jZQ==", "short"),
        ("dGhlIHNhbXBsZSBub25jZQ==", "ключ"),
        ("HTTP/1.1", "HTTP/1.0"),
        ("transport=websocket", "transport=polling"),
        ("EIO=4", "EIO=3"),
        ("EIO=4", "EIO=4&sid=another"),
        ("EIO=4", "EIO=4&j=0&b64=1&transport=polling"),
        ("GET /", "POST /"),
        ("Upgrade: websocket\r\n", "Upgrade: websocket\r\nContent-Length: 9\r\n"),
    ],
)
def test_half_a_handshake_leaves_nothing(running: Any, wire: Any, old: str, new: str) -> None:
    request = wire.handshake().decode().replace(old, new)
    with wire.socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(request.encode())
        connection.shutdown(wire.socket.SHUT_WR)
        with connection.makefile("rb") as reader:
            assert reader.read().split()[1] in {b"400", b"426"}
    assert running.holds()["sockets"] == running.holds()["environ"] == 0
