"""The rows of a past that never was, in the order in which they would have been written."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from bench import vocabulary

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=700)
# Of the newest half is open, 5,000 at most: a past gets longer, what people have to do does not.
NEW_SHARE, NEWEST, OPEN_SHARE = 0.1, 10_000, 0.5
ASSIGNED_SHARE = 0.8
SIZES = (1, 2, 3, 4, 6, 7, 9, 12, 15, 19, 25, 33)
SIZE_WEIGHTS = (4, 8, 10, 10, 10, 9, 12, 12, 10, 7, 5, 3)
LONG_ONE = 3000
"""So many messages has the newest conversation: what somebody opens may be long."""

Row = dict[str, Any]


def new_id(ms: int, kind: int, number: int) -> str:
    """Return an id that sorts by time, as those that Kell makes."""
    return f"{ms:012x}7{kind:03x}8{number:015x}"


def stamp(ms: int) -> str:
    """Return a moment as SQLite stores it and PostgreSQL reads it, in UTC."""
    return (EPOCH + timedelta(milliseconds=ms)).strftime("%Y-%m-%d %H:%M:%S.%f")


@dataclass
class House:
    """Who was there before: ids of (site, team) and of operators by team."""

    sites: Sequence[tuple[str, str]]
    operators: dict[str, Sequence[str]]


@dataclass
class Past:
    """Rows of ``size`` conversations; asking again for the same gives the same."""

    size: int
    house: House
    seed: int = 7
    # The last conversation, which is long, has a day to be over.
    begin: datetime = field(default_factory=lambda: datetime.now(UTC) - YEARS - timedelta(days=1))

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  no secret
        self._messages = 0

    @cached_property
    def _sentences(self) -> list[str]:
        return vocabulary.sentences(self._chance)

    def conversations(self) -> Iterator[tuple[Row | None, Row, list[Row]]]:
        """Yield (visitor, conversation, its rows); a visitor who came back is None."""
        first = int((self.begin - EPOCH) / timedelta(milliseconds=1))
        step = YEARS / timedelta(milliseconds=1) / self.size
        known: tuple[str, str] | None = None
        for number in range(self.size):
            ms = first + int(number * step)
            visitor = None
            if known is None or number % 10:
                site, _ = self._chance.choice(self.house.sites)
                visitor = self._visitor(ms, number, site)
                known = visitor["id"], site
            yield visitor, *self._conversation(ms, number, *known)

    def _visitor(self, ms: int, number: int, site: str) -> Row:
        name, email = vocabulary.person(self._chance, number)
        return {
            "id": new_id(ms, 1, number),
            "site_id": site,
            "name": name,
            "email": email,
            "language": "et",
            "created_at": stamp(ms),
            "last_seen_at": stamp(ms),
        }

    def _conversation(self, ms: int, number: int, visitor: str, site: str) -> tuple[Row, list[Row]]:
        chance = self._chance
        team = dict(self.house.sites)[site]
        is_new = number >= self.size - min(NEWEST, self.size * NEW_SHARE)
        is_open = is_new and chance.random() < OPEN_SHARE
        assignee = None
        if not is_open or chance.random() < ASSIGNED_SHARE:
            assignee = chance.choice(self.house.operators[team])
        size = chance.choices(SIZES, SIZE_WEIGHTS)[0]
        if number == self.size - 1:
            size, is_open = LONG_ONE, True
        thread = Thread(new_id(ms, 2, number), visitor, assignee, ms)
        for place in range(size):
            self._messages += 1
            said = vocabulary.text(chance, self._sentences, self._messages)
            thread.say(said, self._messages, by_visitor=place % 2 == 0 or assignee is None)
            if place == 0 and assignee is not None:
                thread.note_event("taken")
        if not is_open:
            thread.note_event("closed")
        return thread.conversation(
            site_id=site, team_id=team, number=number + 1, is_open=is_open
        ), thread.rows


class Thread:
    """Counts as the chat does: each row is a state of its own."""

    def __init__(self, id_: str, visitor: str, assignee: str | None, ms: int) -> None:
        self.rows: list[Row] = []
        self._id, self._visitor, self._assignee = id_, visitor, assignee
        self._began = self._now = ms
        self._seq = self._public_rev = self._last_line = 0
        self._last_at = ms
        self._waiting: int | None = None

    def say(self, text: str, number: int, *, by_visitor: bool) -> None:
        """Add a message."""
        self._seq += 1
        self._add("message", text, number, by_visitor=by_visitor)
        self._last_line, self._last_at = len(self.rows), self._now
        if by_visitor:
            self._waiting = self._waiting or self._now
        else:
            self._waiting = None

    def note_event(self, event: str) -> None:
        """Add a line that says what happened."""
        self._add("event", None, len(self.rows), by_visitor=False, event=event)

    def conversation(self, *, site_id: str, team_id: str, number: int, is_open: bool) -> Row:
        """Return the row above the thread."""
        seen = self._seq if self._waiting is None or not is_open else self._seq - 1
        return {
            "id": self._id,
            "site_id": site_id,
            "team_id": team_id,
            "visitor_id": self._visitor,
            "start_id": f"start-{number:012d}",
            "number": number,
            "status": "open" if is_open else "closed",
            "assignee_id": self._assignee,
            "rev": len(self.rows),
            "public_rev": self._public_rev,
            "seq": self._seq,
            "lines": len(self.rows),
            "waiting_since": stamp(self._waiting) if self._waiting and is_open else None,
            "mailed_seq": 0,
            "last_line": self._last_line,
            "last_at": stamp(self._last_at),
            "delivered_visitor": self._seq,
            "delivered_operator": seen,
            "read_visitor": self._seq,
            "read_operator": seen,
            "started_url": "https://shop.example.org/",
            "started_title": "Shop",
            "created_at": stamp(self._began),
            "closed_at": None if is_open else stamp(self._now),
            "changed_at": stamp(self._now),
        }

    def _add(
        self,
        kind: str,
        text: str | None,
        number: int,
        *,
        by_visitor: bool,
        event: str | None = None,
    ) -> None:
        line = len(self.rows) + 1
        self._now += 1 + 20_000 * (line > 1)
        self._public_rev += 1
        self.rows.append(
            {
                "id": new_id(self._now, line & 0xFFF, int(self._id[17:], 16)),
                "conversation_id": self._id,
                "line": line,
                "seq": self._seq,
                "rev": line,
                "public_rev": self._public_rev if kind == "message" else None,
                "kind": kind,
                "event": event,
                "author_kind": "visitor" if by_visitor else "operator",
                "author_id": self._visitor if by_visitor else self._assignee,
                "client_id": f"seed-{kind[0]}-{number:012d}",
                "text": text,
                "at": stamp(self._now),
            }
        )
