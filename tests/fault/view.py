"""One thread as one client has it: the rules of docs/protocol.md, "What a client does", 3 and 4."""

from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


class View:
    """Takes changes and syncs; calls ``changed`` whenever there is something new to see.

    ``order`` is what its side sorts by. ``known`` is the newest rev that it has heard of.
    """

    def __init__(self, conversation: str, order: str, changed: Callable[["View"], None]) -> None:
        self.id = conversation
        self.order = order
        self.rev = 0
        self.known = 0
        self.conversation: dict[str, Any] | None = None
        self.earlier = False
        self._rows: dict[str, Row] = {}
        self._held: dict[int, dict[str, Any]] = {}
        self._changed = changed

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown, in order."""
        return tuple(sorted(self._rows.values(), key=lambda row: int(row[self.order])))

    @property
    def is_behind(self) -> bool:
        return self.rev < self.known

    def apply(self, change: dict[str, Any]) -> None:
        """Take a push, or an acknowledgement's change."""
        self.hear_of(change["rev"])
        if change["rev"] > self.rev:
            self._held[change["rev"]] = change
            self._release()

    def apply_sync(self, answer: dict[str, Any]) -> None:
        """Take everything after the rev that was asked for, or the newest page."""
        self.hear_of(answer["rev"])
        if answer["rev"] <= self.rev:
            return  # what came in the meantime is newer
        if answer["reset"]:
            self._rows.clear()
            self.earlier = answer["earlier"]
        self._take(answer)
        self._release()

    def hear_of(self, rev: int) -> None:
        """Note that the server has come so far."""
        self.known = max(self.known, rev)

    def _release(self) -> None:
        self._held = {rev: change for rev, change in self._held.items() if rev > self.rev}
        while change := self._held.pop(self.rev + 1, None):
            self._take(change)

    def _take(self, change: dict[str, Any]) -> None:
        self.rev = change["rev"]
        self.conversation = change["conversation"]
        for row in change["messages"]:
            old = self._rows.get(row["id"])
            if old is None or row["rev"] >= old["rev"]:
                self._rows[row["id"]] = row
        self._changed(self)
