"""Whether operators are at work: said by them, told to all of them."""

from kell.accounts import directory, presence
from kell.accounts.models import State
from kell.accounts.presence import EVERYBODY, states_frame
from kell.accounts.wire import ChooseState, ColleagueState, OwnState
from kell.core import db
from kell.core.db import Database
from kell.core.ids import Id
from kell.core.realtime.hub import Hub
from kell.core.wire import Nothing
from kell.web.commands import command
from kell.web.identity import OperatorCaller

LOOK_EVERY = 5.0


@command("presence.set", ChooseState, who=OperatorCaller, limit="write")
def choose_state(caller: OperatorCaller, given: ChooseState) -> OwnState:
    """Be online, busy or away, in all of one's browsers."""
    return OwnState(state=db.write(lambda tx: presence.choose_state(tx, caller.id, given.state)))


@command("presence.active", Nothing, who=OperatorCaller, limit="write")
def be_active(caller: OperatorCaller, _given: Nothing) -> OwnState:
    """Say that one is moving; once a minute is enough. Ten minutes without it is being away."""
    return OwnState(state=db.write(lambda tx: presence.be_active(tx, caller.id)))


class States:
    """What the operators who are connected to this process have been told last."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._told: dict[Id, State] = {}

    def look(self, database: Database) -> None:
        """Tell who came, left, fell silent, or said something in another process."""
        if not self._hub.sockets_in("/operator", EVERYBODY):
            self._told = {}  # who comes later asks for everybody first
            return
        with database.read() as session:
            known = directory.states(session)
        news = [
            ColleagueState(operator=each, state=state)
            for each, state in known.items()
            if self._told.get(each) != state
        ]
        self._told = known
        if news:
            self._hub.whisper(states_frame(news))
