"""A page's key finds its site, and no other."""

import pytest
from flask import Flask

from kell.accounts import actions as accounts
from kell.core.clock import now
from kell.core.db import Database, Rules
from kell.core.errors import NotFound
from kell.core.ids import new_id
from kell.sites.actions import make_first_site
from kell.sites.models import Site
from kell.sites.queries import site_by_key


@pytest.fixture
def database(database_url):
    found = Database(Flask("sites"), database_url, Rules())
    yield found
    found.close()


@pytest.fixture
def team(database) -> str:
    return database.write(
        lambda tx: accounts.make_first_admin(tx, email="a@example.org", password_hash="x")
    ).team_id


def first_site(database, team: str) -> str | None:
    return database.write(lambda tx: make_first_site(tx, team_id=team, name="Shop"))


def add_site(database, team: str, key: str) -> None:
    site = {"id": new_id(), "key": key, "name": "Other", "team_id": team, "created_at": now()}
    database.write(lambda tx: tx.session.add(Site(**site)))


def key_of(database, key: str) -> str:
    with database.read() as session:
        return site_by_key(session, key).key


def test_a_fresh_installation_gets_one_site(database, team):
    made = first_site(database, team)
    assert made is not None
    assert first_site(database, team) is None
    with database.read() as session:
        site = site_by_key(session, "")
        assert (site.id, site.name, site.team_id, site.language) == (made, "Shop", team, "en")
        assert len(site.key) == 16


def test_the_only_site_needs_no_key(database, team):
    first_site(database, team)
    assert key_of(database, "") == key_of(database, key_of(database, ""))


def test_of_several_sites_one_must_be_named(database, team):
    first_site(database, team)
    add_site(database, team, "shop2")
    with pytest.raises(NotFound):
        key_of(database, "")
    assert key_of(database, "shop2") == "shop2"


@pytest.mark.parametrize("key", ["unknown", "SHOP2", "%", "shop2 "])
def test_an_unknown_key_finds_nothing(database, team, key):
    add_site(database, team, "shop2")
    with pytest.raises(NotFound):
        key_of(database, key)


def test_without_any_site_nothing_is_found(database):
    with pytest.raises(NotFound):
        key_of(database, "")
