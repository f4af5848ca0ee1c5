"""Reaching for what isn't one's own, with everything that could be given."""

from collections.abc import Iterator, Mapping

from tests.fault.check import Truth
from tests.people import Operator, Person, Visitor, fresh_id

OF_BOTH = {
    "conversation.sync": {"after": 0},
    "message.send": {"text": "I shouldn't be here"},
    "mark.read": {"seq": 1},
    "typing": {},
}
OF_OPERATORS = {
    "conversation.open": {},
    "conversation.take": {},
    "conversation.close": {},
    "note.add": {"text": "Nor should this"},
}


def trespasses(people: Mapping[str, Person], truth: Truth) -> Iterator[str]:
    """Have each visitor, and an operator without a team, try what is others'; tell what worked."""
    for name, person in people.items():
        foreign = _foreign(name, person, truth)
        if foreign is None:
            continue
        given = OF_BOTH if isinstance(person, Visitor) else OF_BOTH | OF_OPERATORS
        for command, more in given.items():
            if "text" in more:
                more = more | {"client_id": fresh_id()}  # noqa: PLW2901
            answer = person.post(command, conversation=foreign, **more)
            if (answer.status, answer.code) != (404, "not_found"):
                yield f"{name} got {answer.status} {answer.code} for {command} in another's chat"
        if isinstance(person, Operator) and person.inbox():
            yield f"{name} has others' chats in the list"


def _foreign(name: str, person: Person, truth: Truth) -> str | None:
    """Return a conversation that is out of this person's reach, if any is."""
    if isinstance(person, Visitor):
        own = {row.conversation for row in truth.rows if row.text and f"#{name}#" in row.text}
        others = [each for each in truth.counters if each not in own]
        return others[0] if others else None
    return next(iter(truth.counters), None) if name == "stranger" else None
