"""What runs beside the doors: presence, beacons, the eye on other processes' commits."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import gevent
from flask import Flask
from gevent.greenlet import Greenlet

from kell.accounts.actions import end_old_sessions
from kell.chat import timers
from kell.core.clock import now
from kell.core.db import Database, database
from kell.core.errors import RetryLater
from kell.core.pictures import Pictures
from kell.core.realtime.presence import RENEW_EVERY
from kell.search.jobs import LOOK_EVERY as INDEX_EVERY
from kell.search.jobs import catch_up
from kell.web.beacon import EVERY as BEACON_EVERY
from kell.web.metrics import watch_loop
from kell.web.operator.presence import LOOK_EVERY as STATES_EVERY
from kell.web.operator.presence import States
from kell.web.pictures import SWEEP_EVERY
from kell.web.pictures import sweep as sweep_pictures
from kell.web.running import Running
from kell.web.visitor import whereabouts
from kell.web.visitor.live import LOOK_EVERY as SITES_EVERY
from kell.web.visitor.live import Online
from kell.web.watch import SESSIONS_EVERY

log = logging.getLogger(__name__)

Wait = Callable[[], object]
Step = Callable[[], object]

# A work is short: whoever writes a message waits for it.
AT_ONCE = 200
TIMERS_EVERY = 1.0
ROUND_ENDS_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class Loops:
    """What runs: rounds end by themselves when the process stops, the others are ended."""

    rounds: "Sequence[Greenlet[..., None]]"
    others: "Sequence[Greenlet[..., None]]"

    def stop(self) -> None:
        """End all. A question to the database is cut short only if it takes too long."""
        gevent.killall(self.others)
        gevent.joinall(self.rounds, timeout=ROUND_ENDS_WITHIN)
        gevent.killall(self.rounds)


def start(app: Flask) -> Loops:
    """Start everything that runs by itself; the app's context goes with it."""
    running: Running = app.extensions["kell"]
    with app.app_context():
        known = database()
    rounds = [partial(_for_ever, running, *each) for each in _rounds(running, known)]
    others: list[Callable[[], None]] = [watch_loop, running.worker.run]
    if running.hints is not None:
        others += [running.hints.run_sender, running.hints.run_listener]
    return Loops(
        [gevent.spawn(_inside, app, each) for each in rounds],
        [gevent.spawn(_inside, app, each) for each in others],
    )


def _rounds(running: Running, known: Database) -> Iterator[tuple[Wait, Step]]:
    """Give what is done again and again, each after its wait."""
    online, states = Online(running.hub), States(running.hub)
    pictures = Pictures(running.config.data)

    def every(seconds: float) -> Wait:
        return lambda: running.stopping.wait(seconds)

    yield every(BEACON_EVERY), lambda: running.beacon.send(known)
    yield every(RENEW_EVERY), lambda: renew(running, known)
    # Visitors are told at once that somebody is there.
    yield running.presence.wait_for_operators, lambda: known.write(running.presence.renew)
    yield every(SESSIONS_EVERY), lambda: _end_sockets(running, known)
    yield every(TIMERS_EVERY), lambda: fire_due(known)
    yield every(SITES_EVERY), lambda: online.look(known)
    yield every(STATES_EVERY), lambda: states.look(known)
    yield every(SWEEP_EVERY), lambda: sweep_pictures(pictures, known)
    if known.sqlite:
        yield every(INDEX_EVERY), lambda: catch_up(known)
    else:  # one process alone writes to a file; here there may be others
        yield running.watch.wait, lambda: running.watch.look(known)


def fire_due(known: Database) -> None:
    """Fire the timers whose time has come; a process that finds none writes nothing."""
    with known.read() as session:
        if not timers.any_due(session, now()):
            return
    while known.write(lambda tx: timers.fire(tx, now())) == timers.FIRE_AT_ONCE:
        pass


def _inside(app: Flask, loop: Callable[[], None]) -> None:
    with app.app_context():
        loop()


def _for_ever(running: Running, wait: Wait, step: Step) -> None:
    while True:
        wait()
        if running.stopping.is_set():
            return
        try:
            step()
        except RetryLater:
            log.warning("the database is busy; the next round will do")
        except Exception:
            log.exception("a round failed and will be run again")


def _end_sockets(running: Running, known: Database) -> None:
    """End the sockets of whoever is signed out, wherever that happened."""
    running.watch.end_sessions(known)
    running.watch.end_tokens(known)


def renew(running: Running, known: Database) -> None:
    """Renew the leases of who is here, write when the others were last seen, end old sessions."""
    known.write(running.presence.renew)
    known.write(end_old_sessions)
    running.sightings.write(known)
    while ended := running.presence.visitors_who_left(AT_ONCE):
        known.write(lambda tx, seen=ended: whereabouts.left(tx, seen))  # type: ignore[misc]
        running.presence.forget_visitors(ended)
