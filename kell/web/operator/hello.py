"""What a panel has to know first."""

from kell.accounts.queries import teams_of
from kell.accounts.wire import Me
from kell.core import db
from kell.core.clock import now
from kell.core.ids import Id
from kell.core.wire import Moment, Nothing, Shape
from kell.web.commands import command
from kell.web.identity import OperatorCaller
from kell.web.operator.session import me
from kell.web.running import running


class TeamStream(Shape):
    """A team whose frames come to this socket, and the number of the last one before."""

    id: Id
    name: str
    n: int


class OperatorWelcome(Shape):
    """The first event after a connect: read the lists that are shown again."""

    at: Moment
    operator: Me
    teams: list[TeamStream]


@command("hello", Nothing, who=OperatorCaller, limit="read")
def hello(caller: OperatorCaller, _given: Nothing) -> OperatorWelcome:
    """Return what a socket hears as `welcome`: for clients without one."""
    with db.read() as session:
        teams = teams_of(session, None if caller.sees_all else caller.id)
    numbers = running().hub.numbers
    streams = [TeamStream(id=each.id, name=each.name, n=numbers[each.id]) for each in teams]
    return OperatorWelcome(at=now(), operator=me(caller), teams=streams)
