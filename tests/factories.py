"""A running house with people in it; every default can be named otherwise."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from kell.accounts import actions as accounts
from kell.accounts.models import Role, Team, TeamMember
from kell.app import close, create_app, start, stop
from kell.core import db
from kell.core.clock import now
from kell.core.config import Config
from kell.core.ids import new_id
from kell.serve import Server, listen
from kell.sites.actions import make_first_site
from kell.sites.models import Site
from kell.sites.settings import SiteParts
from tests import people
from tests.people import Operator, Visitor

PASSWORD = "correct horse battery"
# Checking a password takes 50 ms by design, and everybody in the tests signs in: here it is cheap.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def hashed_password() -> str:
    return _HASH


@dataclass
class House:
    """A server on loopback, in this process, over a database of its own."""

    app: Flask
    base: str
    team: str

    def visitor(self) -> Visitor:
        """Return somebody new on the first site."""
        first = select(Site.key).order_by(Site.created_at, Site.id).limit(1)
        return Visitor.arrive(self.base, self.read(lambda session: session.scalars(first).one()))

    def operator(
        self, name: str = "Liisa", *, role: str = Role.OPERATOR, teams: list[str] | None = None
    ) -> Operator:
        """Add an operator to the first team, or to these, and sign in."""
        email = f"{name.casefold()}-{new_id()[-8:]}@example.org"

        def work(tx: db.Tx) -> str:
            operator_id = accounts.add_operator(
                tx, email=email, name=name, role=role, password_hash=hashed_password()
            )
            tx.session.query(TeamMember).filter_by(operator_id=operator_id).delete()
            tx.session.add_all(
                TeamMember(team_id=each, operator_id=operator_id, joined_at=now())
                for each in ([self.team] if teams is None else teams)
            )
            return operator_id

        self.write(work)
        return Operator.sign_in(self.base, email, PASSWORD)

    def admin(self) -> Operator:
        return Operator.sign_in(self.base, "admin@example.org", PASSWORD)

    def new_team(self, name: str = "Second line") -> str:
        """Add a team and return its id."""

        def work(tx: db.Tx) -> str:
            team = Team(id=new_id(), name=name, created_at=now())
            tx.session.add(team)
            return team.id

        return self.write(work)

    def set_up_site(self, site_id: str | None = None, **parts: Any) -> str:
        """Give the first site, or this one, these settings, and return its key."""

        def work(tx: db.Tx) -> str:
            asked = select(Site).order_by(Site.created_at, Site.id).limit(1)
            site = tx.session.scalars(asked if site_id is None else asked.filter_by(id=site_id))
            found = site.one()
            for column in ("name", "language", "team_id"):
                if column in parts:
                    setattr(found, column, parts.pop(column))
            given = SiteParts.model_validate((found.parts or {}) | parts)
            found.parts = given.model_dump(mode="json", exclude_unset=True)
            found.revision += 1
            return found.key

        return str(self.write(work))

    def write(self, work: Any) -> Any:
        """Write as an action would, where no door leads there yet."""
        with self.app.app_context():
            return db.write(work)

    def read(self, question: Any) -> Any:
        """Ask the database."""
        with self.app.app_context(), db.read() as session:
            return question(session)


@contextmanager
def house(database_url: str, data: Path, **settings: str) -> Iterator[House]:
    """Build, fill and serve an application."""
    given = {"KELL_DATABASE_URL": database_url, "KELL_DATA": str(data), **settings}
    app = create_app(Config.load(given))
    with app.app_context():
        team = db.write(_fill)
    server = Server(listen("127.0.0.1", 0), app)
    server.start()
    start(app)
    try:
        yield House(app, f"http://127.0.0.1:{server.port}", team)
    finally:
        people.leave()
        stop(app)
        server.shut_down()
        close(app)


def _fill(tx: db.Tx) -> str:
    made = accounts.make_first_admin(tx, email="admin@example.org", password_hash=hashed_password())
    if made is None:  # a second server on the same database
        return tx.session.scalars(select(Team.id)).one()
    make_first_site(tx, team_id=made.team_id, name="Shop")
    return made.team_id
