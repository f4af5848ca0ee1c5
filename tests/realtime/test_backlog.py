"""Who reads slowly gets whole frames, or is told to sync again; nobody else notices."""

import contextlib
import itertools
from typing import Any

import gevent
import pytest

from kell.core.realtime.backlog import Backlog, Limits
from kell.core.realtime.driver import Pace, WebSocket

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("silent")]

RESYNC = (4000, "resync")


@pytest.mark.parametrize(("count", "size"), [(400, 20_000), (40, 200_000)])
def test_a_reader_that_pauses_gets_whole_frames(
    start: Any, eventually: Any, count: int, size: int
) -> None:
    running = start(backlog_size=16 * 1024 * 1024)
    client = running.connected(receive_buffer=4096)
    (socket,) = running.sio.eio.sockets.values()
    for number in range(count):
        running.emit("blob", [number, "õ" * (size // 2)])
    left = [0]

    def stands_still() -> bool:
        left.append(len(socket.queue._packets))
        gevent.sleep(0.1)
        return left[-1] == left[-2] > 0

    eventually(stands_still)
    for number in range(count):
        assert client.event() == ["blob", [number, "õ" * (size // 2)]]
    assert client.call("echo", 1) == 1


def test_a_reader_that_stops_is_told_to_resync(running: Any, eventually: Any) -> None:
    stopped, good = running.connected(receive_buffer=4096), running.connected()
    numbers: list[int] = []

    def read() -> None:
        while len(numbers) < 3000:
            numbers.append(good.event()[1][0])

    reading = gevent.spawn(read)
    (socket,) = [
        each
        for sid, each in running.sio.eio.sockets.items()
        if running.sio.manager.sid_from_eio_sid(sid, "/chat") == stopped.sid
    ]
    for number in range(3000):
        running.emit("blob", [number, "x" * 4000])
        gevent.sleep(0)
        assert len(socket.queue._packets) <= 512
    reading.get(timeout=20)
    assert numbers == list(range(3000))

    # What had been begun comes whole, then the reason; nothing is left out between.
    for number in itertools.count():
        code, payload = stopped.frame()
        if code == 8:
            break
        assert payload == f'42/chat,["blob",[{number},"{"x" * 4000}"]]'.encode()
    assert (int.from_bytes(payload[:2], "big"), payload[2:].decode()) == RESYNC
    eventually(lambda: running.chat.left == [stopped.sid])
    eventually(lambda: running.holds()["sockets"] == 1)
    assert good.call("echo", 1) == 1


def test_packets_are_bounded_in_size_too(start: Any, eventually: Any) -> None:
    running = start(backlog_size=1_000_000)
    client = running.connected(receive_buffer=4096)
    for number in range(400):
        running.emit("blob", [number, "x" * 20_000])
        gevent.sleep(0)
    assert client.close_code() == RESYNC


def test_who_asks_much_at_once_gets_all_answers(running: Any, wire: Any) -> None:
    eager, other = running.connected(), running.connected()
    questions = b"".join(wire.frame(b'42/chat,1["echo","?"]') for _ in range(3000))
    asking = gevent.spawn(eager.socket.sendall, questions)
    answers = gevent.spawn(lambda: [eager.text() for _ in range(3000)])
    while not answers.ready():
        assert other.call("echo", 1) == 1
    asking.get()
    assert set(answers.get()) == {'43/chat,1["?"]'}


def test_one_packet_may_be_larger_than_the_bound(start: Any) -> None:
    client = (running := start(backlog_size=1000)).connected()
    running.emit("blob", "x" * 500_000)
    assert len(client.event()[1]) == 500_000


def test_nothing_is_sent_to_a_socket_that_is_to_end(running: Any) -> None:
    client = running.connected()
    (socket,) = running.sio.eio.sockets.values()
    for number in range(600):
        running.emit("blob", number)  # in one go: the writer had no chance
    assert socket.queue.verdict == RESYNC
    assert len(socket.queue._packets) == 1
    assert client.close_code() == RESYNC


def test_who_takes_nothing_for_long_is_cut_off(start: Any, wire: Any, eventually: Any) -> None:
    running = start(stall=0.3, backlog_size=64 * 1024 * 1024)
    client = running.connected(receive_buffer=4096)
    for number in range(300):
        running.emit("blob", [number, "x" * 100_000])
    eventually(lambda: running.chat.left == [client.sid])
    eventually(lambda: running.holds()["connections"] == 0)
    got = 0
    with contextlib.suppress(wire.Disconnected, ConnectionResetError):
        while client.frame()[0] == wire.TEXT:
            got += 1
        pytest.fail("there was a goodbye after half a frame")
    assert 0 < got < 300  # whole ones, then half of one and the end


def test_nothing_follows_half_a_frame(wire: Any) -> None:
    class Engine:
        queue = Backlog(Limits())

        def handle(self) -> None: ...

    class Stalling:
        written = b""

        def send(self, data: bytes, *_how: object) -> int:
            if self.written == b"\x81":
                self.written += b"!"
                raise TimeoutError
            self.written += bytes(data[:1])
            return 1

        def shutdown(self, how: int) -> None: ...

    driver = WebSocket(Engine().handle, None, limits=Limits(goodbye=0), pace=Pace(1))
    driver._peer = Stalling()
    with pytest.raises(TimeoutError):
        driver.send("message")
    with pytest.raises(BrokenPipeError):
        driver.send("another")
    driver.close()
    assert driver._peer.written == b"\x81!"


def test_a_goodbye_is_not_put_off_by_reading_slowly(start: Any, eventually: Any) -> None:
    running = start(stall=0.3)
    client = running.connected()
    (socket,) = running.sio.eio.sockets.values()
    running.emit("blob", "x" * 50_000_000)  # as long as it is read, there is progress

    def read_slowly() -> int:
        got = 0
        with contextlib.suppress(OSError):
            while data := client.socket.recv(65536):
                got += len(data)
                gevent.sleep(0.002)
        return got

    reading = gevent.spawn(read_slowly)
    eventually(lambda: not socket.queue._packets)
    socket.queue.end(1012, "restart")
    assert 0 < reading.get(timeout=30) < 50_000_000


def test_who_reads_no_pongs_is_not_kept_in_memory(start: Any, wire: Any, eventually: Any) -> None:
    running = start(stall=0.3)
    client = running.connected(receive_buffer=4096)
    client.socket.settimeout(0.2)
    # The server waits with reading while its answer can't be sent, and so we stall in turn.
    with contextlib.suppress(OSError):
        while True:
            client.socket.sendall(wire.frame(b"p" * 125, wire.PING) * 100)
    eventually(lambda: running.holds()["connections"] == 0)


def test_a_goodbye_is_not_waited_for_long(start: Any, eventually: Any) -> None:
    running = start(goodbye=0.2)
    client = running.connected()
    (socket,) = running.sio.eio.sockets.values()
    socket.queue.end(1012, "restart")
    # The client neither answers nor hangs up.
    eventually(lambda: running.holds()["connections"] == 0)
    assert client.close_code() == (1012, "restart")
