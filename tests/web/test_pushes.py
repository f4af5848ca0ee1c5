"""What each tab hears of what the others do."""

from collections.abc import Callable
from typing import Any

import gevent
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import House
from tests.people import Answer, Operator, Socket, fresh_id, wait_until
from tests.web.mirror import Mirror, server_state


def test_the_sending_tab_gets_the_answer_and_the_other_tab_the_push(street):
    visitor = street.visitor()
    visitor.start("Hello")
    sending, other = visitor.connect(), visitor.connect()
    draft = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Mine"}
    sent = sending.call("message.send", **draft)
    assert other.wait_for("conversation.changed") == sent["change"]
    # What comes next and is heard proves that nothing came before.
    street.operator().say(visitor.conversation, "Good day")
    sending.wait_for("conversation.changed")
    assert [each["rev"] for each in sending.events("conversation.changed")] == [3]


def test_an_operators_tabs_too(street):
    visitor = street.visitor()
    visitor.start("Hello")
    operator = street.operator()
    sending, other = operator.connect(), operator.connect()
    draft = {"conversation": visitor.conversation, "client_id": fresh_id(), "text": "Mine"}
    sent = sending.call("message.send", **draft)
    assert other.wait_for("conversation.changed") == sent["change"]
    visitor.say("Thank you")
    sending.wait_for("conversation.changed")
    assert [each["rev"] for each in sending.events("conversation.changed")] == [3]


def test_what_is_sent_over_http_is_heard_by_all_of_ones_tabs(street):
    visitor = street.visitor()
    visitor.start("Hello")
    tab = visitor.connect()
    sent = visitor.say("Mine")
    assert tab.wait_for("conversation.changed") == sent["change"]


def test_who_is_in_the_team_and_sees_all_hears_it_once(street):
    """The first admin's sockets are in two of the rooms that a frame goes to."""
    admin = street.admin().connect()
    visitor = street.visitor()
    for text in ("One", "Two", "Three"):
        visitor.start(text) if text == "One" else visitor.say(text)
    admin.wait_for("conversation.changed", lambda each: each["rev"] == 3)
    assert [each["rev"] for each in admin.events("conversation.changed")] == [1, 2, 3]


def test_frames_to_a_team_are_numbered_without_a_hole(house):
    operator = house.operator()
    first, second = house.visitor(), house.visitor()
    first.start("One")
    tab = operator.connect()
    (stream,) = tab.wait_for("welcome")["teams"]
    second.start("Two")
    own = tab.call(
        "message.send", conversation=first.conversation, client_id=fresh_id(), text="Three"
    )
    second.say("Four")
    tab.wait_for("conversation.changed", lambda each: each["rev"] == 2)
    heard = [each["n"] for each in tab.events("conversation.changed")]
    assert stream["id"] == house.team
    assert sorted([*heard, own["change"]["n"]]) == [stream["n"] + each for each in (1, 2, 3)]


def test_every_team_has_numbers_of_its_own(house):
    olga = house.operator("Olga", role="supervisor")
    other_team = house.new_team("Another")
    streams = olga.connect().wait_for("welcome")["teams"]
    assert {each["id"] for each in streams} == {house.team, other_team}
    assert {each["n"] for each in streams} == {0}
    house.visitor().start("Hello")
    counted = {each["id"]: each["n"] for each in olga.connect().wait_for("welcome")["teams"]}
    assert counted == {house.team: 1, other_team: 0}


def test_when_many_write_at_once_every_tab_ends_with_the_same(street):
    visitor = street.visitor()
    visitor.start("Hello")
    people = [visitor, visitor, street.operator("Liisa"), street.operator("Jaan"), street.admin()]
    mirrors = [Mirror.of(each, visitor.conversation) for each in people]
    texts = [f"{number} of {who}" for who in range(len(mirrors)) for number in range(8)]

    def write(mirror: Mirror, mine: list[str]) -> None:
        for text in mine:
            mirror.call("message.send", client_id=fresh_id(), text=text)

    writing = [gevent.spawn(write, each, texts[i * 8 :][:8]) for i, each in enumerate(mirrors)]
    gevent.joinall(writing, raise_error=True)
    for mirror in mirrors:
        page = mirror.fresh()
        mirror.catch_up(page["rev"])
        assert mirror.state() == server_state(page)
        assert [row["seq"] for row in page["messages"]] == list(range(1, 42))
    assert sorted(visitor.texts()) == sorted(["Hello", *texts])
    for who in range(len(mirrors)):
        assert [each for each in visitor.texts() if each.endswith(f"of {who}")] == texts[who * 8 :][
            :8
        ]


# --- Any sequence of actions, seen by everybody ------------------------------------------------

Staff = list[tuple[Operator, Socket, set[Any]]]
EXPECTED_REFUSALS = {None, "forbidden", "conversation_closed", "already_taken"}


class Scene:
    """One conversation with two tabs of its visitor, three operators, and what they can do."""

    def __init__(self, house: House, staff: Staff) -> None:
        self.visitor = house.visitor()
        self.visitor.start("Hello")
        self.staff = [operator for operator, _, _ in staff]
        here = self.visitor.conversation
        self.tabs = [Mirror.of(self.visitor, here) for _ in range(2)]
        self.panels = [Mirror.in_tab(who, tab, here, numbers) for who, tab, numbers in staff]
        self.drafts: list[tuple[Mirror, str, dict[str, Any]]] = []

    def act(self, name: str, who: int, number: int) -> Answer:
        """Do something; ``who`` and ``number`` choose among those who can and what there is."""
        side, _, action = name.partition(" ")
        mirrors = self.tabs if side == "visitor" else self.panels
        act: Callable[[Mirror, int], Answer] = getattr(self, action)
        return act(mirrors[who % len(mirrors)], number)

    def write(self, mirror: Mirror, number: int) -> Answer:
        return self._send(mirror, "message.send", text=f"Text {number}")

    def quote(self, mirror: Mirror, number: int) -> Answer:
        rows = [
            row for row in mirror.fresh()["messages"] if row.get("kind", "message") == "message"
        ]
        quoted = rows[number % len(rows)]["id"]
        return self._send(mirror, "message.send", text=f"About that {number}", quote=quoted)

    def note(self, mirror: Mirror, number: int) -> Answer:
        return self._send(mirror, "note.add", text=f"Note {number}")

    def repeat(self, mirror: Mirror, number: int) -> Answer:
        if not self.drafts:
            return self.write(mirror, number)
        before, command, draft = self.drafts[number % len(self.drafts)]
        return before.call(command, **draft)

    def without_socket(self, mirror: Mirror, number: int) -> Answer:
        draft = {"client_id": fresh_id(), "text": f"By HTTP {number}"}
        return mirror.person.post("message.send", conversation=mirror.conversation, **draft)

    def delete(self, mirror: Mirror, number: int) -> Answer:
        rows = [row for row in mirror.fresh()["messages"] if row["kind"] != "event"]
        return mirror.call("message.delete", message=rows[number % len(rows)]["id"])

    def read(self, mirror: Mirror, number: int) -> Answer:
        return mirror.call("mark.read", seq=number)

    def receive(self, mirror: Mirror, number: int) -> Answer:
        return mirror.call("mark.delivered", seq=number)

    def take(self, mirror: Mirror, _number: int) -> Answer:
        return mirror.call("conversation.take")

    def assign(self, mirror: Mirror, number: int) -> Answer:
        to = self.staff[number % len(self.staff)]
        return mirror.call("conversation.assign", operator=to.id)

    def close(self, mirror: Mirror, _number: int) -> Answer:
        return mirror.call("conversation.close")

    def reopen(self, mirror: Mirror, _number: int) -> Answer:
        return mirror.call("conversation.reopen")

    def _send(self, mirror: Mirror, command: str, **draft: Any) -> Answer:
        draft["client_id"] = fresh_id()
        self.drafts.append((mirror, command, draft))
        return mirror.call(command, **draft)


ACTIONS = [
    *(
        f"visitor {each}"
        for each in ("write", "quote", "repeat", "without_socket", "read", "receive")
    ),
    *(
        f"operator {each}"
        for each in ("write", "quote", "repeat", "without_socket", "read", "receive")
    ),
    *(f"operator {each}" for each in ("note", "delete", "take", "assign", "close", "reopen")),
]
sequences = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 2), st.integers(0, 9)), max_size=15
)


@pytest.fixture
def staff(street):
    """Return three people of the team, each with an open tab, that stay for all sequences."""
    people = [street.operator("Liisa"), street.operator("Olga", role="supervisor"), street.admin()]
    return [(operator, operator.connect(), set()) for operator in people]


@given(sequence=sequences)
@settings(
    max_examples=15,
    deadline=None,
    # What never comes is waited for: looking for a shorter sequence would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_actions_every_tab_shows_what_a_fresh_one_reads(street, staff, sequence):
    scene = Scene(street, staff)
    for name, who, number in sequence:
        answer = scene.act(name, who, number)
        assert answer.code in EXPECTED_REFUSALS, (name, answer.body)
    for mirror in [*scene.tabs, *scene.panels]:
        page = mirror.fresh()
        mirror.catch_up(page["rev"])
        assert mirror.state() == server_state(page)
    visible = [row for row in scene.panels[0].fresh()["messages"] if row["kind"] == "message"]
    seen = scene.tabs[0].fresh()["messages"]
    assert [(row["id"], row["seq"], row["text"]) for row in seen] == [
        (row["id"], row["seq"], row["text"]) for row in visible
    ]
    assert [row["seq"] for row in seen] == list(range(1, len(seen) + 1))
    for mirror in scene.panels:
        assert_counted_without_holes(mirror, street.team)


def assert_counted_without_holes(mirror: Mirror, team: str) -> None:
    """Compare the numbers of a team's frames, over the whole life of the tab."""
    first = next(
        each["n"] for each in mirror.socket.wait_for("welcome")["teams"] if each["id"] == team
    )
    last = max([first, *(each["n"] for each in mirror.changes())])
    wanted = set(range(first + 1, last + 1))

    def are_here() -> bool:
        pushed = {each["n"] for each in mirror.socket.events("conversation.changed")}
        return pushed | mirror.numbers >= wanted

    wait_until(are_here, "every number of the team's frames")
