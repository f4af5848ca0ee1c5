"""A reaction that failed runs again as a job, in the house as it is wired."""

from typing import Any

import pytest
from sqlalchemy import select

from kell import wiring
from kell.chat import actions
from kell.chat.access import Author
from kell.chat.actions import Draft
from kell.chat.events import MessageSent
from kell.core.db import Tx
from kell.core.outbox import Permanent, worker
from kell.core.outbox.models import DONE, WAITING, Job
from tests.people import Visitor, fresh_id, wait_until


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """While it holds anything, a reaction to every visitor's message fails."""
    reasons = {"a bug"}

    def take_note(tx: Tx, sent: MessageSent) -> None:
        if sent.author_kind != "visitor":
            return
        if reasons:
            raise LookupError(reasons)
        admin = Author.operator("0" * 32, "Nobody", sees_all=True)
        actions.add_note(tx, admin, sent.conversation_id, Draft(fresh_id(), f"note {sent.seq}"))

    monkeypatch.setitem(wiring.REACTIONS, MessageSent, (take_note,))
    monkeypatch.setattr(worker, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(worker.jobs, "jitter", lambda most: 0.05)
    return reasons


def kept(house: Any) -> list[Job]:
    return house.read(lambda session: session.scalars(select(Job)).all())


def test_it_costs_no_message_and_succeeds_when_it_can(house: Any, broken: set[str]) -> None:
    operator = house.admin()
    watching = operator.connect()
    visitor = house.visitor()
    assert visitor.start("Hello").code is None

    def changes() -> list[Any]:
        return watching.events("conversation.changed")

    wait_until(lambda: len(changes()) == 1)
    [job] = wait_until(lambda: [each for each in kept(house) if each.attempts > 1])
    assert (job.kind, job.state, job.payload["reaction"]) == ("reaction", WAITING, "take_note")
    assert operator.texts(visitor.conversation) == ["Hello"]

    broken.clear()
    wait_until(lambda: [each.state for each in kept(house)] == [DONE])
    assert operator.texts(visitor.conversation) == ["Hello", "note 1"]
    wait_until(lambda: [each["rev"] for each in changes()] == [1, 2])
    assert visitor.texts() == ["Hello"]


def test_one_that_no_version_knows_any_more_is_a_dead_letter_not_done() -> None:
    with pytest.raises(Permanent):
        wiring.react_again({"event": "MessageSent", "reaction": "renamed", "values": {}})


def test_every_one_of_many_succeeds_later(house: Any, broken: set[str]) -> None:
    visitor: Visitor = house.visitor()
    visitor.start("Hello")
    for number in range(5):
        assert visitor.say(f"message {number}").code is None
    broken.clear()
    wait_until(lambda: {each.state for each in kept(house)} == {DONE})
    texts = house.admin().texts(visitor.conversation)
    assert sorted(each for each in texts if each.startswith("note")) == [
        f"note {seq}" for seq in range(1, 7)
    ]
