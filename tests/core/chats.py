"""A visitor and an operator who write through the doors alone, without a server."""

from dataclasses import dataclass
from typing import Any

from kell.accounts.actions import make_first_admin
from kell.chat import actions
from kell.chat.access import Author
from kell.chat.actions import About, Draft
from kell.core.db import Tx
from kell.core.ids import new_id
from kell.customers.actions import greet_visitor
from kell.customers.wire import Browser
from kell.sites.actions import make_first_site
from tests.core.doors import Doors, Work
from tests.people import fresh_id


@dataclass
class Chat:
    """One conversation that has begun, and its two sides."""

    visitor: Author
    operator: Author
    id: str

    def says(self, text: str, client_id: str | None = None) -> Work:
        draft = Draft(client_id or fresh_id(), text)
        return lambda tx: actions.send_message(tx, self.visitor, self.id, draft)

    def answers(self, text: str) -> Work:
        draft = Draft(fresh_id(), text)
        return lambda tx: actions.send_message(tx, self.operator, self.id, draft)


def begin_chat(doors: Doors) -> Chat:
    """Write a team, a site, a visitor, and the visitor's first message."""

    def fill(tx: Tx) -> Any:
        made = make_first_admin(tx, email="admin@example.org", password_hash="hash")
        assert made is not None
        site = make_first_site(tx, team_id=made.team_id, name="Shop")
        assert site is not None
        visitor = greet_visitor(tx, site, new_id(), Browser(ip=None, user_agent="", language=""))
        return made.operator_id, visitor

    operator_id, visitor_id = doors.write(fill)
    visitor = Author.visitor(visitor_id)
    operator = Author.operator(operator_id, "Admin", sees_all=True)
    started = doors.write(
        lambda tx: actions.start_conversation(
            tx, visitor, fresh_id(), Draft(fresh_id(), "Hello"), About()
        )
    )
    return Chat(visitor, operator, started.row.conversation_id)
