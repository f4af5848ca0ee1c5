"""What operators say about being at work. That they are here at all, their leases say."""

from sqlalchemy import select, update

from kell.accounts.hours import works
from kell.accounts.models import Chosen, Operator
from kell.accounts.rules import state_of
from kell.accounts.wire import ColleagueState, ColleagueStates
from kell.core.clock import now
from kell.core.db import Frame, Tx
from kell.core.ids import Id
from kell.core.realtime.presence import present

EVERYBODY = "operators"
"""The room of all operators."""
CHANGED = "colleagues.state"


def choose_state(tx: Tx, operator_id: Id, chosen: Chosen) -> Chosen:
    """Be online, busy or away from now on, in every browser."""
    return _move(tx, operator_id, chosen)


def be_active(tx: Tx, operator_id: Id) -> Chosen:
    """Note that somebody moved the mouse or wrote: whoever was away by itself is back."""
    return _move(tx, operator_id, None)


def states_frame(people: list[ColleagueState]) -> Frame:
    """Return what tells all operators of new states."""
    data = ColleagueStates(people=people).model_dump(mode="json")
    return Frame("/operator", (EVERYBODY,), CHANGED, data)


def _move(tx: Tx, operator_id: Id, chosen: Chosen | None) -> Chosen:
    mine = Operator.id == operator_id
    at = now()
    columns = Operator.chosen_state, Operator.active_at, Operator.hours
    before = tx.session.execute(select(*columns).where(mine)).one()
    after = chosen or before.chosen_state
    tx.session.execute(update(Operator).where(mine).values(chosen_state=after, active_at=at))
    at_work = works(before.hours, at)
    shown = state_of(before.chosen_state, before.active_at, here=True, at=at, works=at_work)
    becomes = state_of(after, at, here=True, at=at, works=at_work)
    # Who has just connected has no lease yet: with it everybody hears of them anyway.
    if shown != becomes and present(tx.session, [operator_id]):
        tx.publish(states_frame([ColleagueState(operator=operator_id, state=becomes)]))
    return after
