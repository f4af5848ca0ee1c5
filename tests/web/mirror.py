"""A browser's copy of one conversation, kept by the rules of ``docs/protocol.md`` and no others."""

from dataclasses import dataclass, field
from typing import Any

from tests.people import Answer, Person, Socket, wait_until


@dataclass
class Mirror:
    """Takes pushes and acknowledgements of one tab.

    A real browser would sync when a rev is missing; this one fails, because nothing was lost.
    """

    person: Person
    socket: Socket
    conversation: str
    answers: list[dict[str, Any]] = field(default_factory=list)
    numbers: set[Any] = field(default_factory=set)
    rev: int = 0
    shown: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, person: Person, conversation: str) -> "Mirror":
        """Open a tab: connect, then read what there is."""
        return cls.in_tab(person, person.connect(), conversation)

    @classmethod
    def in_tab(
        cls, person: Person, socket: Socket, conversation: str, numbers: set[Any] | None = None
    ) -> "Mirror":
        """Open the conversation in a tab that is there already, and whose answers were numbered."""
        mirror = cls(person, socket, conversation, numbers=set() if numbers is None else numbers)
        page = mirror.fresh()
        mirror.rev, mirror.shown = page["rev"], page["conversation"]
        mirror.rows = {row["id"]: row for row in page["messages"]}
        return mirror

    def call(self, command: str, **given: Any) -> Answer:
        """Do something in this tab, and take the answer's change as a browser does."""
        answer = self.socket.call(command, conversation=self.conversation, **given)
        if answer.code is None and answer.body.get("change"):
            self.answers.append(answer["change"])
            self.numbers.add(answer["change"].get("n"))
        return answer

    def fresh(self) -> Answer:
        """Ask the server for all there is."""
        return self.socket.call("conversation.sync", conversation=self.conversation, after=0)

    def changes(self) -> list[dict[str, Any]]:
        """Return what came so far, in the order of the revs."""
        pushed = self.socket.events("conversation.changed")
        own = [each for each in [*pushed, *self.answers] if each["id"] == self.conversation]
        return sorted(own, key=lambda each: each["rev"])

    def catch_up(self, rev: int) -> None:
        """Wait for everything up to ``rev``, then apply it one by one."""

        def is_here() -> bool:
            heard = {each["rev"] for each in self.changes()}
            return heard >= set(range(self.rev + 1, rev + 1))

        wait_until(is_here, f"the changes up to {rev}")
        for change in self.changes():
            self.apply(change)

    def apply(self, change: dict[str, Any]) -> None:
        """Take the next change, drop a known one."""
        if change["rev"] <= self.rev:
            return
        assert change["rev"] == self.rev + 1, f"a hole after {self.rev}: {change['rev']}"
        self.rev, self.shown = change["rev"], change["conversation"]
        self.rows |= {row["id"]: row for row in change["messages"]}

    def state(self) -> tuple[int, Any, list[Any]]:
        """Return what this browser shows."""
        return self.rev, self.shown, _in_order(self.rows.values())


def server_state(page: Answer) -> tuple[int, Any, list[Any]]:
    """Return what a browser shows that has just read ``page``."""
    return page["rev"], page["conversation"], _in_order(page["messages"])


def _in_order(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.get("line", row["seq"]))
