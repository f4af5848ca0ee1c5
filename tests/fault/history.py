"""What everybody did, was told and saw, in the order in which it happened.

All clients run on one thread, so that this order is that of the world outside the server.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["start", "message", "note", "delete"]


@dataclass(frozen=True, slots=True)
class Invoke:
    """Somebody pressed *send*, or *delete*. ``key`` is the client id, or the row to delete."""

    at: int
    who: str
    kind: Kind
    key: str
    conversation: str
    text: str = ""
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Ok:
    """It was acknowledged."""

    at: int
    who: str
    key: str
    conversation: str
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """It was answered with an error; ``final`` ones aren't tried again.

    ``since`` is when it was sent.
    """

    since: int
    who: str
    key: str
    code: str
    final: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """A row as somebody saw it, when they saw it so for the first time."""

    at: int
    who: str
    conversation: str
    row: dict[str, Any]


@dataclass
class Glance:
    """The last that a client showed of a thread."""

    ids: tuple[str, ...] = ()
    positions: tuple[int, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()


@dataclass
class History:
    """``strange`` says what no client may ever see, found at the moment when it was seen.

    ``listeners`` are called at each acknowledgement, ``watchers`` when somebody sees a new row.
    """

    invoked: list[Invoke] = field(default_factory=list)
    oks: list[Ok] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    sights: list[Sight] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    heard: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    listeners: list[Callable[[], None]] = field(default_factory=list)
    watchers: list[Callable[[], None]] = field(default_factory=list)
    renders: int = 0
    _now: int = 0
    _glances: dict[tuple[str, str], Glance] = field(default_factory=lambda: defaultdict(Glance))

    def invoke(self, who: str, kind: Kind, key: str, conversation: str, **more: Any) -> None:
        self.invoked.append(Invoke(self.tick(), who, kind, key, conversation, **more))

    def ok(self, who: str, key: str, conversation: str, answer: dict[str, Any]) -> None:
        self.oks.append(Ok(self.tick(), who, key, conversation, answer))
        for listener in tuple(self.listeners):
            listener()

    def refuse(self, who: str, key: str, code: str, since: int, *, final: bool) -> None:
        self.refused.append(Refused(since, who, key, code, final))

    def render(
        self, who: str, conversation: str, order: str, rows: tuple[dict[str, Any], ...]
    ) -> None:
        """Look at what a client shows now, and at how it differs from what it showed before (I3).

        Nothing may be missing in the middle, and only the end may grow: who saw the nth row
        without the one before it would see that one come in above.
        """
        self.renders += 1
        at = self.tick()
        before = self._glances[who, conversation]
        seen = Glance(
            tuple(row["id"] for row in rows), tuple(int(row[order]) for row in rows), rows
        )
        if seen.positions != _dense(seen.positions):
            self._complain(who, conversation, f"has holes or repeats: {seen.positions}")
        if len(set(seen.ids)) < len(seen.ids):
            self._complain(who, conversation, "shows a row twice")
        if not _grows(before, seen):
            self._complain(who, conversation, f"moved: {before.positions} to {seen.positions}")
        known = {id(row) for row in before.rows}
        old = {row["id"]: row for row in before.rows}
        for row in rows:
            if id(row) not in known:
                self.sights.append(Sight(at, who, conversation, row))
                if old.get(row["id"], row)["deleted"] and not row["deleted"]:
                    self._complain(who, conversation, "shows a deleted row again")
        self._glances[who, conversation] = seen
        if set(seen.ids) - old.keys():
            for watcher in tuple(self.watchers):
                watcher()

    def _complain(self, who: str, conversation: str, what: str) -> None:
        self.strange.append(f"{who}'s thread {conversation[-6:]} {what}")

    def tick(self) -> int:
        """Return the next moment."""
        self._now += 1
        return self._now


def _dense(positions: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(range(positions[0], positions[0] + len(positions))) if positions else ()


def _grows(before: Glance, after: Glance) -> bool:
    """Say whether what both show is the same, and the rest stands at the end.

    A newest page in place of all that was there may begin later, even after its end.
    """
    if not before.ids:
        return True
    if not after.ids or after.positions[-1] < before.positions[-1]:
        return False
    skipped = after.positions[0] - before.positions[0]
    kept = before.ids[skipped:] if skipped >= 0 else ()
    return skipped >= 0 and after.ids[: len(kept)] == kept
