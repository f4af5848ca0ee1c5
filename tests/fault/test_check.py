"""Each rule of the checker sees what it is there for, in histories made by hand."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.fault.check import Final, Outcome, Stored, Truth, violations
from tests.fault.history import History
from tests.fault.view import View

CHAT = "c" * 32


def stored(seq: int, **more: Any) -> Stored:
    """A row as the visitor v0 wrote it."""
    given = {
        "id": f"id-{seq}",
        "conversation": CHAT,
        "line": seq,
        "seq": seq,
        "kind": "message",
        "author": "visitor",
        "key": f"key-{seq}",
        "text": f"#v0# {seq}",
        "deleted": False,
        "quote": None,
    }
    return Stored(**(given | more))


def shown(seq: int, **more: Any) -> dict[str, Any]:
    """The same row as its visitor sees it."""
    text = f"#v0# {seq}"
    given = {"id": f"id-{seq}", "seq": seq, "rev": seq, "client_id": f"key-{seq}", "text": text}
    return {**given, "deleted": False, "quote": None, **more}


def outcome(rows: list[Stored], history: History, **more: Any) -> Outcome:
    lines = max((row.line for row in rows), default=0)
    counters = SimpleNamespace(seq=max((row.seq for row in rows), default=0), lines=lines)
    people = {"v0": "visitor", "v1": "other"}
    truth = Truth(rows, {CHAT: counters})
    return Outcome(history, truth, people, {"v0": {"v0"}, "v1": {"v1"}}, **more)


def sent(history: History, *seqs: int) -> History:
    """Have v0 write these, one after the other, each acknowledged."""
    for seq in seqs:
        history.invoke("v0", "message", f"key-{seq}", CHAT, text=f"#v0# {seq}")
        history.ok("v0", f"key-{seq}", CHAT, {"id": f"id-{seq}", "seq": seq})
    return history


def final(*rows: dict[str, Any], state: str = "as it is") -> Final:
    return Final("v0", CHAT, "seq", rows, state, {"conversation": "as it is"}, earlier=False)


def names(found: Outcome) -> set[str]:
    return {each.invariant.split()[0] for each in violations(found)}


def test_a_good_history_breaks_nothing() -> None:
    history = sent(History(), 1, 2)
    history.render("v0", CHAT, "seq", (shown(1), shown(2)))
    history.heard["v0"].add("v0")
    rows = [stored(1), stored(2)]
    assert violations(outcome(rows, history, finals=[final(shown(1), shown(2))])) == []


def test_an_acknowledged_message_that_is_gone_is_seen() -> None:
    assert names(outcome([stored(1)], sent(History(), 1, 2))) == {"I1"}


def test_an_acknowledged_deletion_that_is_gone_is_seen() -> None:
    history = sent(History(), 1)
    history.invoke("v0", "delete", "id-1", CHAT)
    history.ok("v0", "id-1", CHAT, {"rev": 2})
    assert names(outcome([stored(1)], history)) == {"I1"}


def test_a_doubled_message_is_seen() -> None:
    rows = [stored(1), stored(2, key="key-1", text="#v0# 1")]
    assert "I2" in names(outcome(rows, sent(History(), 1)))


def test_a_hole_is_seen() -> None:
    assert names(outcome([stored(1), stored(3)], sent(History(), 1, 3))) == {"I4"}


def test_who_overtakes_oneself_is_seen() -> None:
    history = History()
    for seq in (2, 1):
        history.invoke("v0", "message", f"key-{seq}", CHAT, text=f"#v0# {seq}")
    assert names(outcome([stored(1), stored(2)], history)) == {"I5"}


@pytest.mark.parametrize(
    "row",
    [
        stored(2, key="key-nobody"),
        stored(2, text="#v0# something else"),
        stored(2, text=None),
        stored(2, quote="id-1"),
    ],
)
def test_what_nobody_wrote_is_seen(row: Stored) -> None:
    history = sent(History(), 1)
    history.invoke("v0", "message", "key-2", CHAT, text="#v0# 2")
    assert names(outcome([stored(1), row], history)) == {"I6"}


def test_a_row_that_was_shown_and_never_was_is_seen() -> None:
    history = sent(History(), 1)
    history.render("v0", CHAT, "seq", (shown(1), shown(2)))
    assert names(outcome([stored(1)], history)) == {"I6"}


def test_what_goes_back_in_time_is_seen() -> None:
    history = sent(History(), 2)
    history.invoke("v1", "message", "key-1", CHAT, text="#v0# 1")
    rows = [stored(1, author="other"), stored(2)]
    assert names(outcome(rows, history)) == {"I7"}


def test_what_is_others_is_seen() -> None:
    history = History()
    history.heard["v1"].add("v0")
    assert names(outcome([], history)) == {"I13"}
    assert names(outcome([], History(), trespasses=["v1 got 200"])) == {"I13"}


@pytest.mark.parametrize(
    "end",
    [
        final(),
        final(shown(1, text=None, deleted=True)),
        final(shown(1, quote={"id": "id-0", "text": "gone"})),
        final(shown(1), state="as it was"),
    ],
)
def test_whoever_ends_with_something_else_is_seen(end: Final) -> None:
    assert names(outcome([stored(1)], sent(History(), 1), finals=[end])) == {"I14"}


def test_a_refused_retry_is_seen() -> None:
    history = sent(History(), 1)
    history.render("v0", CHAT, "seq", (shown(1),))
    history.refuse("v0", "key-1", "rate_limited", history.tick(), final=False)
    assert names(outcome([stored(1)], history)) == {"retry"}


def test_what_was_refused_for_good_and_is_there_is_seen() -> None:
    history = History()
    history.invoke("v0", "message", "key-1", CHAT, text="#v0# 1")
    history.refuse("v0", "key-1", "conversation_closed", history.tick(), final=True)
    assert names(outcome([stored(1)], history)) == {"retry"}


def test_of_two_at_once_one_may_be_refused_before_the_other_is_accepted() -> None:
    history = History()
    history.refuse("v0", "key-1", "conversation_closed", history.tick(), final=True)
    assert names(outcome([stored(1)], sent(history, 1))) == set()
    history.render("v0", CHAT, "seq", (shown(1),))
    history.refuse("v0", "key-1", "conversation_closed", history.tick(), final=True)
    assert names(outcome([stored(1)], history)) == {"retry"}


def test_trouble_of_the_servers_own_is_seen() -> None:
    assert names(outcome([], History(), errors=["it fell over"])) == {"I15"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((shown(1),), (shown(1), shown(3))),
        ((shown(2),), (shown(1), shown(2))),
        ((shown(1), shown(2)), (shown(1),)),
        ((shown(1), shown(2)), (shown(1), shown(2, id="another"), shown(3))),
        ((shown(1),), (shown(1), shown(2, id="id-1"))),
        ((shown(1, deleted=True, text=None),), (shown(1),)),
    ],
    ids=["a hole", "comes in above", "shrinks", "is replaced", "is there twice", "comes back"],
)
def test_a_wrong_order_is_seen_at_the_instant(
    first: tuple[dict[str, Any], ...], second: tuple[dict[str, Any], ...]
) -> None:
    history = History()
    history.render("v0", CHAT, "seq", first)
    history.render("v0", CHAT, "seq", second)
    assert history.strange


def test_a_newest_page_may_begin_later() -> None:
    history = History()
    history.render("v0", CHAT, "seq", (shown(1), shown(2)))
    history.render("v0", CHAT, "seq", (shown(2), shown(3)))
    history.render("v0", CHAT, "seq", (shown(8), shown(9)))
    assert history.strange == []


def change(rev: int, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": CHAT, "rev": rev, "conversation": {"rev": rev}, "messages": rows, **more}


def view() -> tuple[View, Callable[[], list[int]]]:
    """Return an empty thread, and a function that says which messages it shows."""
    made = View(CHAT, "seq", lambda _: None)
    return made, lambda: [row["seq"] for row in made.rows]


def test_a_view_holds_back_what_comes_too_early() -> None:
    it, seqs = view()
    it.apply(change(2, shown(2)))
    assert (seqs(), it.is_behind) == ([], True)
    it.apply(change(1, shown(1)))
    assert (seqs(), it.is_behind) == ([1, 2], False)


def test_a_view_drops_what_it_has() -> None:
    it, _ = view()
    it.apply(change(1, shown(1)))
    it.apply(change(1, shown(1, text="older")))
    assert it.rows[0]["text"] == "#v0# 1"


def test_a_view_takes_what_a_sync_brings_and_what_waited_for_it() -> None:
    it, seqs = view()
    it.apply(change(1, shown(1)))
    it.apply(change(4, shown(4)))
    it.apply_sync(change(3, shown(2), shown(3), reset=False, earlier=False))
    assert (seqs(), it.rev) == ([1, 2, 3, 4], 4)


def test_a_view_begins_anew_with_a_reset() -> None:
    it, seqs = view()
    it.apply(change(1, shown(1)))
    it.apply_sync(change(9, shown(8), shown(9), reset=True, earlier=True))
    assert (seqs(), it.earlier) == ([8, 9], True)
