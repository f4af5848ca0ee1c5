"""What runs beside the doors: presence, beacons, the eye on other processes' commits."""

import logging
from collections.abc import Callable

import gevent
from flask import Flask
from gevent.greenlet import Greenlet

from kell.accounts.actions import end_old_sessions
from kell.accounts.queries import live_sessions
from kell.chat import queries
from kell.core.db import Database, database
from kell.core.errors import RetryLater
from kell.core.realtime.presence import RENEW_EVERY
from kell.customers.actions import mark_seen
from kell.web.running import Running

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0


def start(app: Flask) -> "list[Greenlet[..., None]]":
    """Start everything that runs by itself; the app's context goes with it."""
    running: Running = app.extensions["kell"]
    with app.app_context():
        known = database()
    loops: list[Callable[[], None]] = [
        running.worker.run,
        lambda: running.beacon.run(known),
        lambda: _every(RENEW_EVERY, lambda: _renew(running, known)),
        lambda: _every(LOOK_EVERY, lambda: _look(running, known)),
    ]
    return [gevent.spawn(_inside, app, loop) for loop in loops]


def _inside(app: Flask, loop: Callable[[], None]) -> None:
    with app.app_context():
        loop()


def _every(seconds: float, step: Callable[[], None]) -> None:
    while True:
        gevent.sleep(seconds)
        try:
            step()
        except RetryLater:
            log.warning("the database is busy; the next round will do")
        except Exception:
            log.exception("a round failed and will be run again")


def _renew(running: Running, known: Database) -> None:
    """Renew the leases of who is here, write when the others were last seen, end old sessions."""
    ended = running.presence.end_visitors()
    known.write(running.presence.renew)
    known.write(end_old_sessions)
    if ended:
        known.write(lambda tx: mark_seen(tx, ended))


def _look(running: Running, known: Database) -> None:
    """See what other processes have committed: ended sessions, and revs of threads open here."""
    sessions = running.hub.rooms("/operator", "session:")
    threads = running.beacon.open_threads()
    with known.read() as session:
        ended = sessions - live_sessions(session, sessions) if sessions else set()
        revs = queries.revs(session, threads) if threads else {}
    running.hub.disconnect("/operator", [f"session:{each}" for each in ended])
    running.beacon.hurry(revs)
