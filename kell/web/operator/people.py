"""Colleagues, for everybody; people and teams, for admins."""

from collections.abc import Callable

from kell.accounts import directory, links, people
from kell.accounts.access import require
from kell.accounts.links import Newcomer
from kell.accounts.models import Role
from kell.accounts.people import Described
from kell.accounts.wire import (
    Colleagues,
    InvitePerson,
    OneOperator,
    OnePerson,
    OneTeam,
    People,
    SavedTeam,
    SavePerson,
    SaveTeam,
)
from kell.core import db
from kell.core.db import Tx
from kell.core.wire import Nothing
from kell.web.commands import command
from kell.web.identity import OperatorCaller


@command("colleagues.list", Nothing, who=OperatorCaller, limit="read")
def list_colleagues(_caller: OperatorCaller, _given: Nothing) -> Colleagues:
    """Return everybody to whom a conversation can be handed over, and the teams."""
    with db.read() as session:
        return directory.colleagues(session)


@command("people.list", Nothing, who=OperatorCaller, limit="read")
def list_people(caller: OperatorCaller, _given: Nothing) -> People:
    """Return everybody who works or worked here. For admins."""
    require(caller.role, Role.ADMIN)
    with db.read() as session:
        return People(people=directory.people(session))


@command("people.invite", InvitePerson, who=OperatorCaller, limit="invite")
def invite(caller: OperatorCaller, given: InvitePerson) -> OnePerson:
    """Ask somebody to join: they get a link by mail. For admins."""
    require(caller.role, Role.ADMIN)
    newcomer = Newcomer(given.email, given.name, given.role, given.teams)

    def work(tx: Tx) -> OnePerson:
        operator_id = links.invite(tx, caller.actor, newcomer)
        return OnePerson(person=directory.person(tx.session, operator_id))

    return db.write(work)


@command("people.invite_again", OneOperator, who=OperatorCaller, limit="invite")
def invite_again(caller: OperatorCaller, given: OneOperator) -> OnePerson:
    """Mail another link to somebody who has not come yet; the earlier one ends. For admins."""
    return _change(
        caller, given.operator, lambda tx: links.invite_again(tx, caller.actor, given.operator)
    )


@command("people.save", SavePerson, who=OperatorCaller, limit="write")
def save_person(caller: OperatorCaller, given: SavePerson) -> OnePerson:
    """Give somebody another name or role, other teams or hours. For admins."""
    hours = given.hours.model_dump(mode="json") if given.hours else None
    to = Described(given.name, given.role, given.teams, hours)
    return _change(
        caller,
        given.operator,
        lambda tx: people.change_operator(tx, caller.actor, given.operator, to),
    )


@command("people.disable", OneOperator, who=OperatorCaller, limit="write")
def disable(caller: OperatorCaller, given: OneOperator) -> OnePerson:
    """Shut somebody out, at once and everywhere. For admins."""
    return _change(
        caller,
        given.operator,
        lambda tx: people.disable_operator(tx, given.operator, caller.actor),
    )


@command("people.enable", OneOperator, who=OperatorCaller, limit="write")
def enable(caller: OperatorCaller, given: OneOperator) -> OnePerson:
    """Let somebody in again. For admins."""
    return _change(
        caller, given.operator, lambda tx: people.enable_operator(tx, caller.actor, given.operator)
    )


@command("people.sign_out", OneOperator, who=OperatorCaller, limit="write")
def sign_out(caller: OperatorCaller, given: OneOperator) -> OnePerson:
    """End every session of somebody. For admins."""
    return _change(
        caller,
        given.operator,
        lambda tx: people.sign_operator_out(tx, caller.actor, given.operator),
    )


@command("teams.save", SaveTeam, who=OperatorCaller, limit="write")
def save_team(caller: OperatorCaller, given: SaveTeam) -> SavedTeam:
    """Make a team, or give one another name or other members. For admins."""
    require(caller.role, Role.ADMIN)

    def work(tx: Tx) -> SavedTeam:
        team_id = people.save_team(
            tx, caller.actor, given.id, name=given.name, members=given.members
        )
        return SavedTeam(team=directory.team_row(tx.session, team_id))

    return db.write(work)


@command("teams.remove", OneTeam, who=OperatorCaller, limit="write")
def remove_team(caller: OperatorCaller, given: OneTeam) -> Nothing:
    """Remove a team that has neither conversations nor sites. For admins."""
    require(caller.role, Role.ADMIN)
    db.write(lambda tx: people.remove_team(tx, caller.actor, given.team))
    return Nothing()


def _change(caller: OperatorCaller, operator_id: str, work: Callable[[Tx], None]) -> OnePerson:
    require(caller.role, Role.ADMIN)

    def change(tx: Tx) -> OnePerson:
        work(tx)
        tx.session.flush()
        return OnePerson(person=directory.person(tx.session, operator_id))

    return db.write(change)
