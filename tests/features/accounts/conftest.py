"""A database with the first admin in it, written through the door that the server uses."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from kell.accounts import actions
from kell.accounts.events import OperatorDisabled, PasswordChanged, SessionEnded
from kell.accounts.queries import SignedIn, operator_of_session
from kell.core.db import Database, Rules
from kell.core.security import tokens

EMAIL = "admin@example.org"


@dataclass
class Staff:
    """The accounts feature alone, and what it told the others."""

    database: Database
    told: list[Any] = field(default_factory=list)
    admin: str = ""
    team: str = ""

    def do(self, action: Callable[..., Any], *args: Any, **options: Any) -> Any:
        return self.database.write(lambda tx: action(tx, *args, **options))

    def ask(self, question: Callable[..., Any], *args: Any) -> Any:
        with self.database.read() as session:
            return question(session, *args)

    def sign_in(self, operator_id: str | None = None) -> str:
        """Return the secret of a new session."""
        token = tokens.issue()
        self.do(actions.sign_in, operator_id or self.admin, token.digest)
        return token.secret

    def whose(self, secret: str) -> SignedIn | None:
        return self.ask(operator_of_session, secret)


@pytest.fixture
def nobody(database_url):
    told: list[Any] = []
    kinds = (SessionEnded, PasswordChanged, OperatorDisabled)
    rules = Rules(reactions={kind: [lambda _tx, event: told.append(event)] for kind in kinds})
    database = Database(Flask("accounts"), database_url, rules)
    yield Staff(database, told)
    database.close()


@pytest.fixture
def staff(nobody) -> Staff:
    made = nobody.do(actions.make_first_admin, email=EMAIL, password_hash="hash")
    nobody.admin, nobody.team = made.operator_id, made.team_id
    return nobody
