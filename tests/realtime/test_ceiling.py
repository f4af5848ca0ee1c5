"""Those who come back after an outage leave time for those who are here."""

from kell.core.realtime import ceiling
from kell.core.realtime.ceiling import Ceiling


def test_as_many_as_a_second_allows_come_in_at_once_and_no_more():
    gate = Ceiling(20)
    admitted = [gate.admits() for _ in range(50)]
    assert admitted[:20] == [True] * 20
    assert admitted.count(True) < 50


def test_with_time_there_is_room_again(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(ceiling, "monotonic", lambda: clock[0])
    gate = Ceiling(10)
    assert [gate.admits() for _ in range(12)] == [True] * 10 + [False] * 2
    clock[0] += 0.5
    assert [gate.admits() for _ in range(6)] == [True] * 5 + [False]
    clock[0] += 3600
    assert [gate.admits() for _ in range(11)] == [True] * 10 + [False]
