"""What runs beside the doors: presence, beacons, the eye on other processes' commits."""

import logging
from collections.abc import Callable

import gevent
from flask import Flask
from gevent.greenlet import Greenlet

from kell.accounts.actions import end_old_sessions
from kell.core.db import Database, database
from kell.core.errors import RetryLater
from kell.core.realtime.presence import RENEW_EVERY
from kell.customers.actions import mark_seen
from kell.web.running import Running
from kell.web.watch import LOOK_EVERY

log = logging.getLogger(__name__)

# A work is short: whoever writes a message waits for it.
AT_ONCE = 200


def start(app: Flask) -> "list[Greenlet[..., None]]":
    """Start everything that runs by itself; the app's context goes with it."""
    running: Running = app.extensions["kell"]
    with app.app_context():
        known = database()
    loops: list[Callable[[], None]] = [
        running.worker.run,
        lambda: running.beacon.run(known),
        lambda: _for_ever(lambda: gevent.sleep(RENEW_EVERY), lambda: _renew(running, known)),
        lambda: _for_ever(
            lambda: gevent.sleep(LOOK_EVERY), lambda: running.watch.end_sessions(known)
        ),
    ]
    if not known.sqlite:  # one process alone writes to a file
        loops.append(lambda: _for_ever(running.watch.wait, lambda: running.watch.look(known)))
    if running.hints is not None:
        loops += [running.hints.run_sender, running.hints.run_listener]
    return [gevent.spawn(_inside, app, loop) for loop in loops]


def _inside(app: Flask, loop: Callable[[], None]) -> None:
    with app.app_context():
        loop()


def _for_ever(wait: Callable[[], None], step: Callable[[], None]) -> None:
    while True:
        wait()
        try:
            step()
        except RetryLater:
            log.warning("the database is busy; the next round will do")
        except Exception:
            log.exception("a round failed and will be run again")


def _renew(running: Running, known: Database) -> None:
    """Renew the leases of who is here, write when the others were last seen, end old sessions."""
    known.write(running.presence.renew)
    known.write(end_old_sessions)
    while ended := running.presence.visitors_who_left(AT_ONCE):
        seen = list(ended.items())
        known.write(lambda tx, seen=seen: mark_seen(tx, seen))  # type: ignore[misc]
        running.presence.forget_visitors(ended)
