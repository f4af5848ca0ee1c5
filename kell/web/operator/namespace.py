"""The operators' socket."""

from typing import Any

from kell.accounts.queries import teams_of
from kell.accounts.wire import Me
from kell.core import db
from kell.core.ids import Id
from kell.core.wire import Moment, Shape
from kell.web.identity import OperatorCaller
from kell.web.operator.session import me
from kell.web.requests import operator_of
from kell.web.sockets import Door


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


class OperatorDoor(Door[OperatorCaller]):
    """Namespace ``/operator``, opened with the session's cookie."""

    side = "operator"

    def identify(self, environ: dict[str, Any], auth: object) -> OperatorCaller:  # noqa: ARG002
        return operator_of(environ)

    def rooms(self, caller: OperatorCaller) -> list[str]:
        return rooms_of(caller)

    def welcome(self, sid: str, caller: OperatorCaller) -> dict[str, Any]:
        with db.read() as session:
            teams = teams_of(session, None if caller.sees_all else caller.id)
        self.running.presence.operator_came(sid, caller.id)
        self.running.beacon.join(sid, self.namespace, [team.id for team in teams])
        numbers = self.running.hub.numbers
        streams = [TeamStream(id=each.id, name=each.name, n=numbers[each.id]) for each in teams]
        return {
            "operator": me(caller).model_dump(mode="json"),
            "teams": [stream.model_dump(mode="json") for stream in streams],
        }


def rooms_of(caller: OperatorCaller) -> list[str]:
    """Return the rooms whose frames an operator may see."""
    with db.read() as session:
        mine = teams_of(session, caller.id)
    everything = ["all"] if caller.sees_all else []
    own = [f"operator:{caller.id}", f"session:{caller.session_id}"]
    return [f"team:{team.id}" for team in mine] + everything + own
