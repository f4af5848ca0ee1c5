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

from kell.accounts.queries import live_sessions
from kell.chat import queries
from kell.chat.access import reaches_by_office
from kell.chat.changes import CHANGED, frames_since, gone_frame
from kell.core.clock import now
from kell.core.db import Database, Frame
from kell.core.ids import Id
from kell.core.realtime.hub import Hub

LOOK_EVERY = 2.0
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
        self._assignees: dict[Id, Id | None] = {}
        self._hinted = Event()
        self._looked_at = 0.0

    def deliver(self, frames: Sequence[Frame]) -> None:
        """Send what this process has committed, and remember that it was sent."""
        for frame in frames:
            if frame.event == CHANGED:
                self._sent.pop((frame.namespace, frame.data["id"]), None)
                self._sent[frame.namespace, frame.data["id"]] = frame.data["rev"]
                self._note_assignee(frame)
        while len(self._sent) > REMEMBERED:
            oldest = next(iter(self._sent))
            del self._sent[oldest]
            self._assignees.pop(oldest[1], None)
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
        """End the sockets of sessions that ended elsewhere: in another process, or by the clock."""
        open_here = self._hub.rooms("/operator", "session:")
        if not open_here:
            return
        with database.read() as session:
            ended = open_here - live_sessions(session, open_here)
        self._hub.disconnect("/operator", [f"session:{each}" for each in ended])

    def look(self, database: Database) -> None:
        """Send what others have committed."""
        if not self._hub.anybody():
            return
        with database.read() as session:
            changed = queries.changed_since(session, now() - OVERLAP)
        news = [
            (each, *revs)
            for each, revs in changed.items()
            if revs[0] > self._sent.get(("/operator", each), 0)
        ]
        for start in range(0, len(news), AT_ONCE):
            with database.read() as session:
                frames = [
                    frame
                    for each, rev, public_rev in news[start : start + AT_ONCE]
                    for frame in frames_since(session, each, *self._known(each, rev, public_rev))
                ]
                frames += [gone for frame in frames for gone in self._goodbyes(session, frame)]
            self.deliver(frames)
            gevent.sleep(0)

    def _note_assignee(self, frame: Frame) -> None:
        if frame.namespace == "/operator":
            self._assignees[frame.data["id"]] = _assignee(frame)

    def _goodbyes(self, session: Session, frame: Frame) -> Iterator[Frame]:
        """Tell whom another process has taken the conversation from, if they reach it no more."""
        before = self._assignees.get(frame.data["id"])
        if frame.namespace != "/operator" or before in (None, _assignee(frame)):
            return
        if before and not reaches_by_office(session, before, frame.data["team"]):
            yield gone_frame(before, frame.data["id"])

    def _known(self, conversation_id: Id, rev: int, public_rev: int) -> tuple[int, int]:
        """Return the revs up to which this process has sent; if it never did, all but the last."""
        sent = self._sent.get(("/operator", conversation_id), rev - 1)
        public = self._sent.get(("/visitor", conversation_id), public_rev - 1)
        return sent, public


def _assignee(frame: Frame) -> Id | None:
    assignee = frame.data["conversation"]["assignee"]
    return assignee["id"] if assignee else None
