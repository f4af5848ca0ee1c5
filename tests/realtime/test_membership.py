"""Sockets that nobody accepted are closed, and those that are gone leave nothing behind."""

import gc
import random
import time
from typing import Any

import gevent
import pytest
import socketio

from kell.core.realtime.driver import Pace
from kell.core.realtime.membership import Membership, Unconnected

pytestmark = pytest.mark.once

SWEPT = (1008, "not connected")


@pytest.mark.usefixtures("silent")
def test_who_never_connects_is_closed(start: Any) -> None:
    running = start(connect=0.3)
    accepted, idle = running.connected(), running.client()
    begun = time.monotonic()
    assert idle.close_code() == SWEPT
    assert time.monotonic() - begun > 0.2
    assert accepted.call("echo", 1) == 1


@pytest.mark.usefixtures("silent")
def test_who_is_refused_is_closed_however_often_it_tries(start: Any) -> None:
    running = start(connect=0.5)
    client = running.client()
    assert client.text().startswith("0{")
    end = time.monotonic() + 5
    refusals = 0
    while time.monotonic() < end:
        client.send('40/chat,{"token":"wrong"}')
        code, payload = client.frame()
        if code == 8:
            break
        assert payload == b'44/chat,{"message":"unauthenticated"}'
        refusals += 1
        gevent.sleep(0.1)
    assert payload[2:] == b"not connected"
    assert refusals > 2


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("who", ["the client", "the server"])
def test_who_left_all_namespaces_is_closed(start: Any, eventually: Any, who: str) -> None:
    running = start(connect=0.2)
    client = running.connected()
    if who == "the client":
        client.send("41/chat,")
    else:
        running.sio.disconnect(client.sid, namespace="/chat")
        assert client.text() == "41/chat,"
    assert client.close_code() == SWEPT
    assert running.chat.left == [client.sid]


@pytest.mark.usefixtures("silent")
def test_only_namespaces_with_handlers_accept(start: Any) -> None:
    running = start(connect=0.2)
    client = running.client()
    assert client.text().startswith("0{")
    for name in ("", "/nobody,"):
        client.send(f"40{name}")
        assert client.text() == f'44{name}"Unable to connect"'
    assert client.close_code() == SWEPT


@pytest.mark.usefixtures("silent")
def test_nobody_waits_for_those_who_went(start: Any, eventually: Any) -> None:
    running = start(connect=3600)
    running.connected().close()
    running.client().close()
    eventually(lambda: not any(running.holds().values()))


def greenlets() -> int:
    gc.collect()
    found = [each for each in gc.get_objects() if isinstance(each, gevent.Greenlet)]
    return sum(not each.dead for each in found)


@pytest.mark.usefixtures("silent")
def test_nothing_is_left_of_those_who_went(start: Any, wire: Any, eventually: Any) -> None:
    # Engineio's next ping sleeps on for an interval after the socket has gone.
    running = start(ping_interval=0.2, connect=0.3, goodbye=0.2)
    running.connected().close()  # starts engineio's watch over all
    eventually(lambda: not any(running.holds().values()))
    before = greenlets()
    for number in range(200):
        match number % 8:
            case 0:
                running.connected().close()
            case 1:
                running.connected().reset()
            case 2:
                running.connected().send("41/chat,")
            case 3:
                running.connected().send("1")
            case 4:
                running.client().send('40/chat,{"token":"wrong"}')
            case 5:
                running.client().reset()
            case 6:
                running.connected().socket.sendall(wire.frame(b"\xff"))
            case 7:
                half = wire.socket.create_connection(("127.0.0.1", running.port))
                half.sendall(wire.handshake()[:-10])
                half.close()
    assert len(running.chat.left) < 200
    eventually(lambda: not any(running.holds().values()))
    eventually(lambda: greenlets() <= before)
    assert len(running.chat.left) == 1 + 125


@pytest.mark.usefixtures("silent")
@pytest.mark.parametrize("by", ["engineio", "the driver"])
def test_the_dead_are_noticed_without_a_word_from_them(
    start: Any, eventually: Any, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    if by == "the driver":
        # Engineio looks round when it comes to it; the driver is on time.
        monkeypatch.setattr("engineio.socket.Socket.check_ping_timeout", lambda _: True)
    running = start(ping_interval=0.2, ping_timeout=0.3)
    client = running.connected()

    def is_noticed() -> bool:
        running.emit("news", 1)
        return running.chat.left == [client.sid]

    eventually(is_noticed, seconds=1.5)
    eventually(lambda: not any(running.holds().values()))


def test_rooms_are_as_in_the_stock_manager() -> None:
    chance = random.Random(1)
    server = socketio.Server(async_mode="gevent")
    stock, ours = socketio.Manager(), Membership(Unconnected(lambda _: None, 0))
    sids: list[tuple[str, str, str]] = []
    for manager in (stock, ours):
        manager.set_server(server)
    for step in range(2000):
        action = chance.choice(["connect", "connect", "enter", "enter", "leave", "close", "end"])
        if action == "connect" or not sids:
            namespace = chance.choice(["/a", "/b"])
            pair = [each.connect(str(step), namespace) for each in (stock, ours)]
            sids.append((namespace, *pair))
            continue
        namespace, *pair = chance.choice(sids)
        room = f"room {chance.randrange(20)}"
        for manager, sid in zip((stock, ours), pair, strict=True):
            match action:
                case "enter":
                    manager.enter_room(sid, namespace, room)
                case "leave":
                    manager.leave_room(sid, namespace, room)
                case "close":
                    manager.close_room(room, namespace)
                case "end":
                    manager.pre_disconnect(sid, namespace)
                    manager.disconnect(sid, namespace)
        if action == "end":
            sids.remove((namespace, *pair))
        else:
            assert sorted(stock.get_rooms(pair[0], namespace)) == sorted(
                room if room != pair[1] else pair[0] for room in ours.get_rooms(pair[1], namespace)
            )
    assert {name: len(rooms) for name, rooms in stock.rooms.items()} == {
        name: len(rooms) for name, rooms in ours.rooms.items()
    }
    assert ours.pending_disconnect == ours.pending_connect == {}
    for namespace, _, sid in sids:
        ours.disconnect(sid, namespace)
    assert ours.rooms == ours._joined == {}


def test_what_ends_at_once_is_spread() -> None:
    pace, begun, ends = Pace(100), time.monotonic(), []

    def end() -> None:
        pace.wait()
        ends.append(time.monotonic() - begun)

    gevent.joinall([gevent.spawn(end) for _ in range(11)], raise_error=True)
    assert ends[0] < ends[-1]
    assert ends[-1] >= 0.1


@pytest.mark.usefixtures("silent")
def test_many_who_vanish_together_leave_the_others_alone(start: Any, eventually: Any) -> None:
    running = start(ends_per_second=500)
    good = running.connected()
    crowd = [running.connected() for _ in range(100)]
    for each in crowd:
        each.reset()
    reset, slowest = time.monotonic(), 0.0
    while len(running.chat.left) < 100:
        begun = time.monotonic()
        assert good.call("echo", 1) == 1
        slowest = max(slowest, time.monotonic() - begun)
    assert slowest < 0.5
    assert time.monotonic() - reset > 0.15
    eventually(lambda: running.holds()["connections"] == 1)


def test_a_bug_in_the_driver_leaves_nothing_either(
    running: Any,
    eventually: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = running.connected()
    # Engineio trips over a packet that the driver should not have let through.
    monkeypatch.setattr("kell.core.realtime.driver.is_known", lambda _: True)
    client.send("x")
    eventually(lambda: not any(running.holds().values()))
    assert running.chat.left == [client.sid]
    assert [each.name for each in caplog.records] == ["kell.serve"]
