"""The parts of the running process that commands may use."""

from dataclasses import dataclass, field

from flask import current_app
from gevent.event import Event

from kell.core.config import Config
from kell.core.outbox import Worker
from kell.core.realtime.hints import Hints
from kell.core.realtime.hub import Hub
from kell.core.realtime.presence import Presence
from kell.web.beacon import Beacon
from kell.web.visitor.sightings import Sightings
from kell.web.watch import Watch


@dataclass(frozen=True, slots=True)
class Running:
    """One process: its settings, its sockets, its worker."""

    config: Config
    hub: Hub
    presence: Presence
    beacon: Beacon
    watch: Watch
    hints: Hints | None
    worker: Worker
    sightings: Sightings = field(default_factory=Sightings)
    stopping: Event = field(default_factory=Event)


def running() -> Running:
    """Return the parts of the process that serves this request or event."""
    found: Running = current_app.extensions["kell"]
    return found
