"""The eye on other processes: what they commit is sent to the sockets of this one too.

Push is a hint, pull is the truth: every 2 s the database says which conversations have changed, so
nothing depends on a message queue. With Redis a hint makes it look at once.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from time import monotonic

import gevent
from gevent.event import Event
from sqlalchemy.orm import Session

from kell.accounts.queries import live_sessions, reaches
from kell.chat import queries
from kell.chat.access import reaching
from kell.chat.changes import CHANGED, gone_frame, last_step
from kell.core.clock import now
from kell.core.db import Database, Frame
from kell.core.ids import Id
from kell.core.realtime.hub import Hub
from kell.customers.actions import token_room
from kell.customers.queries import ended_tokens

LOOK_EVERY = 2.0
# Whoever is signed out is out within a second, in every process.
SESSIONS_EVERY = 0.7
REACH = "reach:"
# A commit may become visible later than the moment that stands in it, and clocks differ.
OVERLAP = timedelta(seconds=10)
REMEMBERED = 50_000
# Between so many, others get their turn.
AT_ONCE = 50


class Watch:
    """Knows what this process has sent, and finds what it has not."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._sent: dict[tuple[str, Id], int] = {}
        self._hinted = Event()
        self._looked_at = 0.0

    def deliver(self, frames: Sequence[Frame]) -> None:
        """Send what this process has committed, and remember that it was sent."""
        for frame in frames:
            if frame.event == CHANGED:
                # Eight writers may deliver two steps in the wrong order.
                before = self._sent.pop((frame.namespace, frame.data["id"]), 0)
                self._sent[frame.namespace, frame.data["id"]] = max(before, frame.data["rev"])
        while len(self._sent) > REMEMBERED:
            del self._sent[next(iter(self._sent))]
        self._hub.deliver(frames)

    def hint(self) -> None:
        """Look soon: another process has said that it committed something."""
        self._hinted.set()

    def wait(self) -> None:
        """Return when it is time to look."""
        self._hinted.wait(max(0.0, self._looked_at + LOOK_EVERY - monotonic()))
        self._hinted.clear()
        self._looked_at = monotonic()

    def end_sessions(self, database: Database) -> None:
        """End the sockets of sessions that ended elsewhere: in another process, or by the clock.

        Those of operators with another role or other teams end too, and come again with new rooms.
        """
        open_here = self._hub.rooms("/operator", "session:")
        if not open_here:
            return
        with database.read() as session:
            ended = open_here - live_sessions(session, open_here)
            known = reaches(session, self._hub.rooms("/operator", "operator:"))
        current = {f"{each}:{reach}" for each, reach in known.items()}
        outdated = self._hub.rooms("/operator", REACH) - current
        rooms = [f"session:{each}" for each in ended] + [f"{REACH}{each}" for each in outdated]
        self._hub.disconnect("/operator", rooms)

    def end_tokens(self, database: Database) -> None:
        """End the sockets of visitors' tokens that have ended, here or in another process."""
        if not self._hub.sockets_of("/visitor"):
            return
        with database.read() as session:
            ended = ended_tokens(session, now() - OVERLAP)
        self._hub.disconnect("/visitor", map(token_room, ended))

    def look(self, database: Database) -> None:
        """Send what others have committed."""
        if not self._hub.anybody():
            return
        with database.read() as session:
            changed = queries.changed_since(session, now() - OVERLAP)
        news = [
            each for each, rev in changed.items() if rev > self._sent.get(("/operator", each), 0)
        ]
        for start in range(0, len(news), AT_ONCE):
            some = news[start : start + AT_ONCE]
            with database.read() as session:
                frames = [
                    frame
                    for each in some
                    for frame in last_step(session, each, *self._sent_of(each))
                ]
                frames += self._goodbyes(session, some)
            self.deliver(frames)
            gevent.sleep(0)

    def _goodbyes(self, session: Session, conversations: Sequence[Id]) -> Iterator[Frame]:
        """Tell whoever is here that what went to other hands elsewhere is not theirs to see.

        Some of them never saw it; what they hear is an id that means nothing to them.
        """
        since = now() - OVERLAP
        here = self._hub.rooms("/operator", "operator:")
        for each, hands in queries.lately_in_other_hands(session, conversations, since).items():
            lost = here - reaching(session, here, hands)
            if lost:
                yield gone_frame(lost, each)

    def _sent_of(self, conversation_id: Id) -> tuple[int, int]:
        """Return the rev and the public rev up to which this process has sent."""
        sides = ("/operator", "/visitor")
        sent, public = (self._sent.get((side, conversation_id), 0) for side in sides)
        return sent, public


def reach_room(operator_id: Id, reach: int) -> str:
    """Return the room of the sockets that know an operator's reach as it was then."""
    return f"{REACH}{operator_id}:{reach}"
