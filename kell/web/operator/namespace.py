"""The operators' socket."""

from typing import Any

from kell.accounts.presence import EVERYBODY
from kell.accounts.queries import teams_of
from kell.core import db
from kell.core.wire import Nothing, Shape
from kell.web.identity import OperatorCaller
from kell.web.operator.hello import hello
from kell.web.requests import operator_of
from kell.web.sockets import Door
from kell.web.watch import reach_room


class OperatorDoor(Door[OperatorCaller]):
    """Namespace ``/operator``, opened with the session's cookie."""

    side = "operator"
    at_most = 50

    def identify(self, environ: dict[str, Any], auth: object) -> OperatorCaller:  # noqa: ARG002
        return operator_of(environ)

    def rooms(self, caller: OperatorCaller) -> list[str]:
        return rooms_of(caller)

    def welcome(self, sid: str, caller: OperatorCaller) -> Shape:
        greeting = hello(caller, Nothing())
        self.running.presence.operator_came(sid, caller.id)
        self.running.beacon.join(sid, self.namespace, [team.id for team in greeting.teams])
        return greeting


def rooms_of(caller: OperatorCaller) -> list[str]:
    """Return the rooms whose frames an operator may see."""
    with db.read() as session:
        mine = teams_of(session, caller.id)
    everything = ["all"] if caller.sees_all else []
    as_of_now = reach_room(caller.id, caller.reach)
    own = [EVERYBODY, as_of_now, f"session:{caller.session_id}", f"operator:{caller.id}"]
    return [f"team:{team.id}" for team in mine] + everything + own
