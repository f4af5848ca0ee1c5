"""{Every command and route} × {the eight people who may knock}: each cell is called for real.

The rows, and how to add one, are in ``tests/house/matrix.py``.
"""

from collections.abc import Callable, Iterator
from types import MappingProxyType

import pytest
import requests
from sqlalchemy import select

from kell.chat.models import Conversation, Message
from kell.core.clock import now
from kell.core.ids import new_id
from kell.sites.models import Site
from kell.web import waiting
from kell.web.commands import commands
from kell.web.doors import BLUEPRINTS
from kell.web.routes import routes
from tests import factories, people
from tests.factories import House
from tests.house.matrix import OK, PEOPLE, ROWS, VISITOR_SIDE, Chat, Row
from tests.people import Operator, Person, Socket, Visitor
from tests.unlimited import Unlimited

assert BLUEPRINTS  # importing it fills the tables

# Behind it stand the commands, each with a row of its own.
TABLE = "commands.run"
DOORS = sorted(
    [f"{side} {name}" for side, name in commands]
    + [f"{each.method} {each.path}" for endpoint, each in routes.items() if endpoint != TABLE]
)


class Street:
    """A house with two teams and two sites, and everybody who may knock at it."""

    def __init__(self, house: House) -> None:
        house.app.extensions["kell.limits"] = Unlimited()
        self.house = house
        self.other_team = house.new_team()
        self.site = house.read(lambda session: session.scalars(select(Site.key)).one())
        self.other_site = house.write(self._open_site)
        self.sockets: dict[str, Socket] = {}
        self.known = {name: self.newcomer(name) for name in PEOPLE}

    def newcomer(self, name: str) -> Person:
        """Return one of the eight, new or newly signed in."""
        house = self.house
        make: dict[str, Callable[[], Person]] = {
            "nobody": lambda: Person(house.base, "visitor", {}),
            "visitor": self.visitor,
            "other visitor": self.visitor,
            "other site's visitor": lambda: Visitor.arrive(house.base, self.other_site),
            "operator": lambda: house.operator("Liisa"),
            "other team's operator": lambda: house.operator("Jaan", teams=[self.other_team]),
            "supervisor": lambda: house.operator("Lead", role="supervisor", teams=[]),
            "admin": lambda: house.operator("Head", role="admin", teams=[]),
        }
        return make[name]()

    def visitor(self) -> Visitor:
        """Return somebody new on the first site."""
        return Visitor.arrive(self.house.base, self.site)

    def chat(self, row: Row, caller: str) -> Chat:
        """Return a conversation for one call."""
        visitor = self.visitor()
        started = visitor.start("Hello")
        people = {**self.known, "visitor": visitor}
        if row.ends_session and caller != "nobody":
            people[caller] = self.newcomer(caller)
        teams = (self.house.team, self.other_team)
        everybody = MappingProxyType(people)
        return Chat(
            self.house, self.site, visitor.conversation, started["id"], visitor, everybody, teams
        )

    def state(self, chat: Chat) -> object:
        """Return all that a refused call must leave as it was."""

        def read(session):
            row = session.execute(
                select(*Conversation.__table__.c).where(Conversation.id == chat.id)
            ).one()
            lines = select(Message.id, Message.rev).where(Message.conversation_id == chat.id)
            return tuple(row), session.execute(lines.order_by(Message.line)).all()

        return self.house.read(read)

    def socket(self, chat: Chat, name: str) -> Socket:
        """Return a person's socket, open already unless they are new."""
        person = chat.people[name]
        if person is not self.known[name]:
            return person.connect()
        if name not in self.sockets:
            self.sockets[name] = person.connect()
        return self.sockets[name]

    def _open_site(self, tx):
        site = Site(
            id=new_id(),
            key=new_id()[:16],
            name="Another shop",
            team_id=self.other_team,
            created_at=now(),
        )
        tx.session.add(site)
        return site.key


@pytest.fixture(scope="module")
def street(
    new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Street]:
    with (
        factories.house(new_database(), tmp_path_factory.mktemp("data")) as house,
        pytest.MonkeyPatch.context() as patch,
    ):
        # Whoever may look hears at once that there is nothing.
        patch.setattr(waiting, "WAITS", 0)
        yield Street(house)
        people.leave()


def knock(door: str, row: Row, chat: Chat, caller: Person) -> requests.Response:
    """Send what the row says to a door, with what the caller has to show."""
    first, _, last = door.partition(" ")
    headers = caller.headers
    if first in ("visitor", "operator"):
        url = f"{caller.base}/api/{first}/{last}"
        return requests.post(url, json=row.given(chat), headers=headers, timeout=40)
    path = row.path(chat) if row.path else last
    body = row.given(chat)
    data = {"data": body} if isinstance(body, bytes) else {"json": body}
    return requests.request(
        first,
        caller.base + path,
        headers=headers | row.headers,
        timeout=40,
        allow_redirects=False,
        **({} if first == "GET" else data),
    )


def test_every_door_has_a_row():
    assert sorted(ROWS) == DOORS


@pytest.mark.parametrize("door", [each for each in DOORS if each in ROWS])
def test_each_person_gets_what_the_row_says(street, door):
    row = ROWS[door]
    heard, touched = {}, []
    for name in PEOPLE:
        chat = street.chat(row, name)
        before = street.state(chat)
        answer = knock(door, row, chat, chat.people[name])
        welcome = answer.status_code < 400
        heard[name] = OK if welcome else answer.status_code
        if not welcome and street.state(chat) != before:
            touched.append(name)
    assert heard == dict(row.expected)
    assert touched == []


@pytest.mark.parametrize("door", [each for each in DOORS if each.startswith("operator ")])
def test_a_socket_hears_the_same(street, door):
    """The other transport runs the same table; two of the eight show that it does."""
    row, command = ROWS[door], door.split()[1]
    for name in ("other team's operator", "supervisor"):
        chat = street.chat(row, name)
        answer = street.socket(chat, name).call(command, **row.given(chat))
        heard = {None: OK, "not_found": 404, "forbidden": 403}.get(answer.code, answer.code)
        assert heard == row.expected[name], name


def test_a_visitor_with_the_operators_id_is_still_a_visitor(street):
    """What comes through the door proves nothing: only the token does."""
    operator = street.known["operator"]
    assert isinstance(operator, Operator)
    for side in VISITOR_SIDE:
        visitor = street.known[side]
        assert visitor.post("hello")["visitor"] != operator.id
