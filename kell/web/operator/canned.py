"""Canned replies: used by everybody, kept by whom they belong to."""

from kell.canned import actions, queries
from kell.canned.access import Writer
from kell.canned.wire import Canned, CannedList, OneCanned, SaveCanned, SavedCanned, canned
from kell.core import db
from kell.core.db import Tx
from kell.core.wire import Nothing
from kell.web.commands import command
from kell.web.identity import OperatorCaller


@command("canned.list", Nothing, who=OperatorCaller, limit="read")
def list_canned(caller: OperatorCaller, _given: Nothing) -> CannedList:
    """Return one's own replies, one's teams' and everybody's, by shortcut."""
    writer = _writer(caller)
    with db.read() as session:
        found = queries.replies(session, writer)
        return CannedList(replies=[canned(each, writer) for each in found])


@command("canned.save", SaveCanned, who=OperatorCaller, limit="write")
def save(caller: OperatorCaller, given: SaveCanned) -> SavedCanned:
    """Keep a reply: an operator for themselves or a team of theirs, who leads for all."""
    writer = _writer(caller)

    def work(tx: Tx) -> Canned:
        return canned(actions.save_reply(tx, writer, given), writer)

    return SavedCanned(reply=db.write(work))


@command("canned.remove", OneCanned, who=OperatorCaller, limit="write")
def remove(caller: OperatorCaller, given: OneCanned) -> Nothing:
    """Remove a reply."""
    db.write(lambda tx: actions.remove_reply(tx, _writer(caller), given.id))
    return Nothing()


def _writer(caller: OperatorCaller) -> Writer:
    return Writer(caller.id, leads=caller.sees_all)
