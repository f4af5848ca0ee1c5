"""A visitor's browser gets a token."""

import pytest
from sqlalchemy import select

from kell.core.db import Model
from kell.core.ids import new_id
from kell.core.security.tokens import digest
from kell.sites.models import Site
from tests.people import Visitor


def site_key(house):
    return house.read(lambda session: session.scalar(select(Site.key)))


def open_session(house, **given):
    return Visitor(house.base, "visitor", {}).post("session", **given)


def test_the_token_opens_the_other_doors(street):
    token = open_session(street)["token"]
    visitor = Visitor(street.base, "visitor", {"Authorization": f"Bearer {token}"})
    assert visitor.start("Hello").status == 200


def test_the_site_is_found_by_its_key(street):
    assert open_session(street, site=site_key(street))["token"]


def test_an_unknown_site_has_no_visitors(street):
    refused = open_session(street, site="0123456789abcdef")
    assert (refused.status, refused.code) == (404, "not_found")


def test_without_a_key_it_must_be_clear_which_site_is_meant(house):
    def second_site(tx):
        first = tx.session.scalar(select(Site))
        tx.session.add(
            Site(
                id=new_id(),
                key="second",
                name="Second",
                team_id=first.team_id,
                created_at=first.created_at,
            )
        )

    house.write(second_site)
    assert open_session(house).code == "not_found"
    assert open_session(house, site="second")["token"]


def test_every_browser_is_a_visitor_of_its_own(street):
    tokens = {open_session(street)["token"] for _ in range(3)}
    assert len(tokens) == 3


def test_the_database_keeps_no_token(house):
    token = open_session(house)["token"]

    def everything(session):
        tables = Model.metadata.sorted_tables
        return " ".join(str(row) for table in tables for row in session.execute(select(table)))

    stored = house.read(everything)
    assert digest(token) in stored
    assert token not in stored


@pytest.mark.parametrize(
    "header", [None, "Bearer ", "Bearer x", "Bearer " + "A" * 43, "Basic eDp4"]
)
def test_nobody_gets_in_without_a_token(street, header):
    stranger = Visitor(street.base, "visitor", {"Authorization": header} if header else {})
    refused = stranger.post("chat.start", start_id="s" * 16, client_id="c" * 16, text="Hello")
    assert (refused.status, refused.code) == (401, "unauthenticated")
