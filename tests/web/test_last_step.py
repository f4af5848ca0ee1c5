"""What a process sends of another's commits: a whole step, or nothing."""

from kell.chat.changes import last_step
from tests.factories import House


def frames(house: House, conversation: str, sent: int, public: int) -> dict[str, dict]:
    found = house.read(lambda session: list(last_step(session, conversation, sent, public)))
    return {frame.namespace: frame.data for frame in found}


def test_a_step_that_was_sent_in_the_meantime_is_not_sent_again_without_its_rows(house):
    visitor = house.visitor()
    visitor.start("One")
    visitor.say("Two")
    assert frames(house, visitor.conversation, 2, 2) == {}
    assert frames(house, visitor.conversation, 3, 3) == {}


def test_a_step_has_all_its_rows_however_many_came_before_it(house):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("One")
    for number in range(3):
        visitor.say(f"More {number}")
    sent = frames(house, visitor.conversation, 0, 0)
    for data in sent.values():
        assert (data["rev"], [row["text"] for row in data["messages"]]) == (4, ["More 2"])
    operator.note(visitor.conversation, "Between us")
    after = frames(house, visitor.conversation, 4, 4)
    assert [row["text"] for row in after["/operator"]["messages"]] == ["Between us"]
    assert "/visitor" not in after


def test_who_missed_the_note_still_gets_the_visitors_last_step(house):
    visitor, operator = house.visitor(), house.operator()
    visitor.start("One")
    visitor.say("Two")
    operator.note(visitor.conversation, "Between us")
    sent = frames(house, visitor.conversation, 1, 1)
    assert [row["text"] for row in sent["/visitor"]["messages"]] == ["Two"]
    assert [row["text"] for row in sent["/operator"]["messages"]] == ["Between us"]
