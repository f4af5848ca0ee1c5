"""What must hold, whatever happened: the invariants I1 to I7 and I13 to I15.

Compares what everybody did, was told and saw with what the database holds in the end.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fault.cluster import Home
from tests.fault.history import History

# They say that something isn't possible now; whoever hears them asks again.
PASSING = {"retry_later"}


@dataclass(frozen=True)
class Violation:
    """A promise that was broken."""

    invariant: str
    what: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.what}"


@dataclass(frozen=True)
class Stored:
    """A row of the database."""

    id: str
    conversation: str
    line: int
    seq: int
    kind: str
    author: str
    key: str
    text: str | None
    deleted: bool
    quote: str | None


@dataclass(frozen=True)
class Truth:
    """What the database holds: rows in their order, conversations with their counters."""

    rows: Sequence[Stored]
    counters: Mapping[str, Any]

    @classmethod
    def read(cls, home: Home) -> "Truth":
        rows = home.read(
            "SELECT id, conversation_id, line, seq, kind, author_id, client_id, text,"
            " deleted_at IS NOT NULL AS deleted, quote_id FROM messages"
            " ORDER BY conversation_id, line"
        )
        counters = home.read(
            "SELECT id, visitor_id, rev, public_rev, seq, lines FROM conversations"
            " ORDER BY created_at, id"
        )
        stored = [Stored(*row[:8], bool(row.deleted), row.quote_id) for row in rows]
        return cls(stored, {each.id: each for each in counters})

    def thread(self, conversation: str, *, public: bool) -> list[Stored]:
        """Return the rows that a side shows."""
        rows = [row for row in self.rows if row.conversation == conversation]
        return [row for row in rows if row.kind == "message"] if public else rows


@dataclass(frozen=True)
class Final:
    """What a client shows of a thread in the end, and what the server says when asked afresh."""

    who: str
    conversation: str
    order: str
    rows: Sequence[Mapping[str, Any]]
    state: Mapping[str, Any] | None
    fresh: Mapping[str, Any]
    earlier: bool


@dataclass(frozen=True)
class Outcome:
    """All that is known when it is over. ``authors`` maps a client's name to their id.

    ``may_hear`` holds, for each client, the marks of the texts that are meant for them.
    """

    history: History
    truth: Truth
    authors: Mapping[str, str]
    may_hear: Mapping[str, set[str]]
    finals: Sequence[Final] = ()
    late: Sequence[str] = ()
    trespasses: Sequence[str] = ()
    errors: Sequence[str] = ()
    _rows: dict[str, Stored] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, Stored]:
        if not self._rows:
            self._rows.update({row.id: row for row in self.truth.rows})
        return self._rows

    def by_key(self) -> dict[tuple[str, str], list[Stored]]:
        """Return the rows under the author and client id that they were sent with."""
        found = defaultdict(list)
        for row in self.truth.rows:
            found[row.author, row.key].append(row)
        return found


def violations(outcome: Outcome) -> list[Violation]:
    """Return every promise that was broken; the same one at most five times."""
    found = []
    for name, rule in RULES.items():
        for what, _ in zip(rule(outcome), range(5), strict=False):
            found.append(Violation(name, what))
    return found


def acknowledged_is_kept(outcome: Outcome) -> Iterator[str]:
    """I1: each acknowledged message is exactly one row, the one that was named."""
    stored = outcome.by_key()
    deletions = {invoke.key for invoke in outcome.history.invoked if invoke.kind == "delete"}
    for ok in outcome.history.oks:
        if ok.key in deletions:
            row = outcome.by_id.get(ok.key)
            if row is None or not row.deleted or row.text is not None:
                yield f"the deletion of {ok.key} by {ok.who} was acknowledged and is lost"
            continue
        rows = stored[outcome.authors[ok.who], ok.key]
        if len(rows) != 1:
            yield f"{ok.key} of {ok.who} was acknowledged and is there {len(rows)} times"
        elif (rows[0].id, rows[0].seq) != (ok.answer["id"], ok.answer["seq"]):
            yield f"{ok.key} of {ok.who} was acknowledged as {ok.answer['seq']}, is {rows[0].seq}"


def nothing_is_doubled(outcome: Outcome) -> Iterator[str]:
    """I2: nothing is there twice, not even in another conversation."""
    counted = Counter((row.author, row.key) for row in outcome.truth.rows)
    for (_, key), times in counted.items():
        if times > 1:
            yield f"{key} is there {times} times"


def order_is_one(outcome: Outcome) -> Iterator[str]:
    """I3: nobody saw a wrong order at any instant, nor two rows in one place."""
    yield from outcome.history.strange
    for sight in outcome.history.sights:
        row = outcome.by_id.get(sight.row["id"])
        line = sight.row.get("line", row.line if row else None)
        if row and (row.seq, row.line) != (sight.row["seq"], line):
            yield f"{sight.who} saw {row.key} at {sight.row['seq']}, it stands at {row.seq}"


def counters_have_no_holes(outcome: Outcome) -> Iterator[str]:
    """I4: seq and line count without gaps to where the conversation says that they are."""
    for conversation, counters in outcome.truth.counters.items():
        seqs = [row.seq for row in outcome.truth.thread(conversation, public=True)]
        lines = [row.line for row in outcome.truth.thread(conversation, public=False)]
        if seqs != list(range(1, counters.seq + 1)):
            yield f"{conversation} has the seqs {seqs}, and counts {counters.seq}"
        if lines != list(range(1, counters.lines + 1)):
            yield f"{conversation} has the lines {lines}, and counts {counters.lines}"


def senders_are_in_order(outcome: Outcome) -> Iterator[str]:
    """I5: what one person wrote stands in the order in which it was written."""
    stored = outcome.by_key()
    last: dict[tuple[str, str], int] = {}
    for invoke in outcome.history.invoked:
        for row in stored.get((outcome.authors[invoke.who], invoke.key), ()):
            place = (invoke.who, row.conversation)
            if row.line <= last.get(place, 0):
                yield f"{invoke.key} of {invoke.who} overtook what was written before it"
            last[place] = row.line


def nothing_comes_from_nowhere(outcome: Outcome) -> Iterator[str]:
    """I6: every row was written by somebody, and so was every row that anybody saw."""
    written = {
        (outcome.authors[each.who], each.key): each
        for each in outcome.history.invoked
        if each.kind != "delete"
    }
    for row in outcome.truth.rows:
        invoke = written.get((row.author, row.key))
        if row.kind == "event":
            continue
        if invoke is None:
            yield f"nobody wrote {row.key}"
        elif row.deleted != (row.text is None) or row.text not in {invoke.text, None}:
            yield f"{row.key} isn't what {invoke.who} wrote"
        elif row.quote != invoke.quote:
            yield f"{row.key} doesn't quote what {invoke.who} quoted"
    for sight in outcome.history.sights:
        stored = outcome.by_id.get(sight.row["id"])
        if stored is None:
            yield f"{sight.who} saw {sight.row['client_id']}, which is nowhere"
        elif stored.kind != "event" and sight.row["text"] is not None:
            wrote = written.get((stored.author, stored.key))
            if wrote and sight.row["text"] != wrote.text:
                yield f"{sight.who} saw another text in {stored.key}"


def time_is_real(outcome: Outcome) -> Iterator[str]:
    """I7: what was acknowledged before another was begun stands before it."""
    stored = outcome.by_key()
    moments: list[tuple[int, bool, Stored]] = []
    for invoke in outcome.history.invoked:
        rows = stored.get((outcome.authors[invoke.who], invoke.key), ())
        moments += [(invoke.at, False, row) for row in rows]
    for ok in outcome.history.oks:
        rows = stored.get((outcome.authors[ok.who], ok.key), ())
        moments += [(ok.at, True, row) for row in rows]
    latest: dict[str, int] = defaultdict(int)
    for _, is_done, row in sorted(moments, key=lambda moment: moment[0]):
        if is_done:
            latest[row.conversation] = max(latest[row.conversation], row.line)
        elif row.line <= latest[row.conversation]:
            yield f"{row.key} stands above what was there when it was written"


def accepted_is_never_refused(outcome: Outcome) -> Iterator[str]:
    """The retry of what was accepted gets its answer, whatever the limits say by then.

    Of two that were sent at once, one may meet a chat that is closed still, the other one that is
    open again.
    """
    stored = outcome.by_key()
    told = {(ok.who, ok.key) for ok in outcome.history.oks}
    seen: dict[str, int] = {}
    for sight in outcome.history.sights:
        seen.setdefault(sight.row["id"], sight.at)
    for refused in outcome.history.refused:
        rows = stored.get((outcome.authors[refused.who], refused.key), ())
        for row in rows:
            if refused.final and (refused.who, refused.key) not in told:
                yield f"{refused.key} was refused with {refused.code}, and is there"
            elif refused.code not in PASSING and seen.get(row.id, refused.since) < refused.since:
                yield f"{refused.key} was refused with {refused.code} when it had been accepted"


def privacy_holds(outcome: Outcome) -> Iterator[str]:
    """I13: nobody was sent a byte of what isn't theirs, nor got it by asking."""
    yield from outcome.trespasses
    for who, heard in outcome.history.heard.items():
        foreign = heard - outcome.may_hear[who]
        if foreign:
            yield f"{who} was sent texts marked {sorted(foreign)}"


def everybody_has_it_all(outcome: Outcome) -> Iterator[str]:
    """I3 and I14: in the end every client shows what the database holds, and nothing else."""
    yield from outcome.late
    for final in outcome.finals:
        public = final.order == "seq"
        rows = outcome.truth.thread(final.conversation, public=public)
        shown = [_as_shown(row) for row in final.rows]
        held = [_as_stored(row, outcome.by_id) for row in rows]
        if final.earlier:
            held = held[-len(shown) :]
        where = f"{final.who}'s thread {final.conversation[-6:]}"
        if "error" in final.fresh:
            yield f"{where} isn't theirs: {final.fresh['error']['code']}"
        elif shown != held:
            odd = [pair for pair in zip(shown, held, strict=False) if pair[0] != pair[1]]
            yield f"{where} shows {len(shown)} rows of {len(held)}, first other: {odd[:1]}"
        elif final.state != final.fresh["conversation"]:
            yield f"{where} is {final.state}, the server says {final.fresh['conversation']}"


def nothing_is_left_behind(outcome: Outcome) -> Iterator[str]:
    """I15: the server had no troubles of its own."""
    yield from outcome.errors
    for refused in outcome.history.refused:
        if refused.code == "internal":
            yield f"{refused.key} of {refused.who} met an internal error"


RULES: Mapping[str, Callable[[Outcome], Iterator[str]]] = {
    "I1 durable": acknowledged_is_kept,
    "I2 once": nothing_is_doubled,
    "I3 ordered": order_is_one,
    "I4 dense": counters_have_no_holes,
    "I5 first in, first out": senders_are_in_order,
    "I6 no phantoms": nothing_comes_from_nowhere,
    "I7 real time": time_is_real,
    "I13 private": privacy_holds,
    "I14 alike": everybody_has_it_all,
    "I15 tidy": nothing_is_left_behind,
    "retry": accepted_is_never_refused,
}


def _as_shown(row: Mapping[str, Any]) -> tuple[object, ...]:
    quote = row["quote"]
    return row["id"], row["text"], row["deleted"], quote and (quote["id"], quote["text"])


def _as_stored(row: Stored, rows: Mapping[str, Stored]) -> tuple[object, ...]:
    quote = rows[row.quote] if row.quote else None
    return row.id, row.text, row.deleted, quote and (quote.id, quote.text)
