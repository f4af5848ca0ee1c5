"""One work is one step of a conversation, whatever it does there, and one frame per audience."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from sqlalchemy import select

from kell.chat import actions, assignment
from kell.chat.actions import Draft, Unchanged
from kell.chat.models import Conversation, Message
from kell.chat.wire import OperatorChange, VisitorChange
from kell.core.db import Rules, Tx
from kell.core.events import Event
from kell.core.realtime.packets import JSON
from tests.core.chats import Chat, begin_chat
from tests.core.doors import Doors, Work
from tests.people import fresh_id


@pytest.fixture
def chat(doors: Doors) -> Chat:
    begun = begin_chat(doors)
    doors.delivered.clear()
    return begun


def revs(doors: Doors, chat: Chat) -> tuple[int, int]:
    with doors.database.read() as session:
        row = session.get_one(Conversation, chat.id)
        return row.rev, row.public_rev


def frames(doors: Doors) -> list[tuple[str, str]]:
    return [(each.namespace, each.event) for each in doors.delivered]


def note(tx: Tx, chat: Chat) -> Any:
    return actions.add_note(tx, chat.operator, chat.id, Draft(fresh_id(), "careful"))


def reopen(tx: Tx, chat: Chat) -> None:
    with suppress(Unchanged):
        actions.reopen_conversation(tx, chat.operator, chat.id)


# What operators alone see, and what both sides see.
PRIVATE = [note]
PUBLIC = [
    lambda tx, chat: chat.says("Is anybody there?")(tx),
    lambda tx, chat: chat.answers("Yes")(tx),
    lambda tx, chat: assignment.take_conversation(tx, chat.operator, chat.id),
    lambda tx, chat: actions.mark(tx, chat.operator, chat.id, 1, read=True),
    lambda tx, chat: actions.close_conversation(tx, chat.operator, chat.id),
    reopen,
]


def all_of(chat: Chat, *steps: Any) -> Work:
    def work(tx: Tx) -> None:
        for step in steps:
            step(tx, chat)

    return work


def test_everything_in_one_work_is_one_step(doors: Doors, chat: Chat) -> None:
    before = revs(doors, chat)
    doors.write(all_of(chat, *PRIVATE, *PUBLIC))
    assert revs(doors, chat) == (before[0] + 1, before[1] + 1)
    changed = "conversation.changed"
    assert sorted(frames(doors)) == [("/operator", changed), ("/visitor", changed)]
    for each in doors.delivered:
        assert each.data["rev"] in {before[0] + 1, before[1] + 1}


def test_a_frame_has_the_shape_that_is_declared(doors: Doors, chat: Chat) -> None:
    """Nothing checks it on its way: it is made for every message."""
    for step in (*PRIVATE, *PUBLIC):
        doors.write(all_of(chat, step))
    assert len(doors.delivered) > len(PUBLIC)
    for each in doors.delivered:
        sent = json.loads(JSON.dumps(each.data))
        shape = {"/operator": OperatorChange, "/visitor": VisitorChange}[each.namespace]
        TypeAdapter(shape).validate_python(sent, strict=True)


def test_what_is_private_is_no_step_of_the_visitor(doors: Doors, chat: Chat) -> None:
    before = revs(doors, chat)
    doors.write(all_of(chat, note, note))
    assert revs(doors, chat) == (before[0] + 1, before[1])
    assert frames(doors) == [("/operator", "conversation.changed")]
    assert len(doors.delivered[0].data["messages"]) == 2


def test_what_changes_nothing_is_no_step(doors: Doors, chat: Chat) -> None:
    doors.write(all_of(chat, PUBLIC[3]))
    doors.delivered.clear()
    before = revs(doors, chat)
    doors.write(all_of(chat, PUBLIC[3]))
    assert [revs(doors, chat), frames(doors)] == [before, []]


def test_a_work_that_fails_after_its_steps_is_none(doors: Doors, chat: Chat) -> None:
    def work(tx: Tx) -> None:
        all_of(chat, *PUBLIC)(tx)
        raise LookupError

    before = revs(doors, chat)
    with pytest.raises(LookupError):
        doors.write(work)
    assert [revs(doors, chat), frames(doors)] == [before, []]


def test_each_of_many_at_once_is_a_step_of_its_own(doors: Doors, chat: Chat) -> None:
    before = revs(doors, chat)
    sent = doors.together(chat.says(f"message {number}") for number in range(30))
    assert sorted(each.row.rev for each in sent) == [before[0] + 1 + n for n in range(30)]
    assert sorted(each.row.seq for each in sent) == list(range(2, 32))
    told = [each.data["rev"] for each in doors.delivered if each.namespace == "/operator"]
    assert sorted(told) == [before[0] + 1 + n for n in range(30)]


def test_the_same_client_id_twenty_times_at_once_is_one_message(doors: Doors, chat: Chat) -> None:
    client_id = fresh_id()
    heard = doors.together(chat.says("Once", client_id) for _ in range(20))
    assert sorted(type(each).__name__ for each in heard) == ["AlreadySent"] * 19 + ["Sent"]
    assert frames(doors).count(("/visitor", "conversation.changed")) == 1
    with doors.database.read() as session:
        rows = session.scalars(select(Message).where(Message.client_id == client_id)).all()
        assert [each.seq for each in rows] == [2]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.lists(st.sampled_from(["says", "answers", "note", "fail"]), max_size=3), max_size=12
    )
)
def test_counters_have_no_gaps_whatever_works_do(
    doors: Doors, chat: Chat, works: list[list[str]]
) -> None:
    steps = {"says": PUBLIC[0], "answers": PUBLIC[1], "note": note, "fail": fail}
    before = revs(doors, chat)
    doors.delivered.clear()
    doors.together(all_of(chat, *(steps[name] for name in names)) for names in works)
    good = [names for names in works if names and "fail" not in names]
    public = [names for names in good if set(names) != {"note"}]
    assert revs(doors, chat) == (before[0] + len(good), before[1] + len(public))
    assert len(doors.delivered) == len(good) + len(public)
    with doors.database.read() as session:
        thread = session.scalars(
            select(Message).where(Message.conversation_id == chat.id).order_by(Message.line)
        ).all()
    assert [each.line for each in thread] == list(range(1, len(thread) + 1))
    spoken = [each.seq for each in thread if each.kind == "message"]
    assert spoken == list(range(1, len(spoken) + 1))


def fail(tx: Tx, chat: Chat) -> None:
    raise LookupError


@dataclass(frozen=True, slots=True)
class Reacted(Event):
    """Told by the work, so that something reacts to it."""


@pytest.mark.parametrize("private", [True, False])
def test_what_a_reaction_failed_to_do_is_in_no_frame(
    database_url: str, open_doors: Callable[..., Doors], private: bool
) -> None:
    def react(tx: Tx, event: Reacted) -> None:
        all_of(chat, *PUBLIC)(tx)
        raise LookupError

    def work(tx: Tx) -> Any:
        tx.happened(Reacted())
        return (note if private else PUBLIC[0])(tx, chat)

    kept: list[Any] = []
    rules = Rules({Reacted: [react]}, lambda tx, *failed: kept.append(failed))
    doors = open_doors(database_url, rules)
    chat = begin_chat(doors)
    before = revs(doors, chat)
    doors.delivered.clear()
    sent = doors.write(work)
    assert len(kept) == 1
    assert revs(doors, chat) == (before[0] + 1, before[1] + (not private))
    assert len(doors.delivered) == (1 if private else 2)
    for each in doors.delivered:
        assert [row["id"] for row in each.data["messages"]] == [sent.row.id]
        assert each.data["conversation"]["status"] == "open"
