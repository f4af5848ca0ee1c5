"""What operators do about themselves: name, photo, the browsers in which they are signed in."""

from collections.abc import Callable

from kell.accounts import actions, profile, queries
from kell.accounts.models import Operator
from kell.accounts.wire import ChoosePhoto, OneSession, SaveProfile, SessionRow, Sessions
from kell.core import db
from kell.core.browsers import described
from kell.core.db import Tx
from kell.core.errors import Invalid
from kell.core.pictures import address, is_picture
from kell.core.wire import Nothing
from kell.web.commands import command
from kell.web.identity import OperatorCaller
from kell.web.operator.session import SignedIn, me

# As much of a session's digest as names it to its owner.
SHOWN = 32


@command("profile.save", SaveProfile, who=OperatorCaller, limit="write")
def save(caller: OperatorCaller, given: SaveProfile) -> SignedIn:
    """Take another name. Sockets come anew, because they know the old one."""
    return _change(caller, lambda tx: profile.rename(tx, caller.id, given.name))


@command("profile.photo", ChoosePhoto, who=OperatorCaller, limit="write")
def choose_photo(caller: OperatorCaller, given: ChoosePhoto) -> SignedIn:
    """Show an uploaded picture as one's photo, or none."""
    if given.picture is not None and not is_picture(given.picture):
        raise Invalid("no id of an uploaded picture", field="picture")
    photo = address(given.picture) if given.picture else None
    return _change(caller, lambda tx: profile.choose_photo(tx, caller.id, photo))


@command("sessions.list", Nothing, who=OperatorCaller, limit="read")
def list_sessions(caller: OperatorCaller, _given: Nothing) -> Sessions:
    """Return the browsers in which one is signed in, the newest first."""
    with db.read() as session:
        found = queries.sessions_of(session, caller.id)
    rows = [
        SessionRow(
            id=each.id[:SHOWN],
            current=each.id == caller.session_id,
            created_at=each.created_at,
            seen_at=each.seen_at,
            browser=described(each.user_agent).browser,
            system=described(each.user_agent).system,
            address=each.ip,
        )
        for each in found
    ]
    return Sessions(sessions=rows)


@command("sessions.end", OneSession, who=OperatorCaller, limit="write")
def end_session(caller: OperatorCaller, given: OneSession) -> Nothing:
    """Sign oneself out in one browser, at once. Doing it twice is fine."""
    db.write(lambda tx: actions.end_session_of(tx, caller.id, given.session))
    return Nothing()


@command("sessions.end_others", Nothing, who=OperatorCaller, limit="write")
def end_others(caller: OperatorCaller, _given: Nothing) -> Nothing:
    """Sign oneself out everywhere but here."""
    db.write(lambda tx: actions.end_other_sessions(tx, caller.id, caller.session_id))
    return Nothing()


def _change(caller: OperatorCaller, change: Callable[[Tx], None]) -> SignedIn:
    def work(tx: Tx) -> SignedIn:
        change(tx)
        tx.session.flush()
        return SignedIn(operator=me(tx.session.get_one(Operator, caller.id)))

    return db.write(work)
