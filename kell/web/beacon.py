"""Every 15 s each socket hears the revs of its open threads, read from the database.

A lost frame leaves a hole that the next frame shows; only the beacon shows that the last is lost.
"""

import logging
from collections import OrderedDict
from collections.abc import Iterable

import gevent
from typing_extensions import TypedDict

from kell.chat import queries
from kell.core import metrics
from kell.core.clock import now
from kell.core.db import Database, Frame
from kell.core.ids import Id
from kell.core.realtime.hub import Hub
from kell.core.wire import MomentText, closed, iso

log = logging.getLogger(__name__)

EVERY = 15.0
OPEN_AT_MOST = 20
SLICE = 200


@closed
class Beat(TypedDict):
    """The revs of the threads that are open on this client, as the database has them.

    ``counts`` holds, per team, the number of the last frame that this process has sent.
    """

    at: MomentText
    revs: dict[Id, int]
    counts: dict[Id, int]


class Beacon:
    """Knows which threads are open on which socket of this process."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._open: dict[str, tuple[str, OrderedDict[Id, None]]] = {}
        self._streams: dict[str, tuple[Id, ...]] = {}
        self._told: dict[str, dict[Id, int]] = {}

    def join(self, sid: str, namespace: str, streams: Iterable[Id] = ()) -> None:
        """Send beacons to this socket from now on."""
        self._open.setdefault(sid, (namespace, OrderedDict()))
        self._streams[sid] = tuple(streams)

    def watch(self, sid: str | None, conversation_id: Id) -> None:
        """Note that the thread is open there; the longest open one is dropped past 20."""
        if sid is None or sid not in self._open:
            return
        threads = self._open[sid][1]
        threads[conversation_id] = None
        threads.move_to_end(conversation_id)
        while len(threads) > OPEN_AT_MOST:
            threads.popitem(last=False)

    def synced(self, sid: str | None, side: str, conversation_id: Id, after: int, rev: int) -> None:
        """Note that a sync was asked for what came ``after``; count what it repaired."""
        self.watch(sid, conversation_id)
        if not 0 < after < rev:
            return
        metrics.GAP_REPAIRS.add(side)
        if after < self._told.get(sid or "", {}).get(conversation_id, 0):
            metrics.BEACON_MISMATCHES.add(side)

    def forget(self, sid: str) -> None:
        self._open.pop(sid, None)
        self._told.pop(sid, None)
        self._streams.pop(sid, None)

    def send(self, database: Database) -> None:
        """Send one beacon to every socket, in slices that let others through."""
        sids = list(self._open)
        for start in range(0, len(sids), SLICE):
            self._send_to(database, sids[start : start + SLICE])
            gevent.sleep(0)

    def _send_to(self, database: Database, sids: list[str]) -> None:
        threads = {each for sid in sids if sid in self._open for each in self._open[sid][1]}
        with database.read() as session:
            known = queries.revs(session, threads) if threads else {}
        at = iso(now())
        for sid in sids:
            if sid in self._open:
                namespace, watched = self._open[sid]
                side = 0 if namespace == "/operator" else 1
                revs = {each: known[each][side] for each in watched if each in known}
                counts = {each: self._hub.numbers[each] for each in self._streams[sid]}
                self._told[sid] = revs
                beat: Beat = {"at": at, "revs": revs, "counts": counts}
                self._hub.whisper(Frame(namespace, (sid,), "beacon", {**beat}))
