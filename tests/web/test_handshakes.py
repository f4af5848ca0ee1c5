"""Who may shake hands: strangers keep nobody out who is known, and no address has them all."""

from functools import partial

import pytest
import websocket
from gevent.event import Event

from kell import app as application
from kell.core.realtime.backlog import Limits
from kell.web.visitor.namespace import VisitorDoor
from tests import factories
from tests.people import wait_until

NOBODY = "__Host-kell=" + 43 * "A"


@pytest.fixture
def crowded(monkeypatch, database_url, tmp_path):
    """A house that lets in two of each kind, then one in a while."""
    limits = partial(Limits, handshakes_per_second=2)
    monkeypatch.setattr(application, "SocketLimits", limits)
    # Nothing comes free while the test runs.
    monkeypatch.setattr("kell.core.realtime.ceiling.monotonic", lambda: 0.0)
    with factories.house(database_url, tmp_path / "data") as house:
        yield house


@pytest.fixture
def known_proxy(database_url, tmp_path):
    """A house behind a proxy, with room for three sockets an address."""
    settings = {"KELL_TRUSTED_PROXIES": "127.0.0.1", "KELL_SOCKETS_PER_ADDRESS": "3"}
    with factories.house(database_url, tmp_path / "data", **settings) as house:
        yield house


@pytest.fixture
def crowded_proxy(monkeypatch, database_url, tmp_path):
    """A house behind a proxy that lets in one an address, and two in all, in the same second."""
    limits = partial(Limits, handshakes_per_second=2, handshakes_per_place=1)
    monkeypatch.setattr(application, "SocketLimits", limits)
    monkeypatch.setattr("kell.core.realtime.ceiling.monotonic", lambda: 0.0)
    settings = {"KELL_TRUSTED_PROXIES": "127.0.0.1"}
    with factories.house(database_url, tmp_path / "data", **settings) as house:
        yield house


@pytest.fixture
def knock():
    """Shake hands; give the status, and keep the socket open for the test."""
    opened = []

    def knock(house, cookie=None, address=None):
        url = house.base.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        headers = [f"X-Forwarded-For: {address}"] if address else []
        try:
            opened.append(
                websocket.create_connection(
                    url, header=headers, cookie=cookie, suppress_origin=True, timeout=10
                )
            )
        except websocket.WebSocketBadStatusException as refused:
            return refused.status_code
        return 101

    yield knock
    for each in opened:
        each.close()


def test_a_flood_of_strangers_keeps_no_operator_out(crowded, knock):
    operator = crowded.operator()
    cookie = operator.headers["Cookie"]
    assert [knock(crowded) for _ in range(6)] == [101, 101, 503, 503, 503, 503]
    assert [knock(crowded, cookie) for _ in range(3)] == [101, 101, 503]


def test_a_cookie_that_opens_nothing_makes_nobody_known(crowded, knock):
    assert [knock(crowded, NOBODY) for _ in range(4)] == [101, 101, 503, 503]
    assert knock(crowded, crowded.operator().headers["Cookie"]) == 101


def test_who_has_signed_out_is_a_stranger(crowded, knock):
    operator = crowded.operator()
    operator.post("logout")
    statuses = [knock(crowded, operator.headers["Cookie"]) for _ in range(3)]
    assert statuses == [101, 101, 503]


def test_where_letting_in_takes_long_strangers_come_again_and_do_not_queue_up(
    monkeypatch, database_url, tmp_path
):
    monkeypatch.setattr(application, "SocketLimits", partial(Limits, deciding=2))
    looked_up, identify = Event(), VisitorDoor.identify

    def slowly(self, environ, auth):
        looked_up.wait()
        return identify(self, environ, auth)

    monkeypatch.setattr(VisitorDoor, "identify", slowly)
    with factories.house(database_url, tmp_path / "data") as house:
        url = house.base.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"

        def come(cookie=None):
            socket = websocket.create_connection(
                url, cookie=cookie, suppress_origin=True, timeout=10
            )
            socket.send(f'40/visitor,{{"token":"{visitor.token}"}}')
            return socket

        def is_refused():
            try:
                come().close()
            except websocket.WebSocketBadStatusException as refused:
                return refused.status_code == 503
            return False

        visitor, cookie = house.visitor(), house.operator().headers["Cookie"]
        sockets = [come() for _ in range(2)]
        wait_until(is_refused, "a stranger more is sent away")
        sockets.append(come(cookie))
        looked_up.set()
        for each in sockets:
            each.recv()
            assert "welcome" in each.recv()
            each.close()
        wait_until(lambda: not is_refused(), "strangers come in again")


def test_an_address_has_so_many_sockets_and_no_more(known_proxy, knock):
    assert [knock(known_proxy, address="203.0.113.7") for _ in range(5)] == 3 * [101] + 2 * [429]
    assert knock(known_proxy, address="203.0.113.8") == 101


def test_an_address_takes_no_more_than_its_part_of_the_handshakes(crowded_proxy, knock):
    assert [knock(crowded_proxy, address="203.0.113.7") for _ in range(3)] == [101, 429, 429]
    assert knock(crowded_proxy, address="203.0.113.8") == 101


def test_a_network_of_ipv6_counts_as_one(known_proxy, knock):
    statuses = [knock(known_proxy, address=f"2001:db8::{number}") for number in range(1, 5)]
    assert statuses == [101, 101, 101, 429]


def test_operators_of_one_office_are_not_counted(known_proxy, knock):
    cookie = known_proxy.operator().headers["Cookie"]
    assert {knock(known_proxy, cookie, address="203.0.113.9") for _ in range(5)} == {101}


def test_who_leaves_makes_room(known_proxy):
    url = known_proxy.base.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    header = ["X-Forwarded-For: 203.0.113.10"]

    def come():
        return websocket.create_connection(url, header=header, suppress_origin=True, timeout=10)

    first = [come() for _ in range(3)]
    with pytest.raises(websocket.WebSocketBadStatusException):
        come()
    first.pop().close()

    def comes_in():
        try:
            first.append(come())
        except websocket.WebSocketBadStatusException:
            return False
        return True

    wait_until(comes_in, "there is room")
    for each in first:
        each.close()
