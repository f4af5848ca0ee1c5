"""People come, each with an e-mail of their own."""

import pytest

from kell.accounts import actions
from kell.accounts.errors import EmailTaken
from kell.accounts.models import Team
from kell.accounts.queries import operator_by_email, teams_of
from kell.core.clock import now


def add(staff, email: str) -> str:
    return staff.do(actions.add_operator, email=email, name="A", role="operator", password_hash="x")


def test_a_new_operator_joins_the_only_team(staff):
    made = add(staff, "B@Example.org")
    assert staff.ask(operator_by_email, "b@example.org").id == made
    assert [team.id for team in staff.ask(teams_of, made)] == [staff.team]


def test_with_several_teams_somebody_else_decides(staff):
    other = {"id": "other", "name": "Other", "created_at": now()}
    staff.database.write(lambda tx: tx.session.add(Team(**other)))
    assert staff.ask(teams_of, add(staff, "b@example.org")) == []
    assert [team.name for team in staff.ask(teams_of, None)] == ["Other", "Support"]


def test_an_email_belongs_to_one_operator(staff):
    with pytest.raises(EmailTaken):
        add(staff, " ADMIN@example.org")
